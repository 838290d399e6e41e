import { describe, expect, test } from "vitest";
import { receiptLines } from "#author/receipt-lines";
import type { Actor, ReceiptLine } from "#model/run";
import type { PlanRecord, UnitRecord } from "#model/understanding";
import { outcomeWith, phaseWith, stepWith, taskWith, understoodWith } from "../support/understood-builder.ts";
import { recordOf, type SaidStanding, standingWith } from "../support/understood-document.ts";

const actor: Actor = { kind: "unattended", name: "ci@runner" };
const facts = { actor, commit: "c0ffee" };

const understood = understoodWith({
  steps: [stepWith("1", { outcomes: [outcomeWith("outcome:1.1", true)] }), stepWith("2")],
  phases: [phaseWith("1", [taskWith("TASK-1.1", ["step:1"]), taskWith("TASK-1.2")], ["step:1", "step:2"])],
  items: [outcomeWith("deliverable:1", false, { kind: "deliverable" })],
});

function recordWith(units: Readonly<Record<string, Partial<UnitRecord>>>): PlanRecord {
  return {
    source: "journal",
    units: new Map(Object.entries(units).map(([key, over]) => [key, recordOf(over)])),
  };
}

function lines(
  units: Readonly<Record<string, Partial<UnitRecord>>>,
  said: Readonly<Record<string, SaidStanding>>,
  before: readonly ReceiptLine[] = [],
  more = facts,
): readonly ReceiptLine[] {
  return receiptLines(understood, standingWith(understood, said), recordWith(units), before, more);
}

const find = (all: readonly ReceiptLine[], unit: string, kind?: string): ReceiptLine | undefined =>
  all.find((line) => line.unit === unit && (kind === undefined || line.kind === kind));

const first = { "step:1": { subject: "s:1", evidence: ["sha256:b", "sha256:a"], directory: "src", exported: ["A"] } };
const firstSaid = { plan: "pending", "step:1": "verified", "task:TASK-1.1": "verified", "phase:1": "pending" } as const;

describe("the lines of a receipt", () => {
  test("repeat what is recorded of a step, with where its verification starts and who ran it", () => {
    expect(find(lines(first, firstSaid), "step:1")).toEqual({
      v: 1,
      kind: "step",
      unit: "step:1",
      title: "Do 1",
      subject: "s:1",
      verdict: "verified",
      reason: "its verification passed",
      evidence: ["sha256:b", "sha256:a"],
      commit: "c0ffee",
      actor,
      at: "2026-01-02T03:04:05.000Z",
      journal: "RUN:7:hash",
      directory: "src",
      exported: ["A"],
    });
  });

  test("say of a task what was computed, with the evidence of its steps in order", () => {
    expect(find(lines(first, firstSaid), "task:TASK-1.1")).toMatchObject({
      kind: "task",
      subject: "t:TASK-1.1",
      verdict: "verified",
      evidence: ["sha256:a", "sha256:b"],
      journal: "RUN:7:hash",
    });
  });

  test("say what was found of a task's own claims, so that every reader sees the plan as its machine does", () => {
    const claim = outcomeWith("verify:TASK-1.1.1", true, { kind: "task-verify" });
    const claimed = understoodWith({
      steps: [stepWith("1")],
      phases: [phaseWith("1", [taskWith("TASK-1.1", ["step:1"], { verify: [claim] })], ["step:1"])],
    });
    const standing = standingWith(claimed, { ...firstSaid, [claim.key]: "verified" });
    const record = recordWith({ ...first, [claim.key]: {} });
    expect(find(receiptLines(claimed, standing, record, [], facts), claim.key)).toMatchObject({
      kind: "item",
      subject: claim.digest,
      verdict: "verified",
    });
  });

  test("say nothing of what was never touched, or is pending", () => {
    const all = lines({ ...first, "step:2": { verdict: "pending" } }, firstSaid);
    expect(all.map((line) => line.unit)).toEqual(["task:TASK-1.1", "step:1"]);
    expect(lines({}, {})).toEqual([]);
  });

  test("carry a step's own subject, so that every reader sees when its text changed", () => {
    const all = lines({ "step:1": { subject: "s:old" } }, { "step:1": "stale", plan: "stale" });
    expect(find(all, "step:1")).toMatchObject({ subject: "s:old", verdict: "verified" });
    expect(find(all, "plan")).toMatchObject({ subject: "sha256:p", verdict: "stale" });
  });

  test("name the commit only where there is one", () => {
    expect(find(lines(first, firstSaid, [], { actor } as typeof facts), "step:1")).not.toHaveProperty("commit");
  });

  test("speak of phase and plan by their parts, never by what an older receipt said of them", () => {
    const units = { ...first, "phase:1": { at: "2030-01-01T00:00:00.000Z", evidence: ["sha256:old"] } };
    const phase = find(lines(units, { ...firstSaid, "phase:1": "failed" }), "phase:1");
    expect(phase).toMatchObject({ verdict: "failed", at: "2026-01-02T03:04:05.000Z" });
  });

  test("speak of outcomes and items by their own records", () => {
    const units = { ...first, "outcome:1.1": { reason: "a exists" } };
    const all = lines(units, { ...firstSaid, "outcome:1.1": { verdict: "verified", reason: "a exists" } });
    expect(find(all, "outcome:1.1")).toMatchObject({ kind: "item", subject: "d:outcome:1.1", reason: "a exists" });
    expect(find(all, "deliverable:1")).toBeUndefined();
  });
});

