import type { Source } from "#model/source";
import { parseMarkdown } from "#parse/markdown";
import type { Profile } from "#profile/profile";

/** A line of a section: a paragraph as one line, or a bullet without its mark. */
export interface OutlineItem {
  readonly kind: "paragraph" | "bullet" | "row";
  /** Blanks before a bullet's mark. */
  readonly indent: number;
  readonly text: string;
}

/** A heading with what stands directly under it. */
export interface OutlineSection {
  readonly level: number;
  /** Number before the title: `2.1`. */
  readonly number?: string;
  /** Without number, as written. */
  readonly title: string;
  readonly start: number;
  readonly items: readonly OutlineItem[];
}

/** The sections of a Markdown document in order, each with its own text down to the next heading of any level. */
export function outlineOf(source: Source, profile: Profile): readonly OutlineSection[] {
  const { sections } = parseMarkdown(source, profile);
  return sections.map((section, index) => {
    const { heading, level } = section;
    const raw = source.text.slice(heading.content.start, heading.content.end).trim();
    const match = /^(\d{1,3}(?:\.\d{1,3}){0,4})\.?[ \t]+(.+)$/su.exec(raw);
    const next = sections[index + 1]?.start ?? source.text.length;
    const number = match?.[1];
    return {
      level,
      ...(number === undefined ? {} : { number }),
      title: match?.[2] ?? raw,
      start: section.start,
      items: itemsOf(source.text.slice(heading.end, next)),
    };
  });
}

const bullet = /^([ \t]*)(?:[-*+]|\d{1,3}[.)])[ \t]+(?:\[[ xX~-]\][ \t]+)?(\S.*)$/u;

/** Items of a text without headings; fences, comments and rules are passed over. */
export function itemsOf(text: string): readonly OutlineItem[] {
  const reader = new ItemReader();
  for (const line of text.split("\n")) reader.line(line.trimEnd());
  reader.endParagraph();
  return reader.items;
}

class ItemReader {
  readonly items: OutlineItem[] = [];
  #fence: string | undefined;
  #paragraph: string[] = [];

  line(line: string): void {
    const fence = /^[ \t]*(```|~~~)/u.exec(line)?.[1];
    if (fence !== undefined && (this.#fence === undefined || this.#fence === fence)) {
      this.#fence = this.#fence === undefined ? fence : undefined;
      return this.endParagraph();
    }
    if (this.#fence !== undefined) return;
    const trimmed = line.trim();
    if (trimmed === "" || /^(?:-{3,}|\*{3,}|_{3,})$/u.test(trimmed) || trimmed.startsWith("<!--"))
      return this.endParagraph();
    const found = bullet.exec(line);
    if (found !== null) {
      this.endParagraph();
      this.items.push({ kind: "bullet", indent: (found[1] ?? "").length, text: found[2] ?? "" });
    } else if (trimmed.startsWith("|")) {
      this.endParagraph();
      if (!/^\|[\s:|-]+$/u.test(trimmed)) this.items.push({ kind: "row", indent: 0, text: trimmed });
    } else this.#text(line, trimmed);
  }

  endParagraph(): void {
    if (this.#paragraph.length > 0) this.items.push({ kind: "paragraph", indent: 0, text: this.#paragraph.join(" ") });
    this.#paragraph = [];
  }

  /** Why: an indented line after a bullet goes on with it. */
  #text(line: string, trimmed: string): void {
    const last = this.items.at(-1);
    if (this.#paragraph.length === 0 && last?.kind === "bullet" && /^[ \t]/u.test(line)) {
      this.items[this.items.length - 1] = { ...last, text: `${last.text} ${trimmed}` };
    } else this.#paragraph.push(trimmed);
  }
}

/** A line taken apart at its label: `**Action**: text`, `Done when: text`. */
export interface LabelledText {
  readonly label?: string;
  readonly text: string;
}

/** The label of a line and what follows it; a line without a label is all text. */
export function labelled(text: string): LabelledText {
  const bold = /^\*\*([^*]{1,80})\*\*[ \t]*:?[ \t]*(.*)$/su.exec(text);
  const plain = bold ?? /^([A-Z][A-Za-z -]{1,30}):(?:[ \t]+(.*))?$/su.exec(text);
  if (plain === null) return { text };
  return { label: (plain[1] ?? "").trim().replace(/:$/u, ""), text: plain[2] ?? "" };
}

/** The cells of a table row, trimmed, marks of emphasis left out. */
export function cellsOf(row: string): readonly string[] {
  return row
    .replace(/^\|/u, "")
    .replace(/\|$/u, "")
    .split("|")
    .map((cell) => cell.replace(/\*\*/gu, "").trim());
}
