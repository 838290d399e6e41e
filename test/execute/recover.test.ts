import { describe, expect, it } from "vitest";
import { createRunWorld, perform, type RunWorld } from "../support/run-world.ts";
import { action, planOf, verification } from "../support/understood.ts";

/** Changes the line of the journal that says the first block began. */
function spoil(world: RunWorld): void {
  const path = world.host.files.paths().find((each) => /\/runs\/[^/]*\.ndjson$/.test(each)) ?? "";
  const lines = (world.host.files.text(path) ?? "").split("\n");
  world.host.files.put(path, lines.with(2, (lines[2] ?? "").replace('"attempt":1', '"attempt":2')).join("\n"));
}

const verdicts = (result: { steps: readonly { verdict: string }[] }): readonly string[] =>
  result.steps.map((step) => step.verdict);

describe("after the journal was damaged", () => {
  it("what its verification proves is not done again, what it disproves is", async () => {
    const plan = planOf([
      { blocks: [action("do one\nwrite first x"), verification("check first")] },
      { blocks: [action("do two\nwrite second x"), verification("check second")] },
    ]);
    const world = createRunWorld();
    await world.run(plan);
    spoil(world);
    world.host.files.remove("/ws/second");
    const result = await world.run(plan);
    expect(verdicts(result)).toEqual(["verified", "verified"]);
    expect(world.done()).toEqual(["one", "two", "two"]);
    expect(result.steps[0]?.reason).toContain("proved again");
  });

  it("what nothing can ask is done again where that does no harm, and else waits for a decision", async () => {
    const plan = planOf([
      { blocks: [action("do harmless")] },
      { blocks: [action("do send", { risk: "network" })] },
      { blocks: [action("do unsafe\nwrite third x", { settings: { unsafe: true } }), verification("check third")] },
    ]);
    const world = createRunWorld();
    await world.run(plan);
    spoil(world);
    world.host.files.remove("/ws/third");
    const result = await world.run(plan, { keepGoing: true });
    expect(result.exitCode).toBe(7);
    expect(verdicts(result).slice(1)).toEqual(["unknown", "unknown"]);
    expect(world.done()).toEqual(["harmless", "send", "unsafe", "harmless"]);
  });

  it("starting over asks nothing", async () => {
    const plan = planOf([{ blocks: [action("do one"), verification("check log")] }]);
    const world = createRunWorld();
    await world.run(plan);
    spoil(world);
    await world.run(plan, { over: true });
    expect(world.done()).toEqual(["one", "one"]);
  });
});

describe("a secret that a block sets", () => {
  it("is redacted in that block's output and in all that follows", async () => {
    const world = createRunWorld({
      script: (request, host) => ({ ...perform(request, host), secretValues: ["swordfish", "no"] }),
    });
    const plan = planOf([{ blocks: [action("print swordfish one"), verification("print swordfish two, no")] }]);
    await world.run(plan, { secrets: ["CODE"] });
    const kept = world.host.files.paths().filter((path) => path.includes("/.iplan/"));
    const text = kept.map((path) => world.host.files.text(path)).join("\n");
    // The command itself is text of the plan; what it says of a secret is redacted too.
    expect(text).not.toContain("swordfish");
    expect(text).toContain("[redacted] two, no");
  });
});
