import { type PlanMemory, planRecordOf } from "#journal/plan-record";
import type { PlanRecord, UnitRecord } from "#model/understanding";
import type { LiveRun } from "./live-run.ts";

/** Everything that is remembered of a plan at this moment of its run. */
export function recordOf(run: LiveRun): PlanRecord {
  const keys = new Set([...run.memory.units.keys(), ...run.state().units.keys()]);
  const known = [...keys].flatMap((key): readonly [string, UnitRecord][] => {
    const unit = run.unit(key);
    return unit === undefined ? [] : [[key, unit]];
  });
  const state = run.state();
  const since = state.over ? { since: state.startedAt } : {};
  const former = state.over ? [] : run.memory.runs.filter((each) => each.run !== state.run);
  const runs = [...former, state];
  const memory: PlanMemory = { ...run.memory, run: state, known: true, units: new Map(known), runs, ...since };
  return planRecordOf(memory);
}