describe("a receipt that is written again", () => {
  const before = lines(first, firstSaid);
  const later = { actor: { kind: "person", name: "ada@desk" }, commit: "beef" } as const;

  test("keeps a line that still says the same, with its actor, time and commit", () => {
    expect(lines(first, firstSaid, before, later as never)).toEqual(before);
  });

  test("replaces a line whose verdict, evidence or subject changed", () => {
    const changed = { "step:1": { ...first["step:1"], verdict: "failed" as const, reason: "it failed" } };
    const after = lines(
      changed,
      { ...firstSaid, "step:1": "failed", "task:TASK-1.1": "failed" },
      before,
      later as never,
    );
    expect(find(after, "step:1")).toMatchObject({ verdict: "failed", commit: "beef", actor: { name: "ada@desk" } });
  });

  test("leaves out units the plan no longer has, but never a signature", () => {
    const gone: ReceiptLine = { ...(before[0] as ReceiptLine), kind: "step", unit: "step:9" };
    const signature: ReceiptLine = { ...gone, kind: "signature", unit: "step:9", reason: "seen" };
    const after = lines(first, firstSaid, [...before, gone, signature]);
    expect(after.filter((line) => line.unit === "step:9")).toEqual([signature]);
  });
});

describe("a signature", () => {
  const signed = { actor: "ada@desk", reason: "read it", override: false };

  test("gets a line of its own, by the person who signed, beside the unit's", () => {
    const units = { "deliverable:1": { subject: "d:deliverable:1", signed } };
    const said = { "deliverable:1": { verdict: "verified", record: recordOf({ signed }) } } as const;
    const all = lines(units, said);
    expect(find(all, "deliverable:1", "signature")).toMatchObject({
      actor: { kind: "person", name: "ada@desk" },
      reason: "read it",
      verdict: "verified",
      subject: "d:deliverable:1",
    });
    expect(find(all, "deliverable:1", "signature")).not.toHaveProperty("override");
    expect(find(all, "deliverable:1", "item")).toMatchObject({ verdict: "verified" });
  });

  test("that overrules a check says so", () => {
    const all = lines({ "step:1": { signed: { ...signed, override: true } } }, { "step:1": "verified" });
    expect(find(all, "step:1", "signature")).toMatchObject({ override: true });
  });

  test("is written once", () => {
    const units = { "deliverable:1": { subject: "d:deliverable:1", signed } };
    const once = lines(units, { "deliverable:1": "verified" });
    expect(lines(units, { "deliverable:1": "verified" }, once)).toHaveLength(once.length);
  });
});
