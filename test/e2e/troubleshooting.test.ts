import { describe, expect, it } from "vitest";
import { createCliWorld, dataOf } from "../support/cli.ts";
import { planDocument, planPath } from "../support/plan-document.ts";

const more = [
  "## Troubleshooting",
  "",
  "**Issue 1: Port taken**",
  "- **Symptom**: `EADDRINUSE` in the log",
  "- **Solution**: `touch solved`, then run it again",
  "",
  "**Issue 2: Disk full**",
  "- **Symptom**: `ENOSPC: no space left`",
  "- **Solution**: Delete something",
  "",
].join("\n");

describe("what the plan says of a failure", () => {
  it("is shown with its solution by run, run --json and next, and never run", () => {
    const lines = 'echo "listen EADDRINUSE: 8080"; for n in $(seq 40); do echo "line $n"; done; exit 3';
    const world = createCliWorld({ [planPath()]: planDocument([{ run: lines }], { more }) });
    world.approve("IPLAN-001");
    const run = world.iplan(["run", "IPLAN-001"]);
    expect(run.code).toBe(1);
    expect(run.stdout).toContain("the plan's Troubleshooting knows this");
    expect(run.stdout).toMatch(
      /step 1, line \d+: Port taken\n {4}symptom: `EADDRINUSE` in the log\n {4}solution: `touch solved`, then/,
    );
    expect(run.stdout).not.toContain("Disk full");
    const line = world.read(planPath()).split("\n").indexOf("**Issue 1: Port taken**") + 1;
    expect(dataOf(world.iplan(["run", "IPLAN-001", "--json"]))).toMatchObject({
      troubleshooting: [
        {
          step: "1",
          title: "Port taken",
          symptom: "`EADDRINUSE` in the log",
          solution: "`touch solved`, then run it again",
          line,
        },
      ],
    });
    const { context } = dataOf(world.iplan(["next", "--json"])) as { context: readonly string[] };
    expect(context).toContain("troubleshooting: Port taken (symptom: `EADDRINUSE` in the log)");
    expect(context).toContain("  solution: `touch solved`, then run it again");
    expect(world.exists("solved")).toBe(false);
  });
});
