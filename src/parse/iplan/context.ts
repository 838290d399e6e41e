import type { Bullet, ContextGroup, TextAt } from "#model/plan";
import { nearestKey } from "../markdown.ts";
import type { Passage } from "../passage.ts";
import { bulletsOf } from "./bullet.ts";
import { type BlockGroup, groupsOf } from "./group.ts";
import type { PlanReading } from "./reading.ts";
import { looseStatusMark } from "./status-mark.ts";

const previous = /^(?:previous|prior|completed)\s+(?:work|tasks)/i;

/** What the Context section says: how things stand, what was done before, and what was decided. */
export interface PlanContext {
  readonly currentState: readonly ContextGroup[];
  readonly previousWork: readonly Bullet[];
  readonly decisions: readonly ContextGroup[];
}

/** Reads the Context section. Where it has no Current State part, its labelled lists outside the decisions are the state. */
export function readContext(reading: PlanReading): PlanContext {
  const state = reading.section("current-state");
  const around = reading.section("context");
  const outside = reading
    .blocksOf(around)
    .filter((block) => nearestKey(reading.document.sectionAt(block.start)) === "context");
  const groups = groupsOf(reading, state === undefined ? outside : reading.blocksOf(state));
  const before = groupsOf(reading, reading.blocksOf(around)).filter(({ title }) => previous.test(title));
  const decided = groupsOf(reading, reading.blocksOf(reading.section("decisions")));
  return {
    currentState: groups.filter(({ title }) => !previous.test(title)).flatMap((group) => contextGroup(reading, group)),
    previousWork: (before.length > 0 ? before : groups.filter(({ title }) => previous.test(title))).flatMap(
      ({ blocks }) => bulletsOf(reading, blocks),
    ),
    decisions: decided.flatMap((group) => contextGroup(reading, group)),
  };
}

function contextGroup(reading: PlanReading, group: BlockGroup): ContextGroup[] {
  const items = bulletsOf(reading, group.blocks);
  if (items.length === 0 && group.rest === undefined) return [];
  const status = group.rest && looseStatusMark(reading.profile, group.rest);
  const hasStatus = status?.value !== undefined || status?.percent !== undefined;
  return [
    {
      title: group.title,
      range: reading.range(group),
      ...(hasStatus ? { status } : {}),
      sources: group.remark === undefined ? [] : sourcesIn(group.remark),
      items,
    },
  ];
}

/** The ids after `from`: `from [ADR-002], SPEC-001`. */
function sourcesIn(remark: Passage): TextAt[] {
  if (!/^\s*(?:from|per|see|source:?)\b/i.test(remark.text)) return [];
  // Why: the target of a link names the file of the id before it.
  const words = remark.text.replace(/\]\([^()\n]*\)/gu, (target) => " ".repeat(target.length));
  return Array.from(
    words.matchAll(/[A-Z][A-Z0-9]*-[A-Z0-9][\w.:-]*/gu),
    (match) => remark.sub(match.index, match.index + match[0].replace(/[.:-]+$/u, "").length).textAt,
  );
}
