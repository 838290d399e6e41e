import { definitionColumn, definitionKind, definitionWidth, tagFlag } from "#model/trace";
import { layerOf } from "#profile/dialect";
import type { Profile } from "#profile/profile";
import { type BlockTape, blockColumn, blockWidth, kindNumber, mark } from "../block-tape.ts";
import { headingContent } from "../leaf-spans.ts";
import { unreadTags } from "../unread-tags.ts";
import { borrowTape } from "../shared-tape.ts";
import { ElementSites } from "./element-sites.ts";
import { HeadingWords } from "./heading-words.ts";
import { idsCount, MentionScanner } from "./mention-scanner.ts";
import { SectionStack } from "./section-stack.ts";
import type { TagPlace } from "./slow-tags.ts";
import type { TagScanner } from "./tag-scanner.ts";
import type { TraceBuilder, TraceSubject } from "./trace-builder.ts";

const linePlace: TagPlace = { flags: 0, live: true, anywhere: false, spaced: true };
const cellPlace: TagPlace = { flags: tagFlag.table, live: true, anywhere: false, spaced: true };
const liveFence: TagPlace = { flags: tagFlag.fence, live: true, anywhere: false, spaced: true };
const exampleFence: TagPlace = { flags: tagFlag.fence, live: false, anywhere: false, spaced: true };
const exampleLabel = /^[*_\s]*examples?\b/i;

/** Reads what a Markdown document says about tracing off the tape of its blocks. */
export class MarkdownTrace {
  readonly #profile: Profile;
  readonly #builder: TraceBuilder;
  readonly #tags: TagScanner;
  readonly #sections: SectionStack;
  readonly #sites: ElementSites;
  readonly #mentions: MentionScanner;
  #text = "";
  #ownTag: string | undefined;
  #tape: BlockTape = borrowTape("");
  /** The next `<a ` at or behind what was asked for last. */
  #nextAnchor = -1;
  /** Up to here nothing stands that begins a tag, an anchor or a link. */
  #quietEnd = -1;

  constructor(profile: Profile, builder: TraceBuilder, tags: TagScanner) {
    this.#profile = profile;
    this.#builder = builder;
    this.#tags = tags;
    this.#sections = new SectionStack(new HeadingWords(profile), builder);
    this.#sites = new ElementSites(profile, tags, builder, this.#sections);
    this.#mentions = new MentionScanner(tags.words, builder, this.#sites.ids);
  }

  /** Reads one document into the builder. */
  read(subject: TraceSubject, text: string): void {
    this.#text = text;
    this.#tape = borrowTape(text);
    this.#ownTag = subject.type === undefined ? undefined : layerOf(this.#profile, subject.type)?.tag;
    this.#tags.begin();
    this.#nextAnchor = -1;
    this.#quietEnd = -1;
    this.#sites.begin(subject);
    this.#mentions.begin();
    const readers = this.#readers;
    const { cells, size } = this.#tape;
    for (let block = 1; block < size; block++) readers[(cells[block * blockWidth] as number) & 0xff]?.(block);
    this.#sections.finish(text.length);
    this.#dropRepeated();
  }

