import { describe, expect, test } from "vitest";
import type { Verdict } from "../../src/model/run.ts";
import type { PlanRecord, UnitRecord } from "../../src/model/understanding.ts";
import { orderSteps } from "../../src/plan/schedule.ts";
import { standingOf } from "../../src/plan/standing.ts";
import { outcomeWith, phaseWith, stepWith, taskWith, understoodWith } from "../support/understood-builder.ts";

const unit = (verdict: Verdict, subject: string, over: Partial<UnitRecord> = {}): UnitRecord => ({
  verdict,
  reason: `was ${verdict}`,
  subject,
  at: "2026-01-01T00:00:00.000Z",
  evidence: [],
  attempts: 1,
  ...over,
});

const recordWith = (units: Record<string, UnitRecord>, over: Partial<PlanRecord> = {}): PlanRecord => ({
  source: "journal",
  units: new Map(Object.entries(units)),
  ...over,
});

describe("a step stands", () => {
  const plan = understoodWith({ steps: [stepWith("1")] });
  const verdictOf = (record: PlanRecord | undefined): string => {
    const found = standingOf(plan, record).steps.get("step:1");
    return `${found?.verdict}: ${found?.reason}`;
  };
  test.each<[string, PlanRecord | undefined, string]>([
    ["pending where nothing is recorded", undefined, "pending: not run"],
    ["by its record", recordWith({ "step:1": unit("failed", "s:1") }), "failed: was failed"],
    [
      "stale when its text changed since it was verified",
      recordWith({ "step:1": unit("verified", "old") }),
      "stale: its text changed since it was verified",
    ],
    [
      "pending when its text changed since it failed",
      recordWith({ "step:1": unit("failed", "old") }),
      "pending: its text changed since it was failed",
    ],
    [
      "unknown while it was started and did not end",
      recordWith({}, { open: "step:1" }),
      "unknown: it was started and has no recorded end",
    ],
    [
      "verified when its record moved with its text from another number",
      recordWith({ "step:7": unit("verified", "s:1") }),
      "verified: was verified",
    ],
    [
      "by its signature even when it was left open",
      recordWith(
        { "step:1": unit("verified", "s:1", { signed: { actor: "a", reason: "b", override: true } }) },
        { open: "step:1" },
      ),
      "verified: was verified",
    ],
  ])("%s", (_name, record, expected) => expect(verdictOf(record)).toBe(expected));

  test("pending when it was put in the place of one that moved", () => {
    const edited = understoodWith({ steps: [stepWith("1"), stepWith("2", { subject: "old" })] });
    const found = standingOf(edited, recordWith({ "step:1": unit("verified", "old") })).steps;
    expect([found.get("step:1")?.reason, found.get("step:2")?.reason]).toEqual(["not run", "was verified"]);
  });

  test("as handoff when there is nothing to run", () => {
    const handed = understoodWith({ steps: [stepWith("1", { handoff: "write the module" })] });
    expect(standingOf(handed, undefined).steps.get("step:1")).toMatchObject({
      verdict: "handoff",
      reason: "write the module",
    });
  });

  test("stale when a declared file changed since, and not when it is as it was", () => {
    const record = recordWith({ "step:1": unit("verified", "s:1", { files: { "a.js": "sha256:1" } }) });
    expect(standingOf(plan, record, () => "sha256:1").steps.get("step:1")?.verdict).toBe("verified");
    expect(standingOf(plan, record, () => "sha256:2").steps.get("step:1")).toMatchObject({
      verdict: "stale",
      reason: "a.js changed since it was verified",
    });
    expect(standingOf(plan, record, () => undefined).steps.get("step:1")?.verdict).toBe("stale");
    expect(standingOf(plan, record).steps.get("step:1")?.verdict).toBe("verified");
  });
});

