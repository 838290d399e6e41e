import type { Checklist, Step } from "#model/plan";
import type { AnyBlock } from "../block.ts";
import type { MarkdownSection } from "../markdown.ts";
import { bulletsOf } from "./bullet.ts";
import { groupsOf } from "./group.ts";
import type { PlanReading } from "./reading.ts";

const phaseForm = /\bphase\s+(\d+(?:\.\d+)*)/i;

/** The lists of the Verification Checklist, one a label: `**After Phase 1:**` and its boxes. */
export function readChecklists(reading: PlanReading, steps: readonly Step[]): Checklist[] {
  const section = reading.section("verification-checklist") ?? verification(reading, steps);
  return groupsOf(reading, reading.namedBlocksOf(section)).flatMap(({ title, blocks, start, end }) => {
    const items = bulletsOf(reading, blocks);
    if (items.length === 0) return [];
    const phase = phaseForm.exec(title)?.[1];
    const range = reading.range({ start: firstStart(blocks, start), end });
    return [{ title, range, ...(phase === undefined ? {} : { phase }), items }];
  });
}

function firstStart(blocks: readonly AnyBlock[], start: number): number {
  return Math.min(start, blocks[0]?.start ?? start);
}

/** A section called just "Verification" that stands beside the steps, never inside one. */
function verification(reading: PlanReading, steps: readonly Step[]): MarkdownSection | undefined {
  const isInStep = (offset: number): boolean =>
    steps.some(({ range }) => range.start.offset <= offset && offset < range.end.offset);
  return reading.document.sections.find(
    (section) => /^(?:final )?verification$/i.test(section.title) && !isInStep(section.start),
  );
}
