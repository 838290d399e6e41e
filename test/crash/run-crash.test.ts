import { describe, expect, it } from "vitest";
import { MemoryCrash } from "#host/memory";
import { readPlanRecord } from "#journal/plan-record";
import type { UnderstoodPlan } from "#model/understanding";
import { createRunWorld, perform, root, type RunWorld } from "../support/run-world.ts";
import { action, outcome, planOf, verification } from "../support/understood.ts";

/** Three steps whose actions leave a line each in the log, with two actions in the second step. */
const plan = planOf([
  { blocks: [action("do one\nwrite a 1\nprint one"), verification("check a")], files: ["a"] },
  {
    blocks: [
      action("do two\nwrite b 2"),
      verification("check b\nprint fine"),
      action("do three\nwrite c 3"),
      verification("check c"),
    ],
    outcomes: [outcome("c exists", [{ kind: "path", path: "c", expect: "exists" }])],
  },
  { blocks: [action("do four\nwrite d 4", { risk: "publish" }), verification("check d")] },
]);

const everything = ["one", "two", "three", "four"];

/** Steps the journal calls verified. */
function verifiedSteps(world: RunWorld, of: UnderstoodPlan): readonly string[] {
  const key = world.host.trust(root).key({ create: false });
  const units = readPlanRecord(world.host, root, of.id, key)?.units ?? new Map();
  return [...units]
    .filter(([unit, record]) => unit.startsWith("step:") && record.verdict === "verified")
    .map(([unit]) => unit);
}

/** Runs until the crash, cuts the power when asked to, and gives the steps that were verified by then. */
async function crashRun(world: RunWorld, options: { readonly power?: number } = {}): Promise<readonly string[]> {
  await expect(world.run(plan)).rejects.toBeInstanceOf(MemoryCrash);
  world.host.files.onOperation = undefined;
  if (options.power !== undefined) world.host.files.losePower(options.power);
  return verifiedSteps(world, plan);
}

async function expectWhole(world: RunWorld, verifiedBefore: readonly string[]): Promise<void> {
  const runsBefore = world.host.shell.requests.length;
  const result = await world.run(plan);
  expect(result.steps.map((step) => step.verdict)).toEqual(["verified", "verified", "verified"]);
  expect(result.exitCode).toBe(0);
  expect(world.done()).toEqual(everything);
  const again = world.host.shell.requests.slice(runsBefore).map((request) => request.text);
  for (const key of verifiedBefore) {
    const blocks = plan.steps.find((step) => step.key === key)?.blocks ?? [];
    expect(again.filter((text) => blocks.some((block) => block.block.text === text))).toEqual([]);
  }
}

async function operationsOf(): Promise<number> {
  const world = createRunWorld();
  await world.run(plan);
  return world.host.files.operations;
}

describe("a run that dies", () => {
  it("loses and repeats nothing, whichever write it dies at", async () => {
    const count = await operationsOf();
    expect(count).toBeGreaterThan(40);
    for (let nth = 1; nth <= count; nth++) {
      const world = createRunWorld();
      world.host.files.failAt(nth, "crash");
      const before = await crashRun(world);
      await expectWhole(world, before);
    }
  });

  it("loses and repeats nothing when the power goes with it, however much of the last line was written", async () => {
    const count = await operationsOf();
    for (let nth = 1; nth <= count; nth++) {
      for (const torn of [0, 1, 200]) {
        const world = createRunWorld();
        world.host.files.failAt(nth, "crash");
        const before = await crashRun(world, { power: torn });
        await expectWhole(world, before);
      }
    }
  });

  it("loses and repeats nothing when it dies at two writes in a row", async () => {
    const count = await operationsOf();
    for (let nth = 1; nth <= count; nth += 3) {
      for (let second = 1; second < 40; second += 7) {
        const world = createRunWorld();
        world.host.files.failAt(nth, "crash");
        await crashRun(world);
        world.host.files.failAt(second, "crash");
        await world.run(plan).catch((error: unknown) => expect(error).toBeInstanceOf(MemoryCrash));
        world.host.files.onOperation = undefined;
        await expectWhole(world, verifiedSteps(world, plan));
      }
    }
  });

  it.each([
    "before",
    "after",
  ] as const)("settles a block by its verification when it dies right %s its work", async (when) => {
    for (let nth = 1; nth <= 8; nth++) {
      let count = 0;
      const world = createRunWorld({
        script: (request, host) => {
          if (++count !== nth) return undefined;
          if (when === "after") perform(request, host);
          throw new MemoryCrash();
        },
      });
      const before = await crashRun(world);
      world.host.shell.alive.clear();
      await expectWhole(world, before);
    }
  });

  it("goes on after a full disk: what failed to be written is an error, and the next run ends well", async () => {
    const count = await operationsOf();
    for (let nth = 1; nth <= count; nth++) {
      const world = createRunWorld();
      world.host.files.failAt(nth, "error");
      await world.run(plan).catch((error: unknown) => expect(error).toMatchObject({ code: "host/not-writable" }));
      world.host.files.onOperation = undefined;
      await expectWhole(world, verifiedSteps(world, plan));
    }
  });
});
