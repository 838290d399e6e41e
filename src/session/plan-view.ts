import { sameBytes } from "#author/write-document";
import { parseReceipt, type Receipt, receiptPath, recordOfReceipt } from "#author/receipt";
import { lockHolder } from "#journal/lock";
import { type PlanMemory, planRecordOf, readPlanMemory } from "#journal/plan-record";
import { planSlug } from "#journal/plan-journals";
import { stateFolders } from "#journal/workspace-state";
import type { ShellProcess } from "#model/ports";
import type { CommitRecord, PlanRecord, PlanStanding, UnderstoodPlan } from "#model/understanding";
import { standingOf } from "#plan/standing";
import { understandPlan } from "#plan/understand";
import type { PlanDocument } from "./plans.ts";
import type { Session } from "./session.ts";
import { largestDocument } from "./workspace.ts";

/** A plan with its meaning, what is recorded of it and where it stands. */
export interface PlanView {
  readonly document: PlanDocument;
  readonly understood: UnderstoodPlan;
  /** Absent when the caller brought the record. */
  readonly memory?: PlanMemory;
  /** Absent when there is no receipt file. */
  readonly receipt?: Receipt;
  readonly record: PlanRecord | undefined;
  readonly standing: PlanStanding;
}

/** Understands a plan and computes where it stands; `own` is this machine's record where the caller has it already. */
export async function viewPlan(session: Session, document: PlanDocument, own?: PlanRecord): Promise<PlanView> {
  const parser = await session.host.shellParser();
  const understood = understandPlan(document.plan, {
    hash: session.host.hash,
    profile: session.profile,
    parser,
  });
  const receipt = readReceipt(session, document.path);
  const memory = own === undefined ? memoryOf(session, document, receipt) : undefined;
  const record = mergedRecord(own ?? (memory && planRecordOf(memory, holderOf(session, document.id, memory))), receipt);
  return {
    document,
    understood,
    ...(memory === undefined ? {} : { memory }),
    ...(receipt === undefined ? {} : { receipt }),
    record,
    standing: standingOf(understood, record, (path) => digestInside(session, path)),
  };
}

/** The same plan, not read again, as it stands by another record of this machine. */
export function standAgain(session: Session, { document, understood }: PlanView, own: PlanRecord): PlanView {
  const receipt = readReceipt(session, document.path);
  const record = mergedRecord(own, receipt);
  const standing = standingOf(understood, record, (path) => digestInside(session, path));
  return { document, understood, ...(receipt === undefined ? {} : { receipt }), record, standing };
}

/** True when the documents of a plan are on disk as they were read. */
export function isUnchanged(session: Session, { parts }: PlanDocument): boolean {
  return parts.every(({ path, source }) => {
    const now = session.host.files.read(`${session.root}/${path}`);
    return now !== undefined && sameBytes(now, source.bytes);
  });
}

/** What this machine remembers of a plan, checked against the receipt beside it. */
export function memoryOf(
  session: Session,
  { id, path }: { readonly id: string; readonly path: string },
  receipt: Receipt | undefined,
): PlanMemory {
  const key = session.host.trust(session.root).key({ create: false });
  return readPlanMemory(session.host, session.root, id, key, { path, told: receipt?.lines ?? [] });
}

/** The process that runs a plan now; asked only where a block is open. */
function holderOf(session: Session, id: string, memory: PlanMemory): ShellProcess | undefined {
  if (memory.run?.open === undefined) return undefined;
  const { host, root } = session;
  const key = host.trust(root).key({ create: false });
  if (key === undefined) return undefined;
  return lockHolder({ folder: stateFolders(root).locks, name: `plan-${planSlug(id)}`, key }, host);
}

/** The receipt beside a plan, when there is one. A link in its place is not followed. */
export function readReceipt(session: Session, planPath: string): Receipt | undefined {
  const path = `${session.root}/${receiptPath(planPath)}`;
  const stat = session.host.files.stat(path);
  if (stat?.kind !== "file") return undefined;
  if (stat.size > largestDocument) return { lines: [], problems: [{ line: 1, message: "it is too large to be read" }] };
  const bytes = session.host.files.read(path);
  return bytes === undefined ? undefined : parseReceipt(new TextDecoder("utf-8").decode(bytes));
}

/** Journal and receipt as one record: unit by unit the journal wins. */
export function mergedRecord(own: PlanRecord | undefined, receipt: Receipt | undefined): PlanRecord | undefined {
  const told = receipt === undefined || receipt.lines.length === 0 ? undefined : recordSince(receipt, own?.since);
  const isSilent = own === undefined || saysNothing(own);
  if (isSilent)
    return told === undefined
      ? own?.foreign === undefined
        ? undefined
        : own
      : { ...told, ...(own?.foreign && { foreign: own.foreign }) };
  if (told === undefined) return own;
  const commit = latestCommit(own.commit, told.commit);
  const units = new Map([...told.units, ...own.units]);
  const active = longerOf(own.active, told.active);
  return { ...own, source: "both", units, active, ...(commit === undefined ? {} : { commit }) };
}

function saysNothing({ units, open, commit, active }: PlanRecord): boolean {
  return units.size === 0 && open === undefined && commit === undefined && active === undefined;
}

function longerOf(own: PlanRecord["active"], told: PlanRecord["active"]): ReadonlyMap<string, number> {
  const longer = new Map(told);
  for (const [unit, ms] of own ?? []) longer.set(unit, Math.max(ms, longer.get(unit) ?? 0));
  return longer;
}

/** Why: a colleague may have committed later than this machine did; of one commit the own record knows more. */
function latestCommit(own: CommitRecord | undefined, told: CommitRecord | undefined): CommitRecord | undefined {
  if (own === undefined || told === undefined) return own ?? told;
  return told.at > own.at ? told : own;
}

/** Why: starting over forgets what was done before, in the receipt too; what a person said of a deliverable stays. */
function recordSince(receipt: Receipt, since: string | undefined): PlanRecord {
  const record = recordOfReceipt(receipt);
  if (since === undefined) return record;
  const kept = [...record.units].filter(([key, unit]) => {
    const isKept = unit.signed !== undefined && !key.startsWith("step:");
    return isKept || unit.at >= since;
  });
  const { commit, ...rest } = record;
  return { ...rest, units: new Map(kept), ...(commit === undefined || commit.at < since ? {} : { commit }) };
}

/** Why: a record may name any path; only files of the workspace are read for it. */
function digestInside(session: Session, path: string): string | undefined {
  if (path.startsWith("/") || path.split("/").includes("..")) return undefined;
  const absolute = `${session.root}/${path}`;
  return session.host.files.stat(absolute)?.kind === "file" ? session.host.files.digest(absolute) : undefined;
}
