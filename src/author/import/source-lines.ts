import type { ImportFile, ImportRemark } from "./imported-plan.ts";

/** One line of a file that is read. */
export interface SourceLine {
  /** From 1. */
  readonly number: number;
  readonly text: string;
  /** Blanks before its first character, a tab as two. */
  readonly indent: number;
  /** It stands in a fence, or opens or closes one. */
  readonly isFenced: boolean;
  /** Level and words of a heading. */
  readonly heading?: { readonly level: number; readonly title: string };
}

/** A heading with the lines below it, up to the next heading of its level or above. */
export interface SourceSection {
  readonly title: string;
  readonly level: number;
  readonly heading: SourceLine;
  /** Lines up to the next heading of any level. */
  readonly own: readonly SourceLine[];
  /** All lines below it. */
  readonly lines: readonly SourceLine[];
}

/** Why a line that nothing asked for was left. */
const noPlace = "has no place in a plan; it stays in this file";

/** Why a line that tells how far another tool thinks the work is was left. */
export const otherState = "a state of the other tool decides nothing here";

/** Reasons that hold for stretches; every other is told line by line. */
const stretches: ReadonlySet<string> = new Set([noPlace, otherState]);

/**
 * The lines of a file and what became of each. Whoever reads a line says that it was taken or why it was left; what nobody asked for is
 * left too, so that no line goes unseen.
 */
export class SourceLines {
  readonly path: string;
  readonly lines: readonly SourceLine[];
  readonly #fates = new Map<number, string | undefined>();
  #sections: readonly SourceSection[] | undefined;

  constructor({ path, text }: ImportFile) {
    this.path = path;
    this.lines = linesOf(text);
  }

  /** The line was taken over. */
  take(...lines: readonly SourceLine[]): void {
    for (const { number } of lines) if (!this.#fates.has(number)) this.#fates.set(number, undefined);
  }

  /** The line was left, or taken over otherwise than it stands. */
  remark(line: SourceLine, why: string): void {
    const before = this.#fates.get(line.number);
    this.#fates.set(line.number, before === undefined || before === why ? why : `${before}; ${why}`);
  }

  /** All headings with what stands below them. */
  sections(): readonly SourceSection[] {
    this.#sections ??= this.lines.flatMap((heading, at) =>
      heading.heading === undefined ? [] : [sectionAt(this.lines, heading, heading.heading, at)],
    );
    return this.#sections;
  }

  /** What was not taken over as it stands, neighbours of one reason together. */
  remarks(): readonly ImportRemark[] {
    const remarks: { -readonly [Key in keyof ImportRemark]: ImportRemark[Key] }[] = [];
    let isOpen = false;
    for (const line of this.lines) {
      const { number, text } = line;
      const isUnseen = !this.#fates.has(number);
      if (isUnseen && isStructure(line)) continue;
      const why = isUnseen ? noPlace : this.#fates.get(number);
      const last = remarks.at(-1);
      if (why === undefined) isOpen = false;
      else if (isOpen && last?.why === why && stretches.has(why)) last.last = number;
      else {
        remarks.push({ path: this.path, first: number, last: number, text: text.trim(), why });
        isOpen = true;
      }
    }
    return remarks;
  }
}

function sectionAt(
  all: readonly SourceLine[],
  heading: SourceLine,
  { level, title }: { readonly level: number; readonly title: string },
  at: number,
): SourceSection {
  let own = at + 1;
  while (own < all.length && all[own]?.heading === undefined) own += 1;
  let end = own;
  while (end < all.length && (all[end]?.heading?.level ?? 7) > level) end += 1;
  return { title, level, heading, own: all.slice(at + 1, own), lines: all.slice(at + 1, end) };
}

/** True when a section stands inside another. */
export function isInside(inner: SourceSection, { heading, lines }: SourceSection): boolean {
  const { number } = inner.heading;
  return heading.number < number && number <= heading.number + lines.length;
}

/** Blank lines, rules and the marks of other tools say nothing. */
function isStructure({ text, isFenced }: SourceLine): boolean {
  const line = text.trim();
  return (
    line === "" || (!isFenced && (/^(?:-{3,}|\*{3,}|_{3,})$/u.test(line) || /^<!-- ?[A-Z:_ ]{1,60} ?-->$/u.test(line)))
  );
}

/** Why: sections are compared with each other, and no list of tasks has so many; what follows is text. */
const mostHeadings = 3000;

function linesOf(text: string): readonly SourceLine[] {
  let fence: string | undefined;
  let headings = 0;
  return text
    .replace(/^\uFEFF/u, "")
    .split(/\r?\n/u)
    .map((line, index): SourceLine => {
      const mark = /^\s{0,8}(`{3,}|~{3,})/u.exec(line)?.[1];
      const isFenced = fence !== undefined || mark !== undefined;
      if (fence === undefined) fence = mark;
      else if (mark?.startsWith(fence) === true) fence = undefined;
      const heading = isFenced || headings >= mostHeadings ? undefined : headingOf(line);
      if (heading !== undefined) headings += 1;
      const indent = (/^[ \t]*/u.exec(line)?.[0] ?? "").replaceAll("\t", "  ").length;
      return { number: index + 1, text: line, indent, isFenced, ...(heading === undefined ? {} : { heading }) };
    });
}

function headingOf(line: string): { level: number; title: string } | undefined {
  const signs = /^(#{1,6})[ \t]/u.exec(line)?.[1];
  if (signs === undefined) return undefined;
  return { level: signs.length, title: bareText(line.slice(signs.length).replace(/[ \t]+#+[ \t]*$/u, "")) };
}

/** A text without emphasis and with single blanks; what stands in backticks stays. */
export function bareText(text: string): string {
  return outsideCode(text, (part) => part.replaceAll("**", "").replace(/(?<!\w)__|__(?!\w)/gu, ""))
    .replace(/\s+/gu, " ")
    .trim();
}

/** Changes what of a text stands outside of backticks. */
export function outsideCode(text: string, change: (part: string) => string): string {
  return text
    .split(/(`[^`]*`)/u)
    .map((part, index) => (index % 2 === 0 ? change(part) : part))
    .join("");
}
