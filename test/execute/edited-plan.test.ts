import { describe, expect, it } from "vitest";
import type { UnderstoodBlock } from "#model/understanding";
import { die, dyingWorld, one, sign } from "../support/dying-world.ts";
import { createRunWorld } from "../support/run-world.ts";
import { action, planOf, verification } from "../support/understood.ts";

describe("an edited plan", () => {
  it("runs a step again whose action was edited after it was verified", async () => {
    const world = createRunWorld();
    await world.run(one(action("do one"), verification("check log")));
    const result = await world.run(one(action("do more"), verification("check log")));
    expect(result.exitCode).toBe(0);
    expect(world.done()).toEqual(["one", "more"]);
  });

  it("only verifies a step again whose verification was edited", async () => {
    const world = createRunWorld();
    await world.run(one(action("do one"), verification("check log")));
    const result = await world.run(one(action("do one"), verification("check log\ncheck .iplan/.gitignore")));
    expect(result.exitCode).toBe(0);
    expect(world.done()).toEqual(["one"]);
  });

  const step = (word: string): { blocks: readonly UnderstoodBlock[] } => ({
    blocks: [action(`do ${word}\nwrite ${word} 1`), verification(`check ${word}`)],
  });

  it("does not repeat what is verified when steps are put before and between it", async () => {
    const world = createRunWorld();
    await world.run(planOf([step("one"), step("two"), step("three")]), { until: "2" });
    await world.run(planOf([step("new"), step("one"), step("newer"), step("two"), step("three")]));
    expect(world.done()).toEqual(["one", "two", "new", "newer", "three"]);
  });

  it("does not repeat what is verified when steps change places", async () => {
    const world = createRunWorld();
    await world.run(planOf([step("one"), step("two"), step("three")]));
    const result = await world.run(planOf([step("three"), step("one"), step("two")]));
    expect(result.exitCode).toBe(0);
    expect(world.done()).toEqual(["one", "two", "three"]);
  });

  it("asks a step whose end is not known where it stands now", async () => {
    const unsafe = { blocks: [action("do push", { risk: "publish" }), verification("check pushed")] };
    const world = dyingWorld("before");
    await die(world, planOf([unsafe]));
    world.host.files.put("/ws/pushed", "");
    const result = await world.run(planOf([step("one"), unsafe]));
    expect(result.exitCode).toBe(0);
    expect(world.done()).toEqual(["one"]);
  });

  it("keeps a signature with the step it was given to", async () => {
    const handed = planOf([{ handoff: "think" }]);
    const world = createRunWorld();
    expect((await world.run(handed)).exitCode).toBe(4);
    sign(world, handed, "step:1");
    expect((await world.run(planOf([step("one"), { handoff: "think" }]))).exitCode).toBe(0);
  });
});
