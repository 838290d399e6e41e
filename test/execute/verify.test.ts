import { describe, expect, it } from "vitest";
import { readPlanMemory } from "#journal/plan-record";
import { dryRun } from "#execute/dry-run";
import { verifyPlan } from "#execute/verify";
import type { UnderstoodPlan } from "#model/understanding";
import { createRunWorld, root, type RunWorld } from "../support/run-world.ts";
import { action, outcome, planOf, verification } from "../support/understood.ts";

const three = planOf(
  ["one", "two", "three"].map((word) => ({ blocks: [action(`do ${word}`), verification("check log")] })),
);
const verdicts = (result: { steps: readonly { verdict: string }[] }): readonly string[] =>
  result.steps.map((step) => step.verdict);

describe("verify", () => {
  const approve = (world: RunWorld, plan: UnderstoodPlan): void =>
    world.host.trust("/ws").approve(
      plan.id,
      plan.approvalHash,
      plan.commands.map((command) => command.sha256),
    );

  it("runs verifications only and records what they prove", async () => {
    const world = createRunWorld({ files: { "/ws/log": "x\n" } });
    approve(world, three);
    const result = await verifyPlan(three, undefined, world.context);
    expect(verdicts(result)).toEqual(["verified", "verified", "verified"]);
    expect(world.host.shell.requests.every((request) => request.statements !== undefined)).toBe(true);
    expect((await world.run(three)).exitCode).toBe(0);
    expect(world.done()).toEqual(["x"]);
  });

  it("takes a verdict away that no longer holds", async () => {
    const world = createRunWorld();
    await world.run(three);
    world.host.files.remove("/ws/log");
    approve(world, three);
    const result = await verifyPlan(three, "2", world.context);
    expect(result).toMatchObject({ exitCode: 1, steps: [{ number: "2", verdict: "failed" }] });
  });

  it("judges outcomes by what a verification prints now, not by what it printed before", async () => {
    const says = outcome("l", [{ kind: "output", text: "ready", form: "literal", expect: "present", command: "show" }]);
    const plan = planOf([
      { blocks: [action("write state ready"), verification("show\ncheck proof")], outcomes: [says] },
    ]);
    const world = createRunWorld({
      files: { "/ws/proof": "" },
      script: ({ text, statements }, host) =>
        text.startsWith("show")
          ? {
              exit: { status: 0 },
              output: `${host.files.text("/ws/state")}\n`,
              statuses: (statements ?? []).map((_, index) => (index === 1 && !host.files.stat("/ws/proof") ? 1 : 0)),
            }
          : undefined,
    });
    const said = (result: Parameters<typeof verdicts>[0]): readonly unknown[] => [
      ...verdicts(result),
      readPlanMemory(world.host, root, plan.id, world.host.trust(root).key({ create: false })).units.get(says.key)
        ?.verdict,
    ];
    const first = await world.run(plan);
    expect(said(first)).toEqual(["verified", "verified"]);
    approve(world, plan);
    world.host.files.put("/ws/state", "broken");
    const second = await verifyPlan(plan, undefined, world.context);
    expect(said(second)).toEqual(["failed", "failed"]);
    world.host.files.put("/ws/state", "ready");
    const third = await verifyPlan(plan, undefined, world.context);
    expect(said(third)).toEqual(["verified", "verified"]);
    world.host.files.put("/ws/state", "broken");
    world.host.files.remove("/ws/proof");
    const fourth = await verifyPlan(plan, undefined, world.context);
    expect(said(fourth)).toEqual(["failed", "failed"]);
  });

  it("asks one task: its steps and its own verification", async () => {
    const plan = planOf([{ blocks: [action("do x"), verification("check log")], task: "TASK-1" }], {
      tasks: [
        {
          id: "TASK-1",
          blocks: [verification("check log\ncheck log")],
          verify: [outcome("l", [{ kind: "path", path: "log", expect: "exists" }])],
        },
      ],
    });
    const world = createRunWorld({ files: { "/ws/log": "x\n" } });
    approve(world, plan);
    const result = await verifyPlan(plan, "task-1", world.context);
    expect(result.items).toContainEqual(expect.objectContaining({ unit: "task:TASK-1", verdict: "verified" }));
    expect(world.done()).toEqual(["x"]);
  });

  it("starts from the state the step's action left", async () => {
    const world = createRunWorld();
    await world.run(three);
    approve(world, three);
    await verifyPlan(three, "1", world.context);
    expect(world.host.files.text(world.host.shell.requests.at(-1)?.state ?? "")).toBe("do one\n");
  });

  it("checks nothing where nothing can be asked, and says so", async () => {
    const plan = planOf([{ blocks: [action("do x")] }]);
    await expect(verifyPlan(plan, undefined, createRunWorld().context)).rejects.toMatchObject({
      code: "usage/nothing-to-check",
    });
  });

  it("leaves alone the verdict of a step it cannot ask", async () => {
    const plan = planOf([
      { blocks: [action("test", { recognised: ["test"] })] },
      { blocks: [verification("check x")] },
    ]);
    const world = createRunWorld();
    await world.run(plan);
    approve(world, plan);
    expect(verdicts(await verifyPlan(plan, undefined, world.context))).toEqual(["verified", "failed"]);
  });

  it("wants approval like everything that executes", async () => {
    await expect(verifyPlan(three, undefined, createRunWorld().context)).rejects.toMatchObject({
      code: "run/not-approved",
    });
  });
});

describe("a dry run", () => {
  it("tells order, commands and what would be skipped, and runs nothing", async () => {
    const world = createRunWorld();
    await world.run(three, { until: "1" });
    const before = world.host.shell.requests.length;
    const files = world.host.files.operations;
    const plan = await dryRun(three, world.context);
    expect(plan.steps.map((step) => step.would)).toEqual(["skip", "run", "run"]);
    expect(plan.steps[1]?.commands.map((command) => command.text)).toEqual(["do two", "check log"]);
    expect(plan.unapproved.length).toBe(6);
    expect([world.host.shell.requests.length, world.host.files.operations]).toEqual([before, files]);
  });

  it("names what stands in the way", async () => {
    const plan = planOf([{ blocks: [action("cd [x]", { placeholders: ["[x]"] })] }, { handoff: "think" }]);
    const dry = await dryRun(plan, createRunWorld().context);
    expect(dry.obstacles).toMatchObject([{ code: "run/placeholders" }]);
    expect(dry.steps.map((step) => step.would)).toEqual(["run", "handoff"]);
  });
});
