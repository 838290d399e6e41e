import type { Files, Hash } from "#model/ports";
import type { PlanRecord, UnitRecord } from "#model/understanding";
import { readPlanJournals } from "./plan-journals.ts";
import { type RunState, emptyRun } from "./run-state.ts";
import { replay } from "./replay.ts";
import type { JournalKey } from "./read-journal.ts";
import { type PlanNotes, readPlanNotes } from "./notes.ts";
import { stateFolders } from "./workspace-state.ts";

/** What this machine remembers of a plan: the state of its runs merged with its notes and signatures. */
export interface PlanMemory {
  /** The last run, where there is one. */
  readonly run?: RunState;
  /** True when any own journal of the plan exists. */
  readonly known: boolean;
  readonly units: ReadonlyMap<string, UnitRecord>;
  readonly notes: PlanNotes;
  readonly foreign: readonly string[];
}

/** What the memory of a plan is read with. */
export interface MemoryPorts {
  readonly files: Files;
  readonly hash: Hash;
}

/**
 * Reads all journals and notes of a plan below `root`. Later runs win over earlier ones, a run that started over forgets them,
 * and a signature wins over what stood before it. Throws IplanError `journal/damaged` or `journal/newer-format`.
 */
export function readPlanMemory(ports: MemoryPorts, root: string, plan: string, key: string | undefined): PlanMemory {
  const folders = stateFolders(root);
  const seal: JournalKey = { key, hash: ports.hash };
  const journals = readPlanJournals(ports.files, folders.runs, plan, seal);
  const runs = journals.own.map((content) => replay(content.events));
  const notes = readPlanNotes(ports.files, folders.notes, plan, seal);
  const foreign = [...journals.foreign.map((content) => content.path), ...notes.foreign];
  const last = runs.at(-1);
  return {
    ...(last === undefined ? {} : { run: last }),
    known: last !== undefined,
    units: mergedUnits(runs, notes),
    notes,
    foreign,
  };
}

/** The memory of a plan as readers of its standing take it; undefined when this machine remembers nothing of the plan. */
export function readPlanRecord(
  ports: MemoryPorts,
  root: string,
  plan: string,
  key: string | undefined,
): PlanRecord | undefined {
  const memory = readPlanMemory(ports, root, plan, key);
  if (!memory.known && memory.units.size === 0 && memory.foreign.length === 0) return undefined;
  return planRecordOf(memory);
}

/** A plan's record from its memory. */
export function planRecordOf(memory: PlanMemory): PlanRecord {
  const run = memory.run ?? emptyRun;
  const open = run.open ?? [...run.unsettled.values()][0];
  return {
    source: "journal",
    units: withQuestions(memory.units, run),
    ...(run.run === "" ? {} : { lastRun: run.run }),
    ...(open === undefined ? {} : { open: open.unit }),
    ...(memory.foreign.length === 0 ? {} : { foreign: memory.foreign }),
  };
}

/** Why: a reader must see every step whose end is not known, not only the last one. */
function withQuestions(units: ReadonlyMap<string, UnitRecord>, run: RunState): ReadonlyMap<string, UnitRecord> {
  const questions = [...run.unsettled.keys()].flatMap((unit): [string, UnitRecord][] => {
    const record = units.get(unit);
    if (record === undefined || record.signed !== undefined) return [];
    return [[unit, { ...record, verdict: "unknown", reason: "it was started and its end is not known" }]];
  });
  return questions.length === 0 ? units : new Map([...units, ...questions]);
}

function mergedUnits(runs: readonly RunState[], notes: PlanNotes): ReadonlyMap<string, UnitRecord> {
  const start = Math.max(
    0,
    runs.findLastIndex((run) => run.over),
  );
  const counted = runs.slice(start);
  const merged = new Map<string, UnitRecord>();
  for (const run of counted) for (const [unit, record] of run.units) merged.set(unit, record);
  const since = counted[0]?.over === true ? counted[0].startedAt : "";
  for (const [unit, record] of notes.signatures) {
    // Why: starting over forgets how a step was done, but not what a person said about a deliverable.
    if (unit.startsWith("step:") && record.at < since) continue;
    if ((merged.get(unit)?.at ?? "") <= record.at) merged.set(unit, record);
  }
  return merged;
}
