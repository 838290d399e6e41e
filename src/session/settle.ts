import type { LeaseHolder } from "#guide/lease";
import { parseReceipt, receiptPath, serializeReceipt } from "#author/receipt";
import { receiptLines } from "#author/receipt-lines";
import { writeBackEdits } from "#author/write-back";
import { sameBytes, writeDocument } from "#author/write-document";
import { IplanError } from "#model/errors";
import type { Actor } from "#model/run";
import type { PlanRecord } from "#model/understanding";
import { holderOf, leaseBook, withheldOf } from "./leases.ts";
import { isUnchanged, type PlanView, standAgain, viewPlan } from "./plan-view.ts";
import { readPlan } from "./plans.ts";
import { resumeKey } from "./resume-key.ts";
import type { Session } from "./session.ts";
import { writingTime } from "./times.ts";

/** What settling needs to know beside the document. */
export interface SettleFacts {
  readonly actor: Actor;
  /** Whose work the mark in the document follows; the actor's in this worktree when left out. */
  readonly holder?: LeaseHolder;
  /** The commit the work stands at; asked only when a receipt is written. */
  readonly commit: () => string | undefined;
  /** This machine's record where the caller has it already. */
  readonly record?: PlanRecord;
  /** The plan as it was read before; used again when its documents are still the same. */
  readonly former?: PlanView;
}

/** What settling did. */
export interface Settlement {
  readonly view: PlanView;
  /** Workspace-relative paths of what was written. */
  readonly written: readonly string[];
}

/**
 * Brings document and receipt into agreement with what is recorded: reads the plan afresh, ticks what was proved and writes the
 * receipt. The journal is untouched, so nothing is lost when a document cannot be written; `host/changed` is tried once more.
 */
export async function settlePlan(session: Session, path: string, facts: SettleFacts): Promise<Settlement> {
  try {
    return await settleOnce(session, path, facts);
  } catch (error) {
    if (!(error instanceof IplanError) || error.code !== "host/changed") throw error;
    return settleOnce(session, path, facts);
  }
}

async function settleOnce(session: Session, path: string, facts: SettleFacts): Promise<Settlement> {
  session.forget();
  const view = await viewOf(session, path, facts);
  const resume = resumePoint(session, view, facts);
  // Why: not spread, because the zone's name is found only when it is asked for, and that takes 10 ms.
  const now = Object.assign(writingTime(session.host.clock), resume === undefined ? {} : { resume });
  const written: string[] = [];
  for (const part of view.document.parts) {
    const edits = writeBackEdits(part.source, part.plan, view.understood, view.standing, now);
    if (edits.length > 0 && writeDocument(session.host.files, session.root, part.source, edits))
      written.push(part.path);
  }
  if (writeReceipt(session, view, facts)) written.push(receiptPath(view.document.path));
  session.forget();
  return { view, written };
}

/** Why: leases are read only where the document has a mark that tells where the work goes on. */
function resumePoint(session: Session, view: PlanView, { actor, holder, former }: SettleFacts): string | undefined {
  if (view.document.parts.every(({ plan }) => plan.markers.resumeHere === undefined)) return undefined;
  const known = { ...view, memory: view.memory ?? former?.memory };
  return resumeKey(view, withheldOf(known, leaseBook(session), holder ?? holderOf(session, actor)));
}

/** Why: at the end of a run nothing but the record is new, unless somebody edited the plan meanwhile. */
async function viewOf(session: Session, path: string, { former, record }: SettleFacts): Promise<PlanView> {
  if (former !== undefined && record !== undefined && isUnchanged(session, former.document)) {
    return standAgain(session, former, record);
  }
  return viewPlan(session, readPlan(session, path), record);
}

function writeReceipt(session: Session, view: PlanView, facts: SettleFacts): boolean {
  if (view.record === undefined || view.record.units.size === 0) return false;
  const commit = facts.commit();
  const writer = { actor: facts.actor, ...(commit === undefined ? {} : { commit }) };
  const lines = receiptLines(view.understood, view.standing, view.record, view.receipt?.lines ?? [], writer);
  const text = serializeReceipt(lines);
  const path = `${session.root}/${receiptPath(view.document.path)}`;
  const stat = session.host.files.stat(path);
  if (stat !== undefined && stat.kind !== "file") {
    throw new IplanError(
      "host/outside-workspace",
      `${receiptPath(view.document.path)} is not a plain file; the receipt was not written.`,
      "Move it away and run the command again.",
    );
  }
  const bytes = new TextEncoder().encode(text);
  const former = stat === undefined ? undefined : session.host.files.read(path);
  if (
    former !== undefined &&
    (sameBytes(former, bytes) || serializeReceipt(parseReceipt(new TextDecoder("utf-8").decode(former)).lines) === text)
  )
    return false;
  session.host.files.writeAtomic(path, bytes);
  return true;
}
