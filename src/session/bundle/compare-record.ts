import { judge } from "#execute/judge";
import { ranBlocks } from "#execute/run-step";
import { readPlanJournals } from "#journal/plan-journals";
import { replay } from "#journal/replay";
import { readJournal } from "#journal/read-journal";
import { stateFolders } from "#journal/workspace-state";
import type { Host } from "#model/ports";
import type { JournalEvent } from "#model/run";
import type { StepUnit, UnitRecord } from "#model/understanding";
import type { PlanView } from "../plan-view.ts";
import { archiveRoot } from "./archive-files.ts";
import { archiveHost } from "./archive-host.ts";
import { verdictsOf } from "./bundle-standing.ts";
import type { Manifest } from "./manifest.ts";
import { outputsOf } from "./pack.ts";

/** Where what a bundle records does not hang together. */
export interface RecordProblem {
  /** A file of the bundle, or a part of the plan. */
  readonly where: string;
  readonly message: string;
}

/** Follows the record of a bundle whose bytes are those of its manifest: journals, receipt, outputs and verdicts must say the same. */
export function compareRecord(
  host: Host,
  view: PlanView,
  manifest: Manifest,
  files: ReadonlyMap<string, Uint8Array>,
): readonly RecordProblem[] {
  const world = archiveHost(host, { files, declared: manifest.declared });
  const journals = journalsOf(world, manifest, files);
  const events = journals.map((journal) => journal.events);
  return [
    ...unreadJournals(manifest, journals),
    ...(view.memory?.damage ?? []).map(({ message }) => ({ where: "journal", message })),
    ...(view.memory?.differing ?? []).map(({ unit, reason }) => ({ where: unit, message: reason })),
    ...(view.receipt?.problems ?? []).map(({ line, message }) => ({
      where: `${manifest.plan.path}.receipt.ndjson:${line}`,
      message,
    })),
    ...outputProblems(events.flat(), manifest, files, host),
    ...planProblems(view, manifest),
    ...unproved(view, events),
  ];
}

type Journal = NonNullable<ReturnType<typeof readJournal>>;

function journalsOf(
  world: Host,
  { plan, files: listed }: Manifest,
  files: ReadonlyMap<string, Uint8Array>,
): readonly Journal[] {
  const seal = { key: "bundle", hash: world.hash };
  const place = { root: archiveRoot, id: plan.id, path: plan.path };
  const runs = readPlanJournals(world.files, stateFolders(archiveRoot).runs, place, seal).own;
  const notes = listed.filter(({ kind, path }) => kind === "notes" && files.has(path));
  return [...runs, ...notes.flatMap(({ path }) => readJournal(world.files, `${archiveRoot}/${path}`, seal) ?? [])];
}

/** Why: a journal that is in the bundle and cannot be followed would otherwise be passed over in silence. */
function unreadJournals({ files }: Manifest, journals: readonly Journal[]): readonly RecordProblem[] {
  const read = new Map(journals.map((journal) => [journal.path.slice(archiveRoot.length + 1), journal]));
  return files.flatMap(({ path, kind }) => {
    if (kind !== "journal" && kind !== "notes") return [];
    const journal = read.get(path);
    if (journal === undefined || journal.origin !== "own")
      return [{ where: path, message: "holds no event of this plan that hangs together" }];
    return journal.torn ? [{ where: path, message: "ends in the middle of a line" }] : [];
  });
}

/** Every output that an event names is there with its digest, or is named as missing. */
function outputProblems(
  events: readonly JournalEvent[],
  manifest: Manifest,
  files: ReadonlyMap<string, Uint8Array>,
  { hash }: Host,
): readonly RecordProblem[] {
  const missing = new Set(manifest.missing.map(({ digest }) => digest));
  return events.flatMap(outputsOf).flatMap(({ digest, bytes, file }): RecordProblem[] => {
    const content = file === undefined ? undefined : files.get(file);
    if (file === undefined || (content === undefined && missing.has(digest))) return [];
    if (content === undefined) return [{ where: file, message: "is named by the journal and is not there" }];
    const isSame = content.length === bytes && `sha256:${hash.sha256(content)}` === digest;
    return isSame ? [] : [{ where: file, message: "is not the output that the journal names" }];
  });
}

function planProblems(view: PlanView, manifest: Manifest): readonly RecordProblem[] {
  const { understood, standing } = view;
  const told = new Map(manifest.verdicts.map(({ unit, verdict }) => [unit, verdict]));
  const now = verdictsOf(view);
  const differing = now.filter(({ unit, verdict }) => told.get(unit) !== verdict);
  const gone = manifest.verdicts.length !== now.length;
  return [
    ...(understood.id === manifest.plan.id ? [] : [{ where: manifest.plan.path, message: `is ${understood.id}` }]),
    ...(understood.planHash === manifest.plan.planHash
      ? []
      : [{ where: manifest.plan.path, message: "is not the plan whose hash the manifest has" }]),
    ...(standing.verdict === manifest.verdict
      ? []
      : [{ where: understood.id, message: `is ${standing.verdict}; the manifest says ${manifest.verdict}` }]),
    ...differing.map(({ unit, verdict }) => ({
      where: unit,
      message: `is ${verdict}; the manifest says ${told.get(unit) ?? "nothing"}`,
    })),
    ...(gone ? [{ where: manifest.plan.path, message: "has other parts than the manifest" }] : []),
  ];
}

/**
 * Parts that are called verified by the receipt alone: the journal it names is not in the bundle, so that nothing of them can be judged.
 * What was signed rests on a person's word, wherever it is written.
 */
export function unbackedParts(
  host: Host,
  view: PlanView,
  manifest: Manifest,
  files: ReadonlyMap<string, Uint8Array>,
): readonly string[] {
  const world = archiveHost(host, { files, declared: manifest.declared });
  const held = new Set(journalsOf(world, manifest, files).map(({ run }) => run));
  const { steps, items } = view.standing;
  return [...steps, ...items].flatMap(([unit, { verdict, record }]) => {
    if (verdict !== "verified" || record === undefined || record.signed !== undefined) return [];
    const [run = ""] = (record.journal ?? "").split(":");
    return held.has(run) ? [] : [unit];
  });
}

/** Steps that the journal calls verified though the evidence it holds of them does not come to that. */
function unproved(view: PlanView, journals: readonly (readonly JournalEvent[])[]): readonly RecordProblem[] {
  const byRun = new Map(journals.map((events) => [events[0]?.run ?? "", events]));
  return view.understood.steps.flatMap((step) => {
    const standing = view.standing.steps.get(step.key);
    const { record } = standing ?? {};
    if (standing?.verdict !== "verified" || record === undefined || record.signed !== undefined) return [];
    const judged = judgedAgain(step, record, byRun);
    return judged === undefined || judged.verdict === "verified"
      ? []
      : [{ where: step.key, message: `is called verified, and its evidence says ${judged.verdict}: ${judged.reason}` }];
  });
}

/** The step judged by the evidence that stood in its journal when its verdict was given; undefined where only the receipt tells of it. */
function judgedAgain(
  step: StepUnit,
  record: UnitRecord,
  byRun: ReadonlyMap<string, readonly JournalEvent[]>,
): ReturnType<typeof judge> | undefined {
  const [run = "", seq = ""] = (record.journal ?? "").split(":");
  const events = byRun.get(run)?.slice(0, Number(seq));
  const last = events?.at(-1);
  if (events === undefined || last?.type !== "verdict") return undefined;
  const ended = replay(events).progress.get(last.unit)?.ended ?? [];
  return judge({ blocks: ranBlocks(step.blocks, ended), claims: last.claims ?? [] });
}
