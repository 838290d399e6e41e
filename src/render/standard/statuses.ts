import type { PlanStatus } from "#model/plan";
import type { Verdict } from "#model/run";

/** A verdict in the words of the standard's families: a step of a document, a task of a record, the result of an attempt. */
export interface StandardStatus {
  readonly step: "Not Started" | "Queued" | "Blocked" | "Completed" | "Failed" | "Cancelled";
  readonly task: "Queued" | "Blocked" | "Completed" | "Failed" | "Cancelled";
  readonly attempt: "pending" | "succeeded" | "failed" | "cancelled" | "blocked";
}

const blocked: StandardStatus = { step: "Blocked", task: "Blocked", attempt: "blocked" };
const failed: StandardStatus = { step: "Failed", task: "Failed", attempt: "failed" };

/** Only what was verified is completed; what ran and proved nothing waits for somebody. */
export const statusOf: Readonly<Record<Verdict, StandardStatus>> = {
  failed,
  suspect: failed,
  unknown: blocked,
  unverifiable: blocked,
  handoff: blocked,
  manual: blocked,
  stale: { step: "Queued", task: "Queued", attempt: "pending" },
  pending: { step: "Not Started", task: "Queued", attempt: "pending" },
  skipped: { step: "Cancelled", task: "Cancelled", attempt: "cancelled" },
  verified: { step: "Completed", task: "Completed", attempt: "succeeded" },
};

/** A run as a whole, by the verdict of its plan. */
export const runStatusOf: Readonly<Record<Verdict, "Queued" | "Running" | "Blocked" | "Completed" | "Failed">> = {
  failed: "Failed",
  suspect: "Failed",
  unknown: "Blocked",
  unverifiable: "Blocked",
  handoff: "Blocked",
  manual: "Blocked",
  stale: "Running",
  pending: "Running",
  skipped: "Blocked",
  verified: "Completed",
};

/** Evidence as a whole, by the verdict of its plan. */
export const evidenceStatusOf: Readonly<Record<Verdict, "pending" | "passed" | "failed" | "partial">> = {
  failed: "failed",
  suspect: "failed",
  unknown: "partial",
  unverifiable: "partial",
  handoff: "partial",
  manual: "partial",
  stale: "partial",
  pending: "pending",
  skipped: "partial",
  verified: "passed",
};

/** The status word of a document; a plan that is under way was approved, or nothing of it would have run. */
export const authoringStatusOf: Readonly<Record<PlanStatus, "Draft" | "Review" | "Approved" | "Abandoned">> = {
  draft: "Draft",
  ready: "Review",
  "in-progress": "Approved",
  blocked: "Approved",
  completed: "Approved",
  "on-hold": "Approved",
  aborted: "Abandoned",
};
