import { append } from "../append.ts";
import type { Phase } from "#model/plan";
import type { Span } from "#model/source";
import type { AnyBlock, HeadingBlock, ParagraphBlock } from "../block.ts";
import { type MarkdownSection, nearestKey } from "../markdown.ts";
import type { Passage } from "../passage.ts";
import type { PlanBlocks } from "./plan-blocks.ts";
import type { PlanReading } from "./reading.ts";
import { type NumberedHead, afterSign, readPhaseHead } from "./step-head.ts";
import { findTasks, taskOf } from "./task-items.ts";
import { readTaskHead } from "./task-head.ts";
import { type TitleParts, readTitleParts } from "./title-parts.ts";

/** Blocks that belong to a phase, or to a heading of the task list that names no phase. */
interface FoundPhase extends Span {
  readonly heading: Span;
  /** Present when the heading names a phase. */
  readonly head: NumberedHead | undefined;
  readonly title: Passage;
  readonly level: number;
  end: number;
  readonly blocks: AnyBlock[];
}

/**
 * The phases of a plan with their tasks: those of the task list, else those whose headings stand elsewhere. Boxes under
 * headings that name no phase form phases of their own, numbered behind the written ones.
 */
export function readPhases(reading: PlanReading, blocks: PlanBlocks): Phase[] {
  const list = reading.section("task-list");
  const found = list === undefined ? phasesElsewhere(reading) : phasesIn(reading, list);
  const phases: Phase[] = [];
  let last = found.reduce((most, { head }) => Math.max(most, Number.parseInt(head?.number ?? "0", 10)), 0);
  for (const phase of found) {
    const tasks = findTasks(reading, phase.blocks);
    if (phase.head === undefined && tasks.length === 0) continue;
    const number = phase.head?.number ?? String(++last);
    const parts = titleParts(reading, phase);
    phases.push({
      number,
      name: parts.name.line.replaceAll("**", "").trim(),
      range: reading.range(phase),
      heading: reading.range(phase.heading),
      ...(parts.hours === undefined ? {} : { hours: parts.hours }),
      ...(parts.status === undefined ? {} : { status: parts.status }),
      tasks: tasks.map((task, index) => taskOf(reading, blocks, task, number, index + 1)),
    });
  }
  return phases;
}

/** Why: a remark may stand between number and name (`Phase 2 (Continued): Core`), and a status before the number (`✅ Phase 3`). */
function titleParts(reading: PlanReading, phase: FoundPhase): TitleParts {
  const rest = phase.head?.rest ?? phase.title;
  const early = /^\s*[([][^()[\]]*[)\]]\s*:/u.exec(rest.text)?.[0];
  const parts = readTitleParts(reading.profile, afterSign(rest.sub(early === undefined ? 0 : early.length - 1)));
  const start = phase.title.text.length - (phase.head?.rest.text.length ?? 0);
  const others = [
    rest.sub(0, (early?.length ?? 1) - 1),
    phase.head === undefined ? rest.sub(0, 0) : phase.title.sub(0, start),
  ];
  for (const other of others) {
    const lead = readTitleParts(reading.profile, beforeWord(other));
    if (parts.status === undefined && lead.status !== undefined) return { ...lead, ...parts, status: lead.status };
  }
  return parts;
}

/** The signs before the word "Phase". */
function beforeWord(title: Passage): Passage {
  const word = title.text.search(/phase/i);
  return word < 0 ? title : title.sub(0, word);
}

function phasesIn(reading: PlanReading, list: MarkdownSection): FoundPhase[] {
  const group = openGroup(reading, list.heading, undefined, reading.passageOf(list.heading));
  // Why: every heading inside the list ends what stands right below the list's own heading.
  const found: FoundPhase[] = [{ ...group, level: 7 }];
  gather(reading, reading.blocksOf(list), found);
  return found;
}

/** Adds blocks to the phases their headings and labels open, and to the last open one. */
function gather(reading: PlanReading, blocks: readonly AnyBlock[], found: FoundPhase[]): void {
  for (const block of blocks) {
    if (block.kind === "thematic-break" || block.kind === "html") continue;
    const opened = openedBy(reading, block, found.at(-1));
    if (opened !== undefined) {
      found.push(opened);
      continue;
    }
    const last = found.at(-1);
    last?.blocks.push(block);
    if (last !== undefined) last.end = block.end;
  }
}

function openedBy(reading: PlanReading, block: AnyBlock, last: FoundPhase | undefined): FoundPhase | undefined {
  if (block.kind !== "heading" && block.kind !== "paragraph") return undefined;
  const title = block.kind === "heading" ? reading.passageOf(block) : boldLine(reading, block);
  const head = title && readPhaseHead(title);
  if (title === undefined) return undefined;
  if (head !== undefined) return openGroup(reading, block, head, title);
  if (block.kind !== "heading" || readTaskHead(title) !== undefined) return undefined;
  return last === undefined || block.level <= last.level ? openGroup(reading, block, undefined, title) : undefined;
}

/** The only line of a paragraph that is bold, as phases without headings are. */
function boldLine(reading: PlanReading, block: ParagraphBlock): Passage | undefined {
  const passage = reading.visible(reading.passageOf(block));
  return passage.text.startsWith("**") && !passage.text.includes("\n") ? passage : undefined;
}

function openGroup(
  reading: PlanReading,
  block: HeadingBlock | ParagraphBlock,
  head: NumberedHead | undefined,
  title: Passage,
): FoundPhase {
  const level = block.kind === "heading" ? block.level : (reading.document.sectionAt(block.start)?.level ?? 0) + 1;
  const { start, end } = block;
  return { heading: { start, end }, head, title: reading.visible(title), level, start, end, blocks: [] };
}

/** Phases of a document without a task list: headings that name one, else headings with boxes below, outside sections of other use. */
function phasesElsewhere(reading: PlanReading): FoundPhase[] {
  const free = reading.document.sections.filter((section) => nearestKey(section) === undefined);
  const named = free.filter((section) => isNamed(readPhaseHead(reading.passageOf(section.heading))));
  if (named.length > 0) return outermost(named).flatMap((section) => sectionPhases(reading, section));
  return free.filter(({ title }) => !checks.test(title)).map((section) => ownGroup(reading, section));
}

/** Headings whose boxes are checks of the work, not tasks. */
const checks = /\b(?:verification|validation|checklist)\b/i;

/** Why: outside a task list, "Phase 6 accomplishments" speaks of a phase and is none. */
function isNamed(head: NumberedHead | undefined): boolean {
  return head !== undefined && !/^[\s*_]*[\p{L}\p{N}]/u.test(head.rest.text);
}

function outermost(sections: readonly MarkdownSection[]): MarkdownSection[] {
  const all = new Set(sections);
  return sections.filter(({ parent }) => {
    for (let at = parent; at !== undefined; at = at.parent) if (all.has(at)) return false;
    return true;
  });
}

function sectionPhases(reading: PlanReading, section: MarkdownSection): FoundPhase[] {
  const found: FoundPhase[] = [];
  gather(reading, [section.heading, ...reading.blocksOf(section)], found);
  return found;
}

function ownGroup(reading: PlanReading, section: MarkdownSection): FoundPhase {
  const group = openGroup(reading, section.heading, undefined, reading.passageOf(section.heading));
  const blocks = reading.ownBlocksOf(section).filter((block) => block.kind === "list" || block.kind === "paragraph");
  append(group.blocks, blocks);
  group.end = blocks.at(-1)?.end ?? group.end;
  return group;
}
