import { describe, expect, it } from "vitest";
import { dryRun } from "#execute/dry-run";
import { type ExpectedTime, expectedTime, expectedWhole } from "#execute/expected-time";
import type { UnderstoodPlan } from "#model/understanding";
import { createRunWorld } from "../support/run-world.ts";
import { action, planOf, verification } from "../support/understood.ts";
import { phaseWith, stepWith, taskWith, understoodWith } from "../support/understood-builder.ts";

const steps = [stepWith("1"), stepWith("2")];
const hours = (minHours: number, maxHours = minHours) => ({ hours: { minHours, maxHours } });
const planWithTasks = (...tasks: readonly ReturnType<typeof taskWith>[]): UnderstoodPlan =>
  understoodWith({ steps, phases: [phaseWith("1", tasks)] });
const last = { source: "last-time", durationMs: 3200, at: "2026-01-01T00:00:00.000Z" } as const;
const took = (subject: string) => new Map([["step:1", { subject, durationMs: last.durationMs, at: last.at }]]);

describe("the expected time of a step", () => {
  const estimated = planWithTasks(taskWith("TASK-1.1", ["step:1"], {}, hours(2)));
  const fromPlan = { source: "plan", minHours: 2, maxHours: 2, tasks: ["TASK-1.1"] } as const;

  it.each<[string, UnderstoodPlan, string | undefined, ExpectedTime | undefined]>([
    ["is what it took last time", estimated, "s:1", last],
    ["is the plan's estimate where its text was another then", estimated, "s:old", fromPlan],
    ["is the plan's estimate where it never succeeded", estimated, undefined, fromPlan],
    [
      "adds up its tasks",
      planWithTasks(
        taskWith("TASK-1.1", ["step:1"], {}, hours(1, 2)),
        taskWith("TASK-1.2", ["step:1"], {}, hours(0.5)),
      ),
      undefined,
      { source: "plan", minHours: 1.5, maxHours: 2.5, tasks: ["TASK-1.1", "TASK-1.2"] },
    ],
    [
      "is unknown where one of its tasks has no estimate",
      planWithTasks(taskWith("TASK-1.1", ["step:1"], {}, hours(1)), taskWith("TASK-1.2", ["step:1"])),
      undefined,
      undefined,
    ],
    [
      "is unknown where it shares its task",
      planWithTasks(taskWith("TASK-1.1", ["step:1", "step:2"], {}, hours(1))),
      undefined,
      undefined,
    ],
    [
      "is unknown where it has no task",
      planWithTasks(taskWith("TASK-1.1", ["step:2"], {}, hours(1))),
      undefined,
      undefined,
    ],
  ])("%s", (_name, plan, subject, expected) =>
    expect(expectedTime(plan, steps[0]!, subject === undefined ? new Map() : took(subject))).toEqual(expected));

  it("of a whole keeps what was measured and what was written apart", () => {
    expect(expectedWhole([last, fromPlan, undefined, { ...last, durationMs: 800 }, fromPlan])).toEqual({
      lastTime: { steps: 2, durationMs: 4000 },
      plan: { steps: 2, minHours: 4, maxHours: 4 },
      unknown: 1,
    });
    expect(expectedWhole([])).toEqual({ unknown: 0 });
  });
});

describe("what is remembered of the time a step took", () => {
  const sketch = [{ blocks: [action("do one"), verification("check log")] }];
  const plan = planOf(sketch);
  const sources = async (world: ReturnType<typeof createRunWorld>, asked: UnderstoodPlan, options = {}) =>
    (await dryRun(asked, world.context, options)).steps.map((step) => [step.would, step.expected?.source]);

  it("is nothing before the first run, and of no use for what is done", async () => {
    const world = createRunWorld();
    expect(await sources(world, plan)).toEqual([["run", undefined]]);
    await world.run(plan);
    expect(await sources(world, plan)).toEqual([["skip", undefined]]);
  });

  it("outlives starting over", async () => {
    const world = createRunWorld();
    await world.run(plan);
    expect(await sources(world, plan, { over: true })).toEqual([["run", "last-time"]]);
  });

  it("is of the last success, though a later attempt failed", async () => {
    let broken = false;
    const world = createRunWorld({
      script: () => (broken ? { exit: { status: 1 }, output: "", state: "" } : undefined),
    });
    await world.run(plan);
    const before = (await dryRun(plan, world.context, { redo: "1" })).steps[0]?.expected;
    broken = true;
    expect((await world.run(plan, { redo: "1" })).verdict).toBe("failed");
    const after = (await dryRun(plan, world.context)).steps[0];
    expect(before?.source).toBe("last-time");
    expect(after).toMatchObject({ would: "run", expected: before });
  });

  it("is nothing where the step only failed", async () => {
    const world = createRunWorld();
    const failing = planOf([{ blocks: [action("exit 1"), verification("check log")] }]);
    await world.run(failing);
    expect(await sources(world, failing)).toEqual([["run", undefined]]);
  });
});
