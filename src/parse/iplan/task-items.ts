import { append } from "../append.ts";
import type { Task, TextAt } from "#model/plan";
import type { AnyBlock, HeadingBlock, ItemBlock, ListBlock, ParagraphBlock, TaskMark } from "../block.ts";
import type { Passage } from "../passage.ts";
import { readTaskMark } from "../task-mark.ts";
import { bulletsOf, itemAnnotation, itemPassage, itemsOf, readBox } from "./bullet.ts";
import { readLeadingLabel } from "./label.ts";
import { declaredFiles } from "./paths.ts";
import type { PlanBlocks } from "./plan-blocks.ts";
import type { PlanReading } from "./reading.ts";
import { readStepHead } from "./step-head.ts";
import { type TaskHead, readTaskHead } from "./task-head.ts";
import { readTitleParts } from "./title-parts.ts";

/** A task as it stands in the document, before it is numbered. */
export interface FoundTask {
  readonly start: number;
  end: number;
  readonly id: string | undefined;
  /** The text that names the task, behind box and id. */
  readonly title: Passage;
  readonly box: TaskMark | undefined;
  readonly annotation: Task["annotation"];
  readonly level: number;
  /** Blocks that belong to the task. */
  readonly blocks: AnyBlock[];
}

const plain = 7;

/** The tasks among the blocks of a phase: boxed or numbered list items, paragraphs and headings that begin with a task id. */
export function findTasks(reading: PlanReading, blocks: readonly AnyBlock[]): FoundTask[] {
  const found: FoundTask[] = [];
  let open: FoundTask | undefined;
  let inStep = false;
  for (const block of blocks) {
    if (opensStep(reading, block)) {
      inStep = true;
      open = undefined;
      continue;
    }
    inStep &&= block.kind !== "heading";
    const tasks = tasksIn(reading, block, open !== undefined || inStep);
    append(found, tasks);
    const ends = block.kind === "heading" && open !== undefined && block.level <= open.level;
    if (tasks.length > 0) open = block.kind === "list" ? undefined : tasks.at(-1);
    else if (ends) open = undefined;
    else if (block.kind !== "html" && block.kind !== "thematic-break") extend(open, block);
  }
  return found;
}

/** The tasks a block begins; `taken` says that a task or step above it takes boxes without an id. */
function tasksIn(reading: PlanReading, block: AnyBlock, taken: boolean): readonly FoundTask[] {
  if (block.kind === "list") return listTasks(reading, block, taken);
  if (block.kind === "paragraph") return paragraphTasks(reading, block);
  const task = block.kind === "heading" ? headingTask(reading, block) : undefined;
  return task === undefined ? [] : [task];
}

/** Whether a block begins with a bold `Step N`: steps may stand right behind the tasks of a phase, and are none of theirs. */
function opensStep(reading: PlanReading, block: AnyBlock): boolean {
  const first = block.kind === "list" ? itemsOf([block])[0] : undefined;
  const passage = first === undefined ? reading.passageOf(block) : itemPassage(reading, first);
  if (block.kind !== "heading" && !passage.text.startsWith("**")) return false;
  return readStepHead(passage) !== undefined;
}

function extend(task: FoundTask | undefined, block: AnyBlock): void {
  if (task === undefined) return;
  task.blocks.push(block);
  task.end = block.end;
}

/** Items with an id are tasks everywhere; items with a box alone are tasks unless a task or step above takes them. */
function listTasks(reading: PlanReading, list: ListBlock, taken: boolean): FoundTask[] {
  const heads = itemsOf([list]).map((item) => ({ item, head: readTaskHead(itemPassage(reading, item)) }));
  const named = heads.some(({ head }) => head !== undefined);
  if (taken && !named) return [];
  return heads.flatMap(({ item, head }) =>
    head === undefined && item.task === undefined ? [] : [itemTask(reading, item, head)],
  );
}

function itemTask(reading: PlanReading, item: ItemBlock, head: TaskHead | undefined): FoundTask {
  const first = item.children.find((child) => child.kind === "paragraph");
  return {
    start: item.start,
    end: item.end,
    id: head?.id,
    title: reading.visible(head?.rest ?? itemPassage(reading, item)),
    box: item.task,
    annotation: itemAnnotation(reading, item),
    level: plain,
    blocks: item.children.filter((child) => child !== first),
  };
}

