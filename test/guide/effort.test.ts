import { describe, expect, test } from "vitest";
import { calibration, planEffort } from "#guide/effort";
import { activeTimes, type WorkedEvent } from "#journal/active-time";
import { emptyRun, type RunState } from "#journal/run-state";
import { planDocument } from "../support/plan-document.ts";
import { standingWith, understandText } from "../support/understood-document.ts";

const minute = 60_000;
const at = (minutes: number): string => new Date(Date.UTC(2026, 0, 1) + minutes * minute).toISOString();
const block = (from: number, minutes: number) =>
  ({ block: "b", role: "action", startedAt: at(from), durationMs: minutes * minute }) as const;
const runOf = (...ended: readonly ReturnType<typeof block>[]): RunState => ({
  ...emptyRun,
  progress: new Map([["step:1", { attempt: 1, ended, states: [], asked: [block(500, 60)], active: false }]]),
});
const worked = (unit: string, from: number, to: number): WorkedEvent => ({
  v: 1,
  run: "",
  seq: 1,
  at: at(to),
  prev: "",
  hash: "",
  type: "worked",
  unit,
  from: at(from),
  to: at(to),
  actor: { kind: "person", name: "ann" },
});

describe("the time in which a unit was worked on", () => {
  test.each<[string, readonly RunState[], readonly WorkedEvent[], number]>([
    ["is that of its blocks, not what lies between them", [runOf(block(0, 2), block(60, 3))], [], 5],
    ["is that of all its runs", [runOf(block(0, 2)), runOf(block(60, 3))], [], 5],
    ["counts once what is covered twice", [runOf(block(10, 5))], [worked("step:1", 0, 30)], 30],
    ["goes on where a block outlasts who had taken it", [runOf(block(10, 30))], [worked("step:1", 0, 20)], 40],
    ["is nothing where the clock ran backwards", [], [worked("step:1", 20, 10)], 0],
  ])("%s", (_what, runs, events, minutes) => {
    expect((activeTimes(runs, events).get("step:1") ?? 0) / minute).toBe(minutes);
  });

  test("holds attempts that failed", () => {
    const progress = { ...runOf(block(10, 1)).progress.get("step:1") };
    const run = {
      ...emptyRun,
      progress: new Map([["step:1", { ...progress, earlier: [{ attempt: 1, ended: [block(0, 4)] }] }]]),
    };
    expect(activeTimes([run as unknown as RunState], []).get("step:1")).toBe(5 * minute);
  });
});

const { understood } = understandText(
  planDocument([
    { title: "One", run: "one" },
    { title: "Two", run: "two" },
  ]),
);
const all = {
  "step:1": "verified",
  "step:2": "verified",
  "task:TASK-1.1": "verified",
  "task:TASK-1.2": "verified",
} as const;
const done = standingWith(understood, { ...all, "phase:1": "verified", plan: "verified" });
const hours = (active: Readonly<Record<string, number>>) =>
  new Map(Object.entries(active).map(([key, each]) => [key, each * 60 * minute]));

describe("estimate and time", () => {
  test("of plan, phase and tasks come from the steps that serve them", () => {
    const effort = planEffort(understood, done, hours({ "step:1": 0.5, "step:2": 2 }));
    expect(effort).toMatchObject({ activeMs: 150 * minute, complexity: 1, deviation: 0.25 });
    expect(effort.phases[0]).toMatchObject({ key: "phase:1", activeMs: 150 * minute });
    expect(effort.phases[0]?.tasks.map(({ deviation }) => deviation)).toEqual([-0.5, 1]);
  });

  test("hold the time of whoever took a task, as far as none of its steps ran in it", () => {
    const effort = planEffort(understood, done, hours({ "step:1": 0.5, "task:TASK-1.1": 2 }));
    expect(effort.phases[0]?.tasks[0]?.activeMs).toBe(120 * minute);
    expect(effort.activeMs).toBe(120 * minute);
  });

  test("are not compared while a part is not verified, nor where nothing was worked", () => {
    const open = planEffort(understood, standingWith(understood), hours({ "step:1": 1 }));
    expect([open, ...open.phases, ...(open.phases[0]?.tasks ?? [])].map(({ deviation }) => deviation)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(planEffort(understood, done, new Map()).deviation).toBeUndefined();
  });

  test("of a step without a task are those of the plan alone", () => {
    const loose = understandText(
      "# IPLAN-001: A\n\n## Execution Steps\n\n**Step 1: Do**\n\n```bash\ntrue\n```\n",
    ).understood;
    const effort = planEffort(loose, standingWith(loose), hours({ "step:1": 1 }));
    expect(effort).toEqual({ key: "IPLAN-001", name: "A", verdict: "pending", activeMs: 60 * minute, phases: [] });
  });
});

describe("how estimates turned out", () => {
  const plan = (complexity: number | undefined, active: number) => {
    const effort = planEffort(understood, done, hours({ "step:1": active }));
    const { complexity: _one, ...rest } = effort;
    return complexity === undefined ? rest : { ...rest, complexity };
  };

  test("is told by complexity, with how many plans it rests on", () => {
    expect(calibration([plan(3, 4), plan(1, 1), plan(3, 2), plan(undefined, 2)])).toEqual([
      { plans: 1, estimatedHours: 2, activeHours: 2, ratio: 1 },
      { complexity: 1, plans: 1, estimatedHours: 2, activeHours: 1, ratio: 0.5 },
      { complexity: 3, plans: 2, estimatedHours: 4, activeHours: 6, ratio: 1.5 },
    ]);
  });

  test("is not told by plans that are not verified", () =>
    expect(calibration([planEffort(understood, standingWith(understood), hours({ "step:1": 1 }))])).toEqual([]));
});
