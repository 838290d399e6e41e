import { describe, expect, it } from "vitest";
import { action, outcome, planOf, verification } from "../support/understood.ts";
import { createRunWorld } from "../support/run-world.ts";

const twoSteps = planOf([
  { blocks: [action("do one\nwrite a 1"), verification("check a")] },
  { blocks: [action("do two\nwrite b 2"), verification("check b")] },
]);

describe("a run", () => {
  it("runs steps in order and verifies each", async () => {
    const world = createRunWorld();
    const result = await world.run(twoSteps);
    expect(result.steps.map((step) => step.verdict)).toEqual(["verified", "verified"]);
    expect(result.exitCode).toBe(0);
    expect(world.done()).toEqual(["one", "two"]);
  });

  it("gives a block its first command only when the disk holds its intent", async () => {
    const events: string[] = [];
    const world = createRunWorld({
      script: async ({ text }) => {
        events.push(`run ${text}`);
        return { exit: { status: 0 }, output: "" };
      },
    });
    const { files } = world.host;
    const open = files.openAppend.bind(files);
    files.openAppend = (path, mode) => {
      const file = open(path, mode);
      const synced = async (): Promise<void> => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        await file.synced();
        events.push("synced");
      };
      return { ...file, synced };
    };
    await world.run(planOf([{ blocks: [action("one")] }, { blocks: [action("two")] }]));
    expect(events).toEqual(["synced", "run one", "synced", "run two"]);
  });

  it("runs nothing when it is finished and ends with 0", async () => {
    const world = createRunWorld();
    await world.run(twoSteps);
    const before = world.host.shell.requests.length;
    const result = await world.run(twoSteps);
    expect(world.host.shell.requests.length).toBe(before);
    expect(result.exitCode).toBe(0);
    expect(result.verdict).toBe("verified");
  });

  it("stops at a step whose verification fails, naming the failing line", async () => {
    const world = createRunWorld();
    const plan = planOf([
      { blocks: [action("do one"), verification("check a\ncheck missing")] },
      { blocks: [action("do two"), verification("check b")] },
    ]);
    const result = await world.run(plan);
    expect(result.exitCode).toBe(1);
    expect(result.steps.map((step) => step.verdict)).toEqual(["failed", "pending"]);
    expect(result.steps[0]?.reason).toContain("check missing: exited with status 1");
    expect(world.done()).toEqual(["one"]);
  });

  it("continues with the failed step and never repeats a verified one", async () => {
    const world = createRunWorld();
    const plan = planOf([
      { blocks: [action("do one\nwrite a 1"), verification("check a")] },
      { blocks: [action("do two"), verification("check b")] },
    ]);
    expect((await world.run(plan)).exitCode).toBe(1);
    world.host.files.put("/ws/b", "by hand");
    const result = await world.run(plan);
    expect(result.exitCode).toBe(0);
    expect(world.done()).toEqual(["one", "two", "two"]);
  });

  it("goes past an unverifiable step and exits with 1", async () => {
    const world = createRunWorld();
    const plan = planOf([
      { blocks: [action("do one"), verification("print ok", { vacuity: "vacuous" })] },
      { blocks: [action("do two")] },
    ]);
    const result = await world.run(plan);
    expect(result.steps.map((step) => step.verdict)).toEqual(["unverifiable", "unverifiable"]);
    expect(world.done()).toEqual(["one", "two"]);
    expect(result.exitCode).toBe(1);
  });

  it("starts each action from the state the one before left", async () => {
    const world = createRunWorld();
    await world.run(
      planOf([{ blocks: [action("do one")] }, { blocks: [action("do two"), verification("check log")] }]),
    );
    const [first, second, third] = world.host.shell.requests;
    expect(first?.state).toBeUndefined();
    expect(world.host.files.text(second?.state ?? "")).toBe("do one\n");
    expect(world.host.files.text(third?.state ?? "")).toBe("do one\ndo two\n");
  });

  it("lists prose outcomes as manual and exits with 4", async () => {
    const world = createRunWorld();
    const plan = planOf([
      { blocks: [action("do one"), verification("check log")], outcomes: [outcome("It looks good")] },
    ]);
    const result = await world.run(plan);
    expect(result.steps[0]?.verdict).toBe("verified");
    expect(result.items).toMatchObject([{ text: "It looks good", verdict: "manual" }]);
    expect(result.exitCode).toBe(4);
  });
});
