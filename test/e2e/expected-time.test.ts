import { describe, expect, it } from "vitest";
import { createCliWorld, dataOf } from "../support/cli.ts";
import { planDocument, planPath } from "../support/plan-document.ts";

describe("a dry run tells how long it will take", () => {
  it("by the plan's estimate first, by the last time once it was run, and says by which", () => {
    const world = createCliWorld({
      [planPath()]: planDocument([
        { run: "echo 1 > a", verify: "test -s a" },
        { run: "echo 2 > b", verify: "test -s b" },
      ]),
    });
    world.approve("IPLAN-001");
    const before = world.iplan(["run", "IPLAN-001", "--dry-run"]).stdout;
    expect(before.match(/plan says 1 h/g)).toHaveLength(2);
    expect(before).toContain("expected: 2 h as the plan says (2 steps)\n");
    expect(world.iplan(["run", "IPLAN-001", "--only", "1"]).code).toBe(0);
    expect(world.iplan(["run", "IPLAN-001", "--dry-run"]).stdout).toContain(
      "expected: 1 h as the plan says (1 step)\n",
    );
    const over = world.iplan(["run", "IPLAN-001", "--new", "--dry-run"]).stdout;
    expect(over).toMatch(/Step 1 .* last time \d+\.\d s {2}/);
    expect(over).toMatch(/expected: \d+\.\d s as last time \(1 step\); 1 h as the plan says \(1 step\)\n/);
    expect(dataOf(world.iplan(["run", "IPLAN-001", "--new", "--dry-run", "--json"]))).toMatchObject({
      steps: [
        { unit: "step:1", expected: { source: "last-time" } },
        { unit: "step:2", expected: { source: "plan", minHours: 1, maxHours: 1, tasks: ["TASK-1.2"] } },
      ],
      expected: { lastTime: { steps: 1 }, plan: { steps: 1, minHours: 1, maxHours: 1 }, unknown: 0 },
    });
  });
});
