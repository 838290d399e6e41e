import { createHash, createHmac } from "node:crypto";
import { createShellParser } from "#host/shell-parser";
import type { Hash } from "#model/ports";
import { createSource, type Source } from "#model/source";
import type { Plan } from "#model/plan";
import { type Verdict, worstVerdict } from "#model/run";
import type { PlanStanding, UnderstoodPlan, UnitRecord, UnitStanding } from "#model/understanding";
import { parsePlan } from "#parse/iplan/plan";
import { understandPlan } from "#plan/understand";
import { aidoc16 } from "#profile/aidoc-16";
import { planPath } from "./plan-document.ts";

const parser = await createShellParser();

/** Digests as the host makes them. */
export const hash: Hash = {
  sha256: (bytes) => createHash("sha256").update(bytes).digest("hex"),
  hmacSha256: (key, text) => createHmac("sha256", key).update(text).digest("hex"),
};

/** A document with its plan, read and understood as a command does it. */
export interface UnderstoodDocument {
  readonly source: Source;
  readonly plan: Plan;
  readonly understood: UnderstoodPlan;
}

/** Reads and understands the text of a plan. */
export function understandText(text: string | Uint8Array, path: string = planPath()): UnderstoodDocument {
  const source = createSource(path, typeof text === "string" ? new TextEncoder().encode(text) : text);
  const plan = parsePlan(source, aidoc16);
  return { source, plan, understood: understandPlan(plan, { parser, hash, profile: aidoc16 }) };
}

/** What a test says of a unit: a verdict alone, or with its reason and record. */
export type SaidStanding =
  | Verdict
  | { readonly verdict: Verdict; readonly reason?: string; readonly record?: UnitRecord };

/** A standing in which the named units have the verdicts a test gives; all others are pending. */
export function standingWith(
  understood: UnderstoodPlan,
  said: Readonly<Record<string, SaidStanding>> = {},
): PlanStanding {
  const standing = (key: string): UnitStanding => {
    const one = said[key] ?? "pending";
    return typeof one === "string" ? { verdict: one, reason: `${one} by test` } : { reason: "", ...one };
  };
  const mapOf = (keys: readonly string[]): ReadonlyMap<string, UnitStanding> =>
    new Map(keys.map((key) => [key, standing(key)]));
  const steps = mapOf(understood.steps.map((step) => step.key));
  const tasks = mapOf(understood.phases.flatMap((phase) => phase.tasks.map((task) => task.key)));
  const claims = understood.phases.flatMap(({ tasks }) => tasks.flatMap(({ verify }) => verify));
  const items = mapOf(
    [...understood.steps.flatMap((step) => step.outcomes), ...claims, ...understood.items].map((item) => item.key),
  );
  const phases = mapOf(understood.phases.map((phase) => phase.key));
  const parts = [...steps.values(), ...tasks.values(), ...items.values()];
  const counts: Partial<Record<Verdict, number>> = {};
  for (const { verdict } of parts) counts[verdict] = (counts[verdict] ?? 0) + 1;
  const plan = said["plan"];
  const verdict = typeof plan === "string" ? plan : (worstVerdict(parts.map((part) => part.verdict)) ?? "pending");
  return { verdict, steps, tasks, phases, items, counts };
}

/** A record of a unit as the journal holds it. */
export function recordOf(over: Partial<UnitRecord> = {}): UnitRecord {
  return {
    verdict: "verified",
    reason: "its verification passed",
    subject: "sha256:s",
    at: "2026-01-02T03:04:05.000Z",
    evidence: ["sha256:e1"],
    attempts: 1,
    journal: "RUN:7:hash",
    ...over,
  };
}
