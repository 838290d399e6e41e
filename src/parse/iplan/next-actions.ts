import type { TextAt } from "#model/plan";
import type { AnyBlock } from "../block.ts";
import { itemPassage, itemsOf } from "./bullet.ts";
import { groupsOf } from "./group.ts";
import type { PlanReading } from "./reading.ts";

const titles = /^(?:next (?:actions?|steps?)|follow-?ups?)$/i;

/** What comes after the plan: the Next Actions section, or labelled lines of that name at the end of the document. */
export function readNextActions(reading: PlanReading): TextAt[] {
  const section = reading.section("next-actions");
  if (section !== undefined) return textsOf(reading, reading.blocksOf(section));
  const last = reading.document.sections.at(-1);
  const groups = groupsOf(reading, reading.blocksOf(last)).filter(({ title }) => titles.test(title));
  return groups.flatMap(({ rest, blocks }) => [
    ...(rest === undefined ? [] : [reading.textAt(rest)]),
    ...textsOf(reading, blocks),
  ]);
}

function textsOf(reading: PlanReading, blocks: readonly AnyBlock[]): TextAt[] {
  return blocks.flatMap((block) => {
    if (block.kind === "paragraph") return [reading.textAt(reading.passageOf(block))];
    return itemsOf([block]).map((item) => reading.textAt(itemPassage(reading, item)));
  });
}
