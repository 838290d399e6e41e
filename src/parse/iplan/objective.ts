import type { Bullet, TextAt } from "#model/plan";
import type { AnyBlock } from "../block.ts";
import type { MarkdownSection } from "../markdown.ts";
import { bulletsOf } from "./bullet.ts";
import { groupsOf } from "./group.ts";
import type { PlanReading } from "./reading.ts";

/** The paragraphs a section opens with, as one text. */
export function openingText(reading: PlanReading, section: MarkdownSection | undefined): TextAt | undefined {
  const paragraphs: AnyBlock[] = [];
  for (const group of groupsOf(reading, reading.ownBlocksOf(section)).slice(0, 1)) {
    if (group.title !== "") break;
    for (const block of group.blocks) {
      if (block.kind !== "paragraph") break;
      paragraphs.push(block);
    }
  }
  const first = paragraphs[0];
  const last = paragraphs.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const text = paragraphs.map((paragraph) => reading.visible(reading.passageOf(paragraph)).line).join("\n\n");
  return { text, range: reading.range({ start: first.start, end: last.end }) };
}

/** The list under `**Deliverables**:` of the Objective. */
export function readDeliverables(reading: PlanReading): Bullet[] {
  const groups = groupsOf(reading, reading.blocksOf(reading.section("objective")));
  return groups
    .filter(({ title }) => /^(?:key )?deliverables?\b/i.test(reading.labelWords(title)))
    .flatMap(({ blocks }) => bulletsOf(reading, blocks));
}
