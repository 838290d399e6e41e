import type { HeadingWords } from "./heading-words.ts";
import type { TraceBuilder } from "./trace-builder.ts";

/** The headings above the place that is read, and what they say of it. */
export class SectionStack {
  /** Tags in fences are live here. */
  live = false;
  /** One of `mentionKind` where ids are mentions and nothing is defined; -1 elsewhere. */
  mentions = -1;
  /** Level of the innermost heading; 0 before all headings. */
  level = 0;
  readonly #words: HeadingWords;
  readonly #builder: TraceBuilder;
  readonly #levels: number[] = [];
  readonly #mentions: number[] = [];
  /** Definitions whose scope is open: row and level of the heading. */
  readonly #rows: number[] = [];
  readonly #rowLevels: number[] = [];

  constructor(words: HeadingWords, builder: TraceBuilder) {
    this.#words = words;
    this.#builder = builder;
  }

  /** Enters the section of a heading that starts at `start` with the title from `from` to `to`. */
  enter(level: number, start: number, text: string, from: number, to: number): void {
    this.#close(level, start);
    const { key, mentions } = this.#words.meaning(text, from, to);
    this.#levels.push(level);
    this.#mentions.push(mentions < 0 ? (this.#mentions.at(-1) ?? -1) : mentions);
    this.level = level;
    this.live = key === "traceability-tags" || key === "required-tags";
    this.mentions = this.#mentions.at(-1) ?? -1;
  }

  /** Takes note of a label in bold: until the next one, what it says holds. */
  label(text: string, from: number, to: number): void {
    const { mentions } = this.#words.meaning(text, from, to);
    this.mentions = mentions < 0 ? (this.#mentions.at(-1) ?? -1) : mentions;
  }

  /** Keeps a definition open until the heading's section ends. */
  hold(row: number): void {
    this.#rows.push(row);
    this.#rowLevels.push(this.level);
  }

  /** Ends all sections at the end of the document. */
  finish(end: number): void {
    this.#close(0, end);
    this.live = false;
    this.mentions = -1;
    this.level = 0;
  }

  #close(level: number, end: number): void {
    while ((this.#levels.at(-1) ?? -1) >= level) {
      this.#levels.pop();
      this.#mentions.pop();
    }
    while ((this.#rowLevels.at(-1) ?? -1) >= level) {
      this.#rowLevels.pop();
      this.#builder.closeScope(this.#rows.pop() ?? 0, end);
    }
  }
}
