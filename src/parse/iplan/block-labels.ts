import type { Annotation } from "#model/plan";
import type { AnyBlock, HeadingBlock, ItemBlock, ParagraphBlock } from "../block.ts";
import type { Passage } from "../passage.ts";
import { itemPassage } from "./bullet.ts";
import { labelledParts } from "./group.ts";
import type { PlanReading } from "./reading.ts";
import { readPhaseHead, readStepHead } from "./step-head.ts";
import { readTaskHead } from "./task-head.ts";

/** What stands above a fence: the text that labels it, and the annotation inside that text. */
export interface FenceLabel {
  readonly name?: Passage;
  readonly annotation?: Annotation;
}

interface LabelState {
  label: FenceLabel;
  /** A fence has taken the label already. */
  used: boolean;
}

const deepest = 40;
const none: FenceLabel = {};

/** The label above each fence of a document, by the fence's start. */
export function fenceLabels(reading: PlanReading): ReadonlyMap<number, FenceLabel> {
  const labels = new Map<number, FenceLabel>();
  visit(reading, reading.document.top, { label: none, used: false }, labels, 0);
  return labels;
}

function visit(
  reading: PlanReading,
  blocks: readonly AnyBlock[],
  state: LabelState,
  labels: Map<number, FenceLabel>,
  depth: number,
): void {
  for (const block of blocks) {
    if (block.kind === "fence") {
      labels.set(block.start, state.label);
      state.used = true;
    } else if (block.kind === "heading") set(state, headingLabel(reading, block));
    else if (block.kind === "paragraph") enterParagraph(reading, block, state);
    else if (block.kind === "quote" && depth < deepest) visit(reading, block.children, state, labels, depth + 1);
    else if (block.kind === "list" && depth < deepest) {
      for (const item of block.children) visitItem(reading, item as ItemBlock, state, labels, depth + 1);
      leaveList(reading, state);
    } else if (block.kind === "thematic-break" || block.kind === "table") leaveProse(state);
  }
}

function visitItem(
  reading: PlanReading,
  item: ItemBlock,
  outer: LabelState,
  labels: Map<number, FenceLabel>,
  depth: number,
): void {
  const first = item.children.find((child) => child.kind === "paragraph");
  const own = labelOf(reading, itemPassage(reading, item), undefined);
  const state = { label: own ?? outer.label, used: false };
  visit(
    reading,
    item.children.filter((child) => child !== first),
    state,
    labels,
    depth,
  );
}

function set(state: LabelState, label: FenceLabel): void {
  state.label = label;
  state.used = false;
}

/** Prose behind a fence ends what labelled it; prose before it does not. */
function leaveProse(state: LabelState): void {
  if (state.used) set(state, none);
}

/** Why: the bullets under "Expected outcome" are all it labels; a fence behind them is the next action. */
function leaveList(reading: PlanReading, state: LabelState): void {
  if (state.used || /^expect|outcome/i.test(reading.labelWords(state.label.name?.text ?? ""))) set(state, none);
}

function headingLabel(reading: PlanReading, heading: HeadingBlock): FenceLabel {
  const passage = reading.passageOf(heading);
  const known = reading.document.sectionAt(heading.start)?.key !== undefined;
  return known || heading.level === 1 || isHead(passage) ? none : { name: passage };
}

function isHead(passage: Passage): boolean {
  return (readStepHead(passage) ?? readPhaseHead(passage) ?? readTaskHead(passage)) !== undefined;
}

function enterParagraph(reading: PlanReading, block: ParagraphBlock, state: LabelState): void {
  const label = labelOf(reading, reading.passageOf(block), reading.annotationIn(block));
  if (label === undefined) leaveProse(state);
  else set(state, label);
}

/** The label a paragraph gives to the fence below it; undefined when it is prose. A step's or task's own line labels nothing. */
function labelOf(reading: PlanReading, passage: Passage, annotation: Annotation | undefined): FenceLabel | undefined {
  const visible = reading.visible(passage);
  const isBold = visible.text.startsWith("**");
  // Why: of one line, the line is its only part, and looking for a head takes less than taking a label apart.
  const isOneLine = !visible.text.includes("\n");
  if (isBold && isOneLine && isHead(visible)) return none;
  const last = labelledParts(visible).at(-1);
  if (last !== undefined) {
    if (!(isBold && isOneLine) && isHead(last.passage)) return none;
    return annotation === undefined ? { name: last.label.name } : { name: last.label.name, annotation };
  }
  if (isBold && !isOneLine && isHead(visible)) return none;
  if (!visible.text.endsWith(":")) return undefined;
  const line = visible.sub(visible.text.lastIndexOf("\n") + 1, visible.text.length - 1).trim();
  return annotation === undefined ? { name: line } : { name: line, annotation };
}
