import type { Criterion } from "#model/plan";
import type { ParagraphBlock } from "../block.ts";
import type { Passage } from "../passage.ts";
import { itemAnnotation, itemPassage, itemsOf, readBox } from "./bullet.ts";
import { findRatio, findTarget } from "./criterion-target.ts";
import { type BlockGroup, groupsOf } from "./group.ts";
import type { PlanReading } from "./reading.ts";
import { statusMark } from "./status-mark.ts";

const longest = 400;
const marks = /[✅❌⚠🟡][\uFE0F]?(?:\s*\/\s*[✅❌⚠🟡]\uFE0F?)*/u;

/** The lines of the Success Criteria: bullets, and paragraph lines that begin with a mark. */
export function readCriteria(reading: PlanReading): Criterion[] {
  const groups = groupsOf(reading, reading.namedBlocksOf(reading.section("criteria")));
  return groups.flatMap((group) => [
    ...itemsOf(group.blocks).map((item) => {
      const annotation = itemAnnotation(reading, item);
      return {
        ...criterion(reading, group, reading.visible(itemPassage(reading, item))),
        ...(item.task === undefined ? {} : { box: readBox(reading, item.task) }),
        ...(annotation === undefined ? {} : { annotation }),
      };
    }),
    ...group.blocks.flatMap((block) => (block.kind === "paragraph" ? markedLines(reading, group, block) : [])),
  ]);
}

function markedLines(reading: PlanReading, group: BlockGroup, block: ParagraphBlock): Criterion[] {
  return block.lines.flatMap((line) => {
    const passage = reading.visible(reading.document.passage(line));
    return marks.exec(passage.text.slice(0, longest))?.index === 0 ? [criterion(reading, group, passage)] : [];
  });
}

function criterion(reading: PlanReading, group: BlockGroup, passage: Passage): Criterion {
  const target = findTarget(passage.line);
  const ratio = findRatio(passage.line);
  const mark = markOf(reading, passage);
  return {
    text: passage.line,
    range: passage.range,
    ...(group.title === "" ? {} : { group: group.title }),
    ...(target === undefined ? {} : { target }),
    ...(ratio === undefined ? {} : { ratio: ratioAt(passage, ratio) }),
    ...(mark === undefined ? {} : { mark }),
  };
}

function ratioAt(passage: Passage, ratio: NonNullable<ReturnType<typeof findRatio>>): NonNullable<Criterion["ratio"]> {
  const { start, end, ...numbers } = ratio;
  return { ...numbers, range: passage.sub(start, end).range };
}

function markOf(reading: PlanReading, passage: Passage): Criterion["mark"] {
  const found = marks.exec(passage.text.slice(0, longest));
  return found === null
    ? undefined
    : statusMark(reading.profile, passage.sub(found.index, found.index + found[0].length));
}
