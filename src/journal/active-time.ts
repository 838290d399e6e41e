import type { JournalEvent } from "#model/run";
import type { RunState } from "./run-state.ts";

/** A unit that was taken and given back, as it was recorded. */
export type WorkedEvent = Extract<JournalEvent, { type: "worked" }>;

type Stretch = readonly [from: number, to: number];

/**
 * Milliseconds in which each unit was worked on: while one of its blocks ran, attempts that failed included, or somebody had taken it. Time
 * that counts twice is counted once; what passed between runs, for approvals and for people to answer is in none of it.
 */
export function activeTimes(runs: readonly RunState[], worked: readonly WorkedEvent[]): ReadonlyMap<string, number> {
  const stretches = new Map<string, Stretch[]>();
  const add = (unit: string, from: number, to: number): void => {
    if (!(to > from)) return;
    const known = stretches.get(unit);
    if (known === undefined) stretches.set(unit, [[from, to]]);
    else known.push([from, to]);
  };
  for (const run of runs) {
    for (const [unit, { ended, earlier = [] }] of run.progress) {
      for (const { startedAt, durationMs } of [...earlier.flatMap((attempt) => attempt.ended), ...ended]) {
        add(unit, Date.parse(startedAt), Date.parse(startedAt) + durationMs);
      }
    }
  }
  for (const { unit, from, to } of worked) add(unit, Date.parse(from), Date.parse(to));
  return new Map([...stretches].map(([unit, known]) => [unit, Math.round(lengthOf(known))]));
}

/** Length of what stretches of time cover together. */
function lengthOf(stretches: readonly Stretch[]): number {
  let covered = 0;
  let until = Number.NEGATIVE_INFINITY;
  for (const [from, to] of [...stretches].sort((a, b) => a[0] - b[0])) {
    covered += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return covered;
}
