import { describe, expect, test } from "vitest";
import { nextUnit, signatures } from "#guide/next";
import { type Verdict, verdictOrder } from "#model/run";
import { outcomeWith, phaseWith, stepWith, taskWith, understoodWith } from "../support/understood-builder.ts";
import { type SaidStanding, standingWith } from "../support/understood-document.ts";

const understood = understoodWith({
  steps: [stepWith("1"), stepWith("2", { outcomes: [outcomeWith("outcome:2.1", false)] }), stepWith("3")],
  phases: [phaseWith("1", [taskWith("TASK-1.1", ["step:1"]), taskWith("TASK-1.2")])],
  items: [outcomeWith("deliverable:1", false), outcomeWith("check:1", true)],
});

const done: Readonly<Record<string, SaidStanding>> = Object.fromEntries(
  ["step:1", "step:2", "step:3", "task:TASK-1.1", "task:TASK-1.2", "outcome:2.1", "deliverable:1", "check:1"].map(
    (key) => [key, "verified" as const],
  ),
);

const next = (said: Readonly<Record<string, SaidStanding>>): string | undefined => {
  const unit = nextUnit(understood, standingWith(understood, { ...done, ...said }));
  if (unit === undefined) return undefined;
  if (unit.kind === "step") return unit.step.key;
  return unit.kind === "task" ? unit.task.key : `${unit.key} and ${unit.more} more`;
};

describe("the one thing to do now", () => {
  test("is nothing when all is done", () => expect(next({})).toBeUndefined());
  test("is nothing in a plan of nothing", () => {
    const nothing = understoodWith();
    expect(nextUnit(nothing, standingWith(nothing))).toBeUndefined();
  });

  test.each<[string, Readonly<Record<string, SaidStanding>>, string]>([
    ["is the first step that is open", { "step:2": "pending", "step:3": "pending" }, "step:2"],
    ["is a step before any task", { "step:3": "pending", "task:TASK-1.1": "failed" }, "step:3"],
    ["is a step before any signature", { "step:3": "failed", "outcome:2.1": "manual" }, "step:3"],
    [
      "goes past what nothing can prove while there is more to do",
      { "step:1": "unverifiable", "step:3": "pending" },
      "step:3",
    ],
    ["is what nothing can prove when that is all", { "step:1": "unverifiable" }, "step:1"],
    ["is a task without proof when every step is done", { "task:TASK-1.2": "pending" }, "task:TASK-1.2"],
    ["is a task before a signature", { "task:TASK-1.2": "handoff", "deliverable:1": "manual" }, "task:TASK-1.2"],
    [
      "is the first signature when only those are left",
      { "outcome:2.1": "manual", "deliverable:1": "manual" },
      "outcome:2.1 and 1 more",
    ],
    ["is a task to judge among the signatures", { "task:TASK-1.2": "manual" }, "task:TASK-1.2 and 0 more"],
    ["is a step to judge, once nothing else is open", { "step:1": "manual" }, "step:1 and 0 more"],
  ])("%s", (_name, said, expected) => expect(next(said)).toBe(expected));

  const settled: readonly Verdict[] = ["verified", "skipped"];
  test.each(
    verdictOrder.map((verdict) => [verdict, !settled.includes(verdict)] as const),
  )("a step that is %s is open: %s", (verdict, open) => expect(next({ "step:2": verdict }) !== undefined).toBe(open));

  test("says why, with the unit's own standing", () => {
    const unit = nextUnit(
      understood,
      standingWith(understood, { ...done, "step:2": { verdict: "failed", reason: "no" } }),
    );
    expect(unit?.standing).toMatchObject({ verdict: "failed", reason: "no" });
  });
});

describe("everything that waits for a signature", () => {
  test("is listed in document order, with titles for people", () => {
    const said = {
      "step:3": "manual",
      "task:TASK-1.2": "manual",
      "outcome:2.1": "manual",
      "deliverable:1": "manual",
    } as const;
    expect(signatures(understood, standingWith(understood, said)).map(({ key, title }) => `${key} ${title}`)).toEqual([
      "step:3 Step 3: Do 3",
      "task:TASK-1.2 TASK-1.2: Task TASK-1.2",
      "outcome:2.1 outcome:2.1 holds",
      "deliverable:1 deliverable:1 holds",
    ]);
  });

  test("is empty when nothing waits", () => expect(signatures(understood, standingWith(understood, done))).toEqual([]));
});
