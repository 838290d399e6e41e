import type { TreeEntry } from "#model/plan";
import type { FenceBlock } from "../block.ts";
import { walk } from "../blocks.ts";
import type { PlanReading } from "./reading.ts";
import { readTreeLines } from "./tree-lines.ts";

const languages: ReadonlySet<string> = new Set(["", "text", "txt", "tree", "plaintext"]);

/** The declared file tree: the first fence of the File Structure section that draws one. */
export function readFileTree(reading: PlanReading): TreeEntry[] {
  for (const block of reading.blocksOf(reading.section("file-structure"))) {
    for (const inner of walk(block)) {
      if (inner.kind === "fence" && languages.has(languageOf(reading, inner))) return treeOf(reading, inner);
    }
  }
  return [];
}

function languageOf(reading: PlanReading, fence: FenceBlock): string {
  return reading.source.text.slice(fence.info.start, fence.info.end).trim().toLowerCase();
}

function treeOf(reading: PlanReading, fence: FenceBlock): TreeEntry[] {
  const lines = fence.lines.map((line) => reading.document.passage(line));
  return readTreeLines(lines.map((line) => line.text)).map(({ line, start, end, ...entry }) => ({
    ...entry,
    range: (lines[line] as (typeof lines)[number]).sub(start, end).range,
  }));
}