  /** What is read of a block, by the number of its kind. */
  readonly #readers: readonly (((block: number) => void) | undefined)[] = byKind({
    heading: (block) => this.#heading(block),
    paragraph: (block) => this.#paragraph(block),
    fence: (block) => this.#fence(block),
    html: (block) => this.#anchors(this.#tape.start(block), this.#tape.end(block)),
    definition: (block) =>
      this.#mentions.definition(this.#text, this.#tape.start(block), this.#tape.end(block), this.#sections.mentions),
    "table-row": (block) => this.#row(block),
  });

  #heading(block: number): void {
    const tape = this.#tape;
    const { cells } = tape;
    const at = block * blockWidth;
    const setext = tape.has(block, mark.setext);
    const start = cells[at + blockColumn.start] as number;
    const level = cells[at + blockColumn.fact] as number;
    const last = (cells[at + blockColumn.first] as number) + (cells[at + blockColumn.count] as number) - 1;
    const end = setext ? tape.lineEnd(last) : (cells[at + blockColumn.end] as number);
    const content = headingContent(this.#text, start, end, setext ? 0 : level);
    if (cells[at + blockColumn.parent] === 0) {
      this.#sections.enter(level, start, this.#text, content.start, content.end);
      if (level === 1 && this.#builder.title < 0) this.#title(content.start, content.end);
      this.#sites.heading(this.#text, level, content.start, content.end);
    }
    this.#line(content.start, content.end, linePlace);
  }

  #title(from: number, end: number): void {
    let start = from;
    const text = this.#text;
    if (this.#sites.ids.isOwnAt(text, start, end)) {
      start = this.#sites.ids.end;
      while (start < end && /[\s:–—-]/.test(text.charAt(start))) start++;
    }
    if (!text.slice(start, end).includes("\n")) this.#builder.title = this.#builder.text(text, start, end);
  }

  #paragraph(block: number): void {
    const { cells, lines } = this.#tape;
    const at = block * blockWidth;
    const first = 2 * (cells[at + blockColumn.first] as number);
    const after = first + 2 * (cells[at + blockColumn.count] as number);
    const parent = cells[at + blockColumn.parent] as number;
    for (let line = first; line < after; line += 2) {
      const start = (lines[line] as number) >>> 2;
      const end = lines[line + 1] as number;
      if (line === first) this.#opening(block, parent, start, end);
      this.#line(start, end, linePlace);
      if (this.#sections.live && !this.#tags.mayHold(this.#text, start, end)) this.#lookFor(start, end);
    }
  }

  /** What the first line of a paragraph may be besides text: an example's label, a section's label, an element's. */
  #opening(block: number, parent: number, start: number, end: number): void {
    const text = this.#text;
    const code = text.charCodeAt(start);
    const inItem = parent !== 0 && this.#tape.kind(parent) === kindNumber.item;
    if (parent === 0) {
      if (this.#sections.live && exampleLabel.test(text.slice(start, Math.min(end, start + 40))))
        this.#sections.live = false;
      if (code === 42 && text.charCodeAt(start + 1) === 42) {
        const close = text.indexOf("**", start + 2);
        if (close > 0 && close < end) this.#sections.label(text, start + 2, close);
      }
    }
    if (this.#sections.mentions >= 0 || !(code === 42 || (inItem && (code === 91 || code >= 128)))) return;
    this.#sites.label(text, start, end, inItem, this.#tape.end(inItem ? parent : block));
  }

  #fence(block: number): void {
    const tape = this.#tape;
    if (!this.#tags.mayHold(this.#text, tape.start(block), tape.end(block))) return;
    const place = this.#sections.live ? liveFence : exampleFence;
    const first = tape.firstLine(block);
    for (let line = first; line < first + tape.lineCount(block); line++)
      this.#tagsOf(tape.lineStart(line), tape.lineEnd(line), place);
  }

  #row(row: number): void {
    const tape = this.#tape;
    const header = tape.has(row, mark.header);
    const after = tape.skip(row);
    const before = this.#builder.tags.end;
    const isTag = !header && this.#tags.mayHold(this.#text, tape.start(row), tape.end(row));
    for (let cell = row + 1; cell < after; cell++) {
      const start = tape.firstLine(cell);
      const end = tape.lineCount(cell);
      if (cell === row + 1 && !header) this.#sites.cell(this.#text, start, end, tape.end(row));
      this.#line(start, end, cellPlace);
    }
    if (isTag && this.#builder.tags.end === before) this.#lookFor(tape.start(row), tape.end(row));
  }

  /** Reads tags, anchors and mentions of one line or cell. */
  #line(start: number, end: number, place: TagPlace): void {
    if (this.#isQuiet(start, end) && !idsCount(this.#sections.mentions)) return;
    const before = this.#builder.tags.end;
    this.#tagsOf(start, end, place);
    this.#anchors(start, end);
    // Why: the ids of a line of tags are its tags' and no mentions beside them.
    const { mentions } = this.#sections;
    this.#mentions.scan(this.#text, start, end, this.#builder.tags.end > before ? -1 : mentions);
  }

  /** True when nothing of interest begins between two places. Why: of most lines no more has to be asked. */
  #isQuiet(start: number, end: number): boolean {
    if (end <= this.#quietEnd) return true;
    const text = this.#text;
    if (this.#nextAnchor < start) this.#nextAnchor = indexFrom(text, "<a ", start);
    const next = Math.min(this.#nextAnchor, this.#tags.nextSign(text, start), this.#mentions.nextLink(text, start));
    this.#quietEnd = next;
    return end <= next;
  }

  #tagsOf(start: number, end: number, place: TagPlace): void {
    if (!this.#tags.mayHold(this.#text, start, end)) return;
    this.#tags.scan(this.#text, start, end, place);
    if (this.#tags.odd && place.live && (place.flags & tagFlag.table) === 0) this.#lookFor(start, end);
  }

  /** Notes what of a line was meant as a tag and is none. */
  #lookFor(start: number, end: number): void {
    for (const found of unreadTags(this.#profile, this.#text.slice(start, end))) {
      // Why: a document that says an id of its own type means no source.
      if (found.type !== this.#ownTag) this.#builder.unread(found, start);
    }
  }

  #anchors(start: number, end: number): void {
    if (this.#nextAnchor < start) this.#nextAnchor = indexFrom(this.#text, "<a ", start);
    while (this.#nextAnchor < end) {
      this.#sites.anchor(this.#text, this.#nextAnchor);
      this.#nextAnchor = indexFrom(this.#text, "<a ", this.#nextAnchor + 3);
    }
  }

  /** Why: a table row or anchor that repeats an element with a heading or label of its own does not define it again. */
  #dropRepeated(): void {
    const { definitions } = this.#builder;
    const { cells, end } = definitions;
    const strong = new Set<number>();
    let weak = false;
    for (let row = 0; row < end; row += definitionWidth) {
      if (isWeak(cells[row + definitionColumn.kind] as number)) weak = true;
      else strong.add(cells[row + definitionColumn.element] as number);
    }
    if (!weak || strong.size === 0) return;
    let kept = 0;
    for (let row = 0; row < end; row += definitionWidth) {
      const repeated = isWeak(cells[row + definitionColumn.kind] as number) && strong.has(cells[row] as number);
      if (repeated) continue;
      cells.copyWithin(kept, row, row + definitionWidth);
      kept += definitionWidth;
    }
    definitions.truncate(kept);
  }
}

function isWeak(kind: number): boolean {
  return kind === definitionKind.tableCell || kind === definitionKind.anchor;
}

function indexFrom(text: string, sign: string, from: number): number {
  const found = text.indexOf(sign, from);
  return found < 0 ? text.length : found;
}

function byKind(
  readers: Partial<Record<keyof typeof kindNumber, (block: number) => void>>,
): readonly (((block: number) => void) | undefined)[] {
  const list: ((block: number) => void)[] = [];
  for (const [kind, reader] of Object.entries(readers)) list[kindNumber[kind as keyof typeof kindNumber]] = reader;
  return list;
}
