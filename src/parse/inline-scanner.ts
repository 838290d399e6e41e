import type { Inline, Link, Mark } from "./inline-node.ts";
import type { InlineSource } from "./inline-source.ts";
import { EmphasisReader } from "./inline-emphasis.ts";
import { TargetReader } from "./inline-target.ts";
import { BacktickRuns } from "./inline-code.ts";

/** A `[` or `![` that may begin a link. */
interface Bracket {
  readonly start: number;
  readonly image: boolean;
  /** Runs of emphasis signs noted before it. */
  readonly place: number;
}

type Step = (at: number) => number;

const asciiPunctuation = /[!-/:-@[-`{-~]/;

/** Reads the inline pieces of one text, in one pass with two stacks (brackets, emphasis signs). */
export class InlineScanner {
  readonly #source: InlineSource;
  readonly #text: string;
  readonly #labels: ReadonlySet<string> | undefined;
  readonly #found: Inline[] = [];
  readonly #emphasis = new EmphasisReader();
  readonly #brackets: Bracket[] = [];
  readonly #targets: TargetReader;
  readonly #backticks: BacktickRuns;
  /** Brackets below this place stand before a link and can begin none. */
  #inactive = 0;
  #commentsEnd = false;
  readonly #steps: Readonly<Record<string, Step>>;

  constructor(source: InlineSource, labels: ReadonlySet<string> | undefined) {
    this.#source = source;
    this.#text = source.text;
    this.#labels = labels;
    this.#targets = new TargetReader(source.text);
    this.#backticks = new BacktickRuns(source.text);
    const emphasis: Step = (at) => this.#emphasis.note(this.#text, at);
    this.#steps = {
      "\\": (at) => this.#escape(at),
      "`": (at) => this.#code(at),
      "<": (at) => this.#angle(at),
      "!": (at) => (this.#text.charAt(at + 1) === "[" ? this.#open(at, true) : at + 1),
      "[": (at) => this.#open(at, false),
      "]": (at) => this.#close(at),
      "*": emphasis,
      _: emphasis,
      "~": emphasis,
    };
  }

  /** All pieces, by start, outer before inner. */
  scan(): readonly Inline[] {
    const text = this.#text;
    const special = /[\\`<![\]*_~]/g;
    let at = 0;
    while (at < text.length) {
      special.lastIndex = at;
      const hit = special.exec(text);
      if (hit === null) break;
      at = this.#steps[hit[0]]?.(hit.index) ?? hit.index + 1;
    }
    for (const { start, end, size, marker } of this.#emphasis.take()) {
      this.#mark(marker === 126 ? "strike" : size === 2 ? "strong" : "emphasis", start, end, size, size);
    }
    return this.#found.sort((one, other) => one.start - other.start || other.end - one.end);
  }

  #mark(kind: Mark["kind"], start: number, end: number, before: number, after: number): number {
    const content = this.#source.span(start + before, end - after);
    this.#found.push({ kind, ...this.#source.span(start, end), content });
    return end;
  }

  #escape(at: number): number {
    if (!asciiPunctuation.test(this.#text.charAt(at + 1))) return at + 1;
    return this.#mark("escape", at, at + 2, 1, 0);
  }

  #code(at: number): number {
    const text = this.#text;
    const size = this.#backticks.sizeAt(at);
    const close = this.#backticks.closer(at + size, size);
    if (close < 0) return at + size;
    let start = at + size;
    let end = close;
    const code = text.slice(start, end).replaceAll("\n", " ");
    const padded = code.length > 2 && code.startsWith(" ") && code.endsWith(" ") && code.trim() !== "";
    if (padded) {
      start++;
      end--;
    }
    this.#found.push({
      kind: "code",
      ...this.#source.span(at, close + size),
      content: this.#source.span(start, end),
      code: padded ? code.slice(1, -1) : code,
    });
    return close + size;
  }

  #angle(at: number): number {
    const text = this.#text;
    if (text.startsWith("<!--", at)) return this.#comment(at);
    let end = at + 1;
    while (end < text.length && !"<>".includes(text.charAt(end))) end++;
    if (text.charAt(end) !== ">") return at + 1;
    const inner = text.slice(at + 1, end);
    if (
      /^[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s]*$/.test(inner) ||
      /^[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9.-]+$/.test(inner)
    ) {
      const targetSpan = this.#source.span(at + 1, end);
      this.#link({ kind: "autolink", target: inner, targetSpan, reference: false }, at, end + 1, at + 1, end);
      return end + 1;
    }
    return /^\/?[A-Za-z]/.test(inner) ? this.#mark("tag", at, end + 1, 1, 1) : at + 1;
  }

  #comment(at: number): number {
    if (this.#commentsEnd) return at + 1;
    const close = this.#text.indexOf("-->", at + 2);
    if (close < 0) {
      this.#commentsEnd = true;
      return at + 1;
    }
    const short = close < at + 4;
    return this.#mark("comment", at, close + 3, short ? close + 3 - at : 4, short ? 0 : 3);
  }

  #open(at: number, image: boolean): number {
    this.#brackets.push({ start: at, image, place: this.#emphasis.place });
    return at + (image ? 2 : 1);
  }

  #close(at: number): number {
    const opener = this.#brackets.pop();
    if (opener === undefined) return at + 1;
    const active = opener.image || this.#brackets.length >= this.#inactive;
    this.#inactive = Math.min(this.#inactive, this.#brackets.length);
    if (!active) return at + 1;
    const contentStart = opener.start + (opener.image ? 2 : 1);
    const found = this.#targets.read(at + 1) ?? this.#reference(contentStart, at);
    if (found === undefined) return at + 1;
    this.#emphasis.resolve(opener.place);
    const { target, start, end, reference } = found;
    const kind = opener.image ? "image" : "link";
    this.#link(
      { kind, target, targetSpan: this.#source.span(start, end), reference },
      opener.start,
      found.after,
      contentStart,
      at,
    );
    if (!opener.image) this.#inactive = this.#brackets.length;
    return found.after;
  }

  #link(facts: Omit<Link, "start" | "end" | "content">, start: number, end: number, from: number, to: number): void {
    this.#found.push({ ...facts, ...this.#source.span(start, end), content: this.#source.span(from, to) });
  }

  /** `[text][label]`, `[label][]` and, where the label is known to be defined, `[label]`. */
  #reference(
    start: number,
    end: number,
  ): { target: string; start: number; end: number; after: number; reference: boolean } | undefined {
    const text = this.#text;
    const full = this.#targets.label(end + 1);
    const [from, to, after] =
      full !== undefined && full.end > full.start
        ? [full.start, full.end, full.after]
        : [start, end, full?.after ?? end + 1];
    const target = text.slice(from, to).trim();
    if (target === "") return undefined;
    const known = this.#labels === undefined ? full !== undefined : this.#labels.has(normalLabel(target));
    return known ? { target, start: from, end: to, after, reference: true } : undefined;
  }
}

/** A definition's label as labels are compared: blanks folded, case ignored. */
export function normalLabel(label: string): string {
  return label.trim().replace(/\s+/g, " ").toLowerCase().toUpperCase();
}