/** The tasks a paragraph's lines begin with a bold or upper-case id, with or without a box before it. */
function paragraphTasks(reading: PlanReading, block: ParagraphBlock): FoundTask[] {
  const found: FoundTask[] = [];
  for (const [index, line] of block.lines.entries()) {
    const box = readTaskMark(reading.source.text, line.start, line.end);
    const passage = reading.document.passage({ start: box?.end ?? line.start, end: line.end });
    const head = /^\s*(?:\*\*|__|TASK-\d)/u.test(passage.text) ? readTaskHead(passage) : undefined;
    const last = found.at(-1);
    if (head === undefined) {
      if (last === undefined) return [];
      last.end = line.end;
      continue;
    }
    found.push({
      start: index === 0 ? block.start : line.start,
      end: line.end,
      id: head.id,
      title: reading.visible(head.rest),
      box,
      annotation: reading.annotationIn(line) ?? (index === 0 ? reading.annotationBefore(block.start) : undefined),
      level: plain,
      blocks: [],
    });
  }
  return found;
}

function headingTask(reading: PlanReading, block: HeadingBlock): FoundTask | undefined {
  const passage = reading.passageOf(block);
  const numbered = /^\d+(?:\.\d+)*\.?\s+(?=\W{0,3}task)/i.exec(passage.text)?.[0].length ?? 0;
  const head = readTaskHead(passage.sub(numbered));
  if (head === undefined) return undefined;
  return {
    start: block.start,
    end: block.end,
    id: head.id,
    title: reading.visible(head.rest),
    box: undefined,
    annotation: reading.annotationIn(block) ?? reading.annotationBefore(block.start),
    level: block.level,
    blocks: [],
  };
}

const labels: readonly (readonly [field: "verify" | "targets", form: RegExp])[] = [
  ["verify", /^(?:verify|verification|acceptance(?: criteria)?)$/i],
  ["targets", /^(?:coverage )?targets?$/i],
];

/** A found task as the model has it. `ordinal` is its place among the tasks of its phase, from 1. */
export function taskOf(
  reading: PlanReading,
  blocks: PlanBlocks,
  found: FoundTask,
  phase: string,
  ordinal: number,
): Task {
  const parts = readTitleParts(reading.profile, found.title);
  return {
    id: found.id ?? `P${phase}.${ordinal}`,
    hasId: found.id !== undefined,
    name: nameOf(parts.name),
    range: reading.range(found),
    nameRange: parts.name.range,
    ...(found.box === undefined ? {} : { box: readBox(reading, found.box) }),
    ...(parts.hours === undefined ? {} : { hours: parts.hours }),
    ...labelledValues(reading, found.blocks),
    details: bulletsOf(reading, found.blocks),
    blocks: blocks.inside(found.blocks),
    ...(parts.status === undefined ? {} : { status: parts.status }),
    ...(found.annotation === undefined ? {} : { annotation: found.annotation }),
  };
}

function nameOf(name: Passage): string {
  return name.line.replaceAll("**", "").replace(/\s+/gu, " ").trim();
}

function labelledValues(reading: PlanReading, blocks: readonly AnyBlock[]): Pick<Task, "files" | "verify" | "targets"> {
  const values: Record<"files" | "verify" | "targets", TextAt[]> = { files: [], verify: [], targets: [] };
  for (const { passage, below } of labelledTexts(reading, blocks)) {
    const label = readLeadingLabel(passage);
    if (label === undefined) continue;
    const field = labels.find(([, form]) => form.test(reading.labelWords(label.words)))?.[0];
    for (const rest of label.rest.text === "" ? below : [label.rest]) {
      append(values.files, declaredFiles({ words: label.words, rest }));
      if (field !== undefined) values[field].push(rest.textAt);
    }
  }
  return values;
}

interface LabelledText {
  readonly passage: Passage;
  /** The texts of the bullets below, for a label that stands alone. */
  readonly below: readonly Passage[];
}

/** The texts of paragraphs and bullets, which may begin with a label. */
function labelledTexts(reading: PlanReading, blocks: readonly AnyBlock[]): LabelledText[] {
  return blocks.flatMap((block) => {
    if (block.kind === "paragraph") return [{ passage: reading.visible(reading.passageOf(block)), below: [] }];
    return itemsOf([block]).map((item) => ({
      passage: reading.visible(itemPassage(reading, item)),
      below: itemsOf(item.children).map((inner) => reading.visible(itemPassage(reading, inner))),
    }));
  });
}
