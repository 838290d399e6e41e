import type { Checklist } from "#model/plan";
import type { AnyBlock } from "../block.ts";
import type { MarkdownSection } from "../markdown.ts";
import { bulletsOf } from "./bullet.ts";
import { groupsOf } from "./group.ts";
import type { PlanReading } from "./reading.ts";

const phaseForm = /\bphase\s+(\d+(?:\.\d+)*)/iu;

/** The lists of the Verification Checklist, one a label: `**After Phase 1:**` and its boxes. */
export function readChecklists(reading: PlanReading): Checklist[] {
  const section = reading.section("verification-checklist") ?? verification(reading);
  return groupsOf(reading, reading.blocksOf(section)).flatMap(({ title, blocks, start, end }) => {
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

/** A section called just "Verification" that stands beside the steps or above them, never inside one. */
function verification(reading: PlanReading): MarkdownSection | undefined {
  const steps = reading.section("execution-steps");
  return reading.document.sections.find(
    (section) => /^(?:final )?verification$/iu.test(section.title) && section.level <= (steps?.level ?? 3),
  );
}
