import { MemoryCrash } from "#host/memory";
import { describe, expect, it } from "vitest";
import { createRunWorld } from "../support/run-world.ts";
import { action, planOf, verification } from "../support/understood.ts";

describe("what a dead run left", () => {
  it("is swept by the next one: raw output and half-written evidence, but no state", async () => {
    const plan = planOf([{ blocks: [action("do one\nprint words"), verification("check missing")] }]);
    const world = createRunWorld();
    const { files } = world.host;
    files.onOperation = ({ kind, path }) => {
      if (kind === "rename" && path.includes("/evidence/")) throw new MemoryCrash();
    };
    await expect(world.run(plan)).rejects.toBeInstanceOf(MemoryCrash);
    const left = (suffix: string): readonly string[] => files.paths().filter((path) => path.endsWith(suffix));
    expect([left("/output").length, left(".part").length]).toEqual([1, 1]);
    files.onOperation = undefined;
    await world.run(plan);
    expect(left("/output")).toEqual([]);
    expect(left(".part")).toEqual([]);
    expect(left("/state").length).toBeGreaterThan(0);
  });

  it("goes with the run that is started over", async () => {
    const plan = planOf([{ blocks: [action("do one")] }]);
    const world = createRunWorld();
    await world.run(plan);
    const before = world.host.files.paths().filter((path) => path.endsWith("/state"));
    await world.run(plan, { over: true });
    const now = world.host.files.paths();
    expect(before.length).toBe(1);
    expect(now).not.toContain(before[0]);
  });
});

describe("secrets", () => {
  it("reach neither journal, evidence, events nor output", async () => {
    const secret = "hunter2hunter2";
    const token = `ghp_${"a1B2".repeat(9)}`;
    const world = createRunWorld({ environment: { DEPLOY: secret } });
    const plan = planOf([
      { blocks: [action(`do x\nprint ${secret} and ${token}`), verification(`print Error: ${secret}`)] },
      { blocks: [verification(`check ${secret}`)] },
    ]);
    const result = await world.run(plan, { secrets: ["DEPLOY"], keepGoing: true });
    const { files } = world.host;
    const kept = files
      .paths()
      .filter((path) => path.includes("/.iplan/"))
      .map((path) => files.text(path))
      .join("\n");
    const told = JSON.stringify([world.signals, result]);
    for (const value of [secret, token]) {
      expect(kept).not.toContain(value);
      expect(told).not.toContain(value);
    }
    expect(kept).toContain("[redacted]");
    expect(files.paths().filter((path) => path.endsWith("/output"))).toEqual([]);
  });
});
