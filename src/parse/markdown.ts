import type { Range, Source, Span } from "#model/source";
import { sectionOf } from "#profile/dialect";
import type { PlanSection } from "#profile/plan-words";
import type { Profile } from "#profile/profile";
import type { AnyBlock, HeadingBlock } from "./block.ts";
import { type BlockTree, scanBlocks } from "./blocks.ts";
import { woundsOf } from "./encoding.ts";
import { Passage, type WoundAt } from "./passage.ts";
import { plainWords } from "./plain-words.ts";

/** A heading of the document and what stands under it, down to the next heading of its level. */
export interface MarkdownSection extends Span {
  readonly heading: HeadingBlock;
  readonly level: number;
  /** Heading text without markup and number. */
  readonly title: string;
  /** What the profile calls it; headings inside task lists and steps are never sections of their own name. */
  readonly key: PlanSection | undefined;
  readonly parent: MarkdownSection | undefined;
  /** Numbers of the top blocks under the heading: from `first` up to `after`. */
  readonly first: number;
  readonly after: number;
}

/** A Markdown document: its blocks and the sections its headings open. Headings inside fences, lists and quotes open none. */
export interface MarkdownDocument {
  readonly source: Source;
  readonly profile: Profile;
  readonly tree: BlockTree;
  /** The blocks of the document itself. */
  readonly top: readonly AnyBlock[];
  readonly sections: readonly MarkdownSection[];
  /** The innermost section that holds an offset. */
  sectionAt(offset: number): MarkdownSection | undefined;
  /** The readable text of a span, wounded glyphs healed. */
  passage(span: Span): Passage;
  /** The readable text of lines. */
  passageOfLines(lines: readonly Span[]): Passage;
  /** The readable text of a heading, paragraph or cell; empty for other blocks. */
  passageOf(block: AnyBlock): Passage;
  range(span: Span): Range;
}

/** Reads a Markdown document: its blocks once, its sections by the profile's names. Takes any text and never throws. */
export function parseMarkdown(source: Source, profile: Profile): MarkdownDocument {
  return new ParsedMarkdown(source, profile);
}

class ParsedMarkdown implements MarkdownDocument {
  readonly source: Source;
  readonly profile: Profile;
  readonly tree: BlockTree;
  readonly top: readonly AnyBlock[];
  readonly sections: readonly MarkdownSection[];
  readonly #wounds: readonly WoundAt[];
  // Why: the readers of a plan ask for the same paragraphs one after the other.
  readonly #passages = new Map<AnyBlock, Passage>();

  constructor(source: Source, profile: Profile) {
    this.source = source;
    this.profile = profile;
    this.tree = scanBlocks(source.text);
    this.top = this.tree.root.children;
    this.#wounds = woundsOf(source);
    this.sections = readSections(this);
  }

  sectionAt(offset: number): MarkdownSection | undefined {
    let low = 0;
    let high = this.sections.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.sections[middle]?.start ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return this.sections[low - 1];
  }

  passage(span: Span): Passage {
    return Passage.of(this.source, [span], this.#wounds);
  }

  passageOfLines(lines: readonly Span[]): Passage {
    return Passage.of(this.source, lines, this.#wounds);
  }

  passageOf(block: AnyBlock): Passage {
    let passage = this.#passages.get(block);
    if (passage === undefined) {
      passage = this.#readPassage(block);
      this.#passages.set(block, passage);
    }
    return passage;
  }

  #readPassage(block: AnyBlock): Passage {
    if (block.kind === "paragraph") return this.passageOfLines(block.lines);
    if (block.kind === "heading" || block.kind === "table-cell") return this.passage(block.content);
    return this.passage({ start: block.start, end: block.start });
  }

  range(span: Span): Range {
    return this.source.range(span.start, span.end);
  }
}

/** Sections whose inner headings belong to what they list and open no section the profile knows. */
const closed: ReadonlySet<PlanSection | undefined> = new Set(["task-list", "execution-steps"]);

interface OpenSection extends MarkdownSection {
  after: number;
  end: number;
}

function readSections(document: MarkdownDocument): MarkdownSection[] {
  const sections: OpenSection[] = [];
  const open: OpenSection[] = [];
  const close = (level: number, index: number, end: number): void => {
    for (let last = open.at(-1); last !== undefined && last.level >= level; last = open.at(-1)) {
      last.after = index;
      last.end = end;
      open.pop();
    }
  };
  const { top } = document;
  for (const [index, block] of top.entries()) {
    if (block.kind !== "heading") continue;
    close(block.level, index, top[index - 1]?.end ?? block.start);
    const section = openSection(document, block, index + 1, open.at(-1));
    sections.push(section);
    open.push(section);
  }
  close(0, top.length, top.at(-1)?.end ?? 0);
  return sections;
}

function openSection(
  document: MarkdownDocument,
  heading: HeadingBlock,
  first: number,
  parent: OpenSection | undefined,
): OpenSection {
  const title = plainWords(document.passageOf(heading).line);
  const inner = closed.has(nearestKey(parent));
  const key = inner ? undefined : sectionOf(document.profile, title);
  const { start, end, level } = heading;
  return { heading, level, title: withoutNumber(title), key, parent, first, after: first, start, end };
}

/** The profile's name of the nearest section that has one. */
export function nearestKey(section: MarkdownSection | undefined): PlanSection | undefined {
  let at = section;
  while (at !== undefined && at.key === undefined) at = at.parent;
  return at?.key;
}

/** The title a heading gives its section: the heading's text without markup and number. */
export function sectionTitle(line: string): string {
  return withoutNumber(plainWords(line));
}

function withoutNumber(title: string): string {
  const rest = title.replace(/^\d+(?:\.\d+)*\.?\s+/u, "");
  return rest === "" ? title : rest;
}
