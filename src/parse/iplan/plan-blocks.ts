import type { Expectation, PlanBlock } from "#model/plan";
import type { Span } from "#model/source";
import type { AnyBlock, FenceBlock } from "../block.ts";
import { codeOf } from "../blocks.ts";
import { plainWords } from "../plain-words.ts";
import { type FenceLabel, fenceLabels } from "./block-labels.ts";
import { findExpectations } from "./expectations.ts";
import type { PlanReading } from "./reading.ts";

const shells: ReadonlySet<string> = new Set(["bash", "sh", "shell", "zsh", "console", "shell-session"]);

/** The fenced blocks of a plan, found by place. */
export interface PlanBlocks {
  readonly all: readonly PlanBlock[];
  /** The fences inside blocks, in order. */
  inside(blocks: readonly AnyBlock[]): PlanBlock[];
}

/** Reads every fence of the document. */
export function readPlanBlocks(reading: PlanReading): PlanBlocks {
  const labels = fenceLabels(reading);
  const fences = reading.document.tree.ofKind("fence");
  const all = fences.map((fence) => readFence(reading, fence, labels.get(fence.start)));
  return { all, inside: (blocks) => blocksInside(all, blocks) };
}

function blocksInside(all: readonly PlanBlock[], blocks: readonly AnyBlock[]): PlanBlock[] {
  const found: PlanBlock[] = [];
  for (const block of blocks) if (!leaves.has(block.kind)) addBlocksIn(all, block, found);
  return found;
}

/** Kinds of blocks that hold no fence. */
const leaves: ReadonlySet<AnyBlock["kind"]> = new Set(["paragraph", "heading", "table", "thematic-break", "html"]);

/** Adds those that stand in a block, of all in the order of the document. */
function addBlocksIn(all: readonly PlanBlock[], { start, end }: Span, found: PlanBlock[]): void {
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((all[middle]?.range.start.offset ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  for (let index = low; index < all.length; index++) {
    const block = all[index];
    if (block === undefined || block.range.start.offset >= end) return;
    found.push(block);
  }
}

function readFence(reading: PlanReading, fence: FenceBlock, label: FenceLabel | undefined): PlanBlock {
  const info = reading.source.text.slice(fence.info.start, fence.info.end);
  const language = (/^[{.\s]*([^\s{}:,]*)/u.exec(info)?.[1] ?? "").toLowerCase();
  const code = codeOf(reading.source.text, fence);
  const annotation = reading.annotationBefore(fence.start) ?? label?.annotation;
  const section = reading.keyAt(fence.start);
  return {
    language,
    info,
    text: code.text,
    range: reading.range(fence),
    toDocument: code.toDocument,
    rangeOf: (start, end) => reading.range({ start: code.toDocument(start), end: code.toDocument(end) }),
    closed: fence.closed,
    ...labelled(reading, label),
    ...(annotation === undefined ? {} : { annotation }),
    expectations: shells.has(language) ? expectationsOf(reading, code.text, code.toDocument) : [],
    ...(section === undefined ? {} : { section }),
  };
}

function labelled(reading: PlanReading, label: FenceLabel | undefined): Pick<PlanBlock, "label" | "labelMeans"> {
  if (label?.name === undefined) return {};
  const text = plainWords(label.name.line);
  const means = reading.labelWords(text);
  return { label: { text, range: label.name.range }, ...(means === text ? {} : { labelMeans: means }) };
}

function expectationsOf(reading: PlanReading, text: string, toDocument: (offset: number) => number): Expectation[] {
  return findExpectations(text).map(({ start, end, ...expectation }) => {
    const place = { start: toDocument(start), end: toDocument(end) };
    return { ...expectation, text: reading.document.passage(place).text, range: reading.range(place) };
  });
}
