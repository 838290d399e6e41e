import { recordOfReceipt } from "#author/receipt";
import type { ReceiptLine } from "#model/run";
import type { PlanRecord, PlanStanding, UnderstoodPlan } from "#model/understanding";
import { standingOf } from "#plan/standing";
import { understandPlan } from "#plan/understand";
import { readReceipt } from "./plan-view.ts";
import type { PlanDocument } from "./plans.ts";
import type { Session } from "./session.ts";

/** A plan as it stands by its receipt alone. */
export interface ReceiptStanding {
  readonly understood: UnderstoodPlan;
  readonly standing: PlanStanding;
  readonly record: PlanRecord | undefined;
  readonly lines: readonly ReceiptLine[];
}

/** Where a plan stands by its receipt: what is read from files and journal of this machine may differ on another. */
export async function receiptStanding(session: Session, { plan, path }: PlanDocument): Promise<ReceiptStanding> {
  const parser = await session.host.shellParser();
  const understood = understandPlan(plan, { hash: session.host.hash, profile: session.profile, parser });
  const receipt = readReceipt(session, path);
  const record = receipt === undefined ? undefined : recordOfReceipt(receipt);
  return { understood, standing: standingOf(understood, record), record, lines: receipt?.lines ?? [] };
}
