import { describe, expect, it } from "vitest";
import { createRunWorld } from "../support/run-world.ts";
import { action, planOf, verification } from "../support/understood.ts";

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