describe("a task stands", () => {
  const verified = { "step:1": unit("verified", "s:1") };
  const taskVerdict = (task: ReturnType<typeof taskWith>, record: PlanRecord | undefined): string | undefined =>
    standingOf(
      understoodWith({ steps: [stepWith("1"), stepWith("2")], phases: [phaseWith("1", [task], ["step:1"])] }),
      record,
    ).tasks.get(task.key)?.verdict;

  test("manual without a tie of its own, though its phase is proved", () =>
    expect(taskVerdict(taskWith("TASK-1.1"), recordWith(verified))).toBe("manual"));
  test("verified when its step is", () =>
    expect(taskVerdict(taskWith("TASK-1.1", ["step:1"]), recordWith(verified))).toBe("verified"));
  test("by the worst of its steps", () =>
    expect(taskVerdict(taskWith("TASK-1.1", ["step:1", "step:2"]), recordWith(verified))).toBe("pending"));
  test("by its signature", () => {
    const signed = unit("verified", "t:TASK-1.1", { signed: { actor: "a", reason: "b", override: false } });
    expect(taskVerdict(taskWith("TASK-1.1"), recordWith({ "task:TASK-1.1": signed }))).toBe("verified");
  });
  test("manual again when it was edited after the signature", () => {
    const signed = unit("verified", "old", { signed: { actor: "a", reason: "b", override: false } });
    expect(taskVerdict(taskWith("TASK-1.1"), recordWith({ "task:TASK-1.1": signed }))).toBe("manual");
  });
  test("by a claim of its own, once it was looked at", () => {
    const task = taskWith("TASK-1.1", [], { verify: [outcomeWith("verify:1", true)] });
    expect(taskVerdict(task, recordWith({ "verify:1": unit("verified", "d:verify:1") }))).toBe("verified");
    expect(taskVerdict(task, undefined)).toBe("pending");
  });
  test("failed by a claim of its own though its step is verified", () => {
    const task = taskWith("TASK-1.1", ["step:1"], { verify: [outcomeWith("verify:1", true)] });
    expect(taskVerdict(task, recordWith({ ...verified, "verify:1": unit("failed", "d:verify:1") }))).toBe("failed");
  });
});

describe("a whole stands by its worst part", () => {
  const phased = (record: PlanRecord | undefined) =>
    standingOf(
      understoodWith({
        steps: [stepWith("1", { outcomes: [outcomeWith("outcome:1.1", false)] }), stepWith("2")],
        phases: [
          phaseWith("1", [taskWith("TASK-1.1")], ["step:1"]),
          phaseWith("2", [taskWith("TASK-2.1", ["step:2"])], ["step:2"]),
          phaseWith("3", []),
        ],
        items: [outcomeWith("check:1", true)],
      }),
      record,
    );
  const both = { "step:1": unit("verified", "s:1"), "step:2": unit("verified", "s:2") };

  test("a tie to a phase alone proves the phase", () =>
    expect(phased(recordWith(both)).phases.get("phase:1")?.verdict).toBe("verified"));
  test("an empty phase is manual", () =>
    expect(phased(recordWith(both)).phases.get("phase:3")?.verdict).toBe("manual"));
  test("judgement lowers the plan only once no step is pending", () => {
    expect(phased(recordWith({ "step:1": unit("verified", "s:1") })).verdict).toBe("pending");
    expect(phased(recordWith({ ...both, "check:1": unit("verified", "d:check:1") })).verdict).toBe("manual");
  });
  test("a failed claim fails the plan", () =>
    expect(phased(recordWith({ ...both, "check:1": unit("failed", "d:check:1") })).verdict).toBe("failed"));
  test("counts name every part", () =>
    expect(phased(recordWith(both)).counts).toEqual({ verified: 3, manual: 2, pending: 1 }));
  test("a plan of nothing is pending", () => expect(standingOf(understoodWith(), undefined).verdict).toBe("pending"));
});

describe("steps run", () => {
  const order = (...steps: ReturnType<typeof stepWith>[]) => orderSteps(steps).ordered.map((step) => step.number);
  test("in document order", () => expect(order(stepWith("2"), stepWith("1"))).toEqual(["2", "1"]));
  test("behind what they need, by number, key or task", () => {
    expect(order(stepWith("1", { needs: ["2"] }), stepWith("2"))).toEqual(["2", "1"]);
    expect(order(stepWith("1", { needs: ["step:2"] }), stepWith("2"))).toEqual(["2", "1"]);
    expect(
      order(
        stepWith("1", { needs: ["TASK-9"] }),
        stepWith("2", { ties: [{ task: "TASK-9", phase: "1", by: "mention" }] }),
      ),
    ).toEqual(["2", "1"]);
  });
  test("in order when they need each other, which is a problem", () => {
    const found = orderSteps([stepWith("1", { needs: ["2"] }), stepWith("2", { needs: ["1"] })]);
    expect(found.ordered.map((step) => step.number).sort()).toEqual(["1", "2"]);
    expect(found.problems[0]?.message).toContain("need each other");
  });
  test("a need that names nothing is a problem", () => {
    expect(orderSteps([stepWith("1", { needs: ["9"] })]).problems[0]?.message).toBe(
      "needs=9 names no step or task of this plan",
    );
  });
  test("a chain of thousands", () => {
    const chain = Array.from({ length: 5000 }, (_, index) =>
      stepWith(String(index), { needs: index < 4999 ? [String(index + 1)] : [] }),
    );
    expect(orderSteps(chain).ordered[0]?.number).toBe("4999");
  });
});
