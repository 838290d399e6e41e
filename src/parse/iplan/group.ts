import { append } from "../append.ts";
import type { Span } from "#model/source";
import type { AnyBlock, HeadingBlock, ParagraphBlock } from "../block.ts";
import type { Passage } from "../passage.ts";
import { plainWords } from "../plain-words.ts";
import { type LeadingLabel, readLeadingLabel } from "./label.ts";
import type { PlanReading } from "./reading.ts";

/** Blocks under a label or heading, such as `**Required Tools**:` and its list. */
export interface BlockGroup extends Span {
  /** Words of the label or heading; empty for what stands before the first. */
  readonly title: string;
  /** The nearest heading's words, when the label stands under a heading inside the section. */
  readonly heading?: string;
  readonly remark?: Passage;
  /** Text behind the label, on its own line. */
  readonly rest?: Passage;
  readonly blocks: readonly AnyBlock[];
}

interface OpenGroup extends BlockGroup {
  end: number;
  readonly blocks: AnyBlock[];
}

/** Groups blocks by the labels and headings above them. A paragraph of labelled lines gives one group a line. */
export function groupsOf(reading: PlanReading, blocks: readonly AnyBlock[]): BlockGroup[] {
  const groups: OpenGroup[] = [];
  let heading: string | undefined;
  for (const block of blocks) {
    if (block.kind === "heading") {
      heading = plainWords(reading.passageOf(block).line);
      groups.push(headingGroup(reading, block, heading));
      continue;
    }
    if (block.kind === "thematic-break") continue;
    const opened = block.kind === "paragraph" ? labelGroups(reading, block, heading) : [];
    if (opened.length > 0) append(groups, opened);
    else addBlock(groups, block);
  }
  return groups;
}

function headingGroup(reading: PlanReading, block: HeadingBlock, heading: string): OpenGroup {
  const label = readLeadingLabel(reading.passageOf(block));
  const remark = /\(([^()]*)\)\s*$/u.exec(reading.passageOf(block).text);
  const passage = reading.passageOf(block);
  const inside =
    label?.remark ??
    (remark === null ? undefined : passage.sub(remark.index + 1, remark.index + 1 + (remark[1]?.length ?? 0)));
  const title = heading.replace(/\s*\([^()]*\)\s*$/u, "");
  const group = { title, heading, start: block.start, end: block.end, blocks: [] };
  return inside === undefined ? group : { ...group, remark: inside };
}

function addBlock(groups: OpenGroup[], block: AnyBlock): void {
  const last = groups.at(-1);
  if (last === undefined) groups.push({ title: "", start: block.start, end: block.end, blocks: [block] });
  else {
    last.blocks.push(block);
    last.end = block.end;
  }
}

/** The groups a paragraph's lines open; none when its first line has no label. */
function labelGroups(reading: PlanReading, block: ParagraphBlock, heading: string | undefined): OpenGroup[] {
  const groups: OpenGroup[] = [];
  for (const part of labelledParts(reading.passageOf(block))) {
    const { label, passage } = part;
    groups.push({
      title: label.words,
      ...(heading === undefined ? {} : { heading }),
      ...(label.remark === undefined ? {} : { remark: label.remark }),
      ...(label.rest.text === "" ? {} : { rest: label.rest }),
      start: passage.start,
      end: passage.end,
      blocks: [],
    });
  }
  return groups;
}

/** A label with the passage it opens, up to the next label. */
export interface LabelledPart {
  readonly label: LeadingLabel;
  readonly passage: Passage;
}

/** The labelled lines of a paragraph, each with the lines below it; none when the first line has no label that opens a group. */
export function labelledParts(passage: Passage): LabelledPart[] {
  const feed = passage.text.indexOf("\n");
  if (!mayOpenGroup(feed < 0 ? passage.text : passage.text.slice(0, feed))) return [];
  return feed < 0 ? onlyPart(passage) : partsOfLines(passage);
}

/** False for a line that no label opens: bold words stand in front of it, or a colon at its end. */
function mayOpenGroup(line: string): boolean {
  return line.trimStart().startsWith("**") || line.trimEnd().endsWith(":");
}

/** The part of a passage of one line. */
function onlyPart(passage: Passage): LabelledPart[] {
  const opening = openingLabel(passage);
  if (opening === undefined) return [];
  const part = passage.trim();
  const label = part === passage ? opening : readLeadingLabel(part);
  return label === undefined ? [] : [{ label, passage: part }];
}

function partsOfLines(passage: Passage): LabelledPart[] {
  const starts: number[] = [];
  for (let start = 0; start <= passage.text.length; ) {
    const found = passage.text.indexOf("\n", start);
    const end = found < 0 ? passage.text.length : found;
    if (openingLabel(passage.sub(start, end)) !== undefined) starts.push(start);
    else if (start === 0) return [];
    start = end + 1;
  }
  return starts.flatMap((start, index) => {
    const part = passage.sub(start, (starts[index + 1] ?? passage.text.length + 1) - 1).trim();
    const label = readLeadingLabel(part);
    return label === undefined ? [] : [{ label, passage: part }];
  });
}

/** Bold words with a colon or alone on their line, or plain words that end the line with a colon. */
function openingLabel(line: Passage): LeadingLabel | undefined {
  const label = readLeadingLabel(line);
  if (label === undefined) return undefined;
  return label.rest.text === "" || (label.bold && label.colon) ? label : undefined;
}
