import type { Files, Hash, ShellProcess } from "#model/ports";
import type { CommitRecord, PlanRecord, UnitRecord } from "#model/understanding";
import type { ReceiptLine } from "#model/run";
import { activeTimes } from "./active-time.ts";
import { type ReceiptDifference, compareReceipt } from "./compare-receipt.ts";
import type { JournalDamage } from "./find-damage.ts";
import { type PlanPlace, readPlanJournals } from "./plan-journals.ts";
import { type RunState, type TookTime, emptyRun } from "./run-state.ts";
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
  /** Where its journals are not what was written; while there is any, no run is believed and only signatures count. */
  readonly damage: readonly JournalDamage[];
  /** What the chain still proves of the last damaged run: evidence to show, nothing to rely on. */
  readonly proven?: RunState;
  /** Lines of the receipt that say something else than the events they name. */
  readonly differing: readonly ReceiptDifference[];
  /** By unit, how long its last successful attempt took, in whichever run. */
  readonly took: ReadonlyMap<string, TookTime>;
  /** When the last run that started over began; what a receipt says of earlier work is forgotten too. */
  readonly since?: string;
  /** Runs that count, oldest first; none while a journal is damaged. */
  readonly runs: readonly RunState[];
}

/** What beside the journals is known of a plan when its memory is read. */
export interface MemoryAbout {
  /** Workspace-relative path of its document. */
  readonly path?: string;
  /** Lines of its receipt, whose heads tell where journals ended. */
  readonly told?: readonly ReceiptLine[];
}

/** What the memory of a plan is read with. */
export interface MemoryPorts {
  readonly files: Files;
  readonly hash: Hash;
}

/**
 * Reads all journals and notes of a plan below `root`. Later runs win over earlier ones, a run that started over forgets them,
 * and a signature wins over what stood before it. Throws IplanError `journal/newer-format`.
 */
export function readPlanMemory(
  ports: MemoryPorts,
  root: string,
  plan: string,
  key: string | undefined,
  about: MemoryAbout = {},
): PlanMemory {
  const folders = stateFolders(root);
  const seal: JournalKey = { key, hash: ports.hash };
  const place: PlanPlace = { root, id: plan, ...(about.path === undefined ? {} : { path: about.path }) };
  const journals = readPlanJournals(ports.files, folders.runs, place, seal);
  const notes = readPlanNotes(ports.files, folders.notes, place, seal);
  const { truncated, differing } = compareReceipt(about.told ?? [], [...journals.own, ...notes.own]);
  const damage = [...journals.own.flatMap((content) => content.damage), ...truncated];
  const isDamaged = damage.some((each) => journals.own.some((content) => content.path === each.path));
  const foreign = [...journals.foreign.map((content) => content.path), ...notes.foreign];
  const all = journals.own.map((content) => replay(content.events));
  const [runs, last] = isDamaged ? [[], undefined] : [all, all.at(-1)];
  const proven = isDamaged ? all.at(-1) : undefined;
  const since = runs.findLast((run) => run.over)?.startedAt;
  return {
    ...(last === undefined ? {} : { run: last }),
    known: last !== undefined,
    units: mergedUnits(runs, notes),
    notes,
    foreign,
    damage: [...damage, ...notes.own.flatMap((content) => content.damage)],
    ...(proven === undefined ? {} : { proven }),
    differing,
    took: new Map(runs.flatMap((run) => [...run.took])),
    ...(since === undefined ? {} : { since }),
    runs: countedRuns(runs),
  };
}

/** Why: a run that started over forgets the ones before it. */
function countedRuns(runs: readonly RunState[]): readonly RunState[] {
  return runs.slice(
    Math.max(
      0,
      runs.findLastIndex((run) => run.over),
    ),
  );
}

/** The memory of a plan as readers of its standing take it; undefined when this machine remembers nothing of the plan. */
export function readPlanRecord(
  ports: MemoryPorts,
  root: string,
  plan: string,
  key: string | undefined,
  about: MemoryAbout = {},
): PlanRecord | undefined {
  const memory = readPlanMemory(ports, root, plan, key, about);
  if (!memory.known && memory.units.size === 0 && memory.foreign.length === 0) return undefined;
  return planRecordOf(memory);
}

/** A plan's record from its memory. While `holder` runs the plan, what it started is under way and in question for nobody. */
export function planRecordOf(memory: PlanMemory, holder?: ShellProcess): PlanRecord {
  const run = memory.run ?? emptyRun;
  const open = holder === undefined ? (run.open ?? [...run.unsettled.values()][0]) : undefined;
  const commit = commitRecordOf(memory);
  const worked = memory.notes.worked.filter((event) => event.at >= (memory.since ?? ""));
  const active = activeTimes(memory.runs, worked);
  return {
    source: "journal",
    units: holder === undefined ? withQuestions(memory.units, run) : withUnderWay(memory.units, run, holder),
    ...(run.run === "" ? {} : { lastRun: run.run }),
    ...(memory.since === undefined ? {} : { since: memory.since }),
    ...(open === undefined ? {} : { open: open.unit }),
    ...(commit === undefined ? {} : { commit }),
    ...(active.size === 0 ? {} : { active }),
    ...(run.risks.size === 0 ? {} : { risks: run.risks }),
    ...(memory.foreign.length === 0 ? {} : { foreign: memory.foreign }),
  };
}

/** The last commit that was recorded here; a run that started over forgets it. */
function commitRecordOf({ notes, since }: PlanMemory): CommitRecord | undefined {
  const last = notes.committed.at(-1);
  if (last === undefined || last.at < (since ?? "")) return undefined;
  const { commit, at, actor, subject, title, override, reason, files } = last;
  return {
    commit,
    at,
    actor,
    subject,
    override,
    files,
    ...(title === undefined ? {} : { title }),
    ...(reason === undefined ? {} : { reason }),
    journal: `${last.run}:${last.seq}:${last.hash}`,
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

function withUnderWay(
  units: ReadonlyMap<string, UnitRecord>,
  { open }: RunState,
  { pid }: ShellProcess,
): ReadonlyMap<string, UnitRecord> {
  const record = open === undefined ? undefined : units.get(open.unit);
  if (open === undefined || record?.verdict !== "pending") return units;
  return new Map([...units, [open.unit, { ...record, reason: `it runs now (process ${pid})` }]]);
}

function mergedUnits(runs: readonly RunState[], notes: PlanNotes): ReadonlyMap<string, UnitRecord> {
  const counted = countedRuns(runs);
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
