import { describe, expect, test } from "vitest";
import { planDocument, planPath } from "../support/plan-document.ts";
import { createSessionWorld, type SessionWorld } from "../support/session-world.ts";

/** A world in which each action takes ten minutes. */
async function worldOf(): Promise<SessionWorld> {
  const text = planDocument([{ title: "Make", run: "touch a.txt", verify: "test -e a.txt" }]);
  const world = createSessionWorld(
    { [planPath()]: text, "docs/IPLAN/IPLAN-002_other_20260110_090000.md": planDocument([], { id: "IPLAN-002" }) },
    {
      script: ({ text: block }, host) =>
        block.startsWith("touch")
          ? (host.files.put("/ws/a.txt", ""), { exit: { status: 0 }, durationMs: 600_000 })
          : undefined,
    },
  );
  await world.approve("IPLAN-001");
  await world.call(["run", "IPLAN-001"]);
  return world;
}

describe("status --effort", () => {
  test("has estimate and time of each part, and what is to be learned of it", async () => {
    const world = await worldOf();
    const { stdout, code } = await world.call(["status", "IPLAN-001", "--effort"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/TASK-1\.1 +Make +1 h +10 min 0 s +-83 %/);
    expect(stdout).toMatch(/complexity 1 +1 plan +1 h estimated +10 min 0 s active +× 0\.17/);
    const { plans, calibration } = await world.data(["status", "--effort"]);
    expect(plans).toMatchObject([
      { key: "IPLAN-001", activeMs: 600_000 },
      { key: "IPLAN-002", activeMs: 0 },
    ]);
    expect(calibration).toMatchObject([{ complexity: 1, plans: 1 }]);
    expect((await world.call(["status", "IPLAN-002", "--effort"])).stdout).not.toContain("IPLAN-001");
  });

  test("is the same by the receipt, on any machine and in the registry", async () => {
    const world = await worldOf();
    expect(world.text(`${planPath()}.receipt.ndjson`)).toMatch(/"activeMs":600000[^\n]*"kind":"step"/);
    const other = createSessionWorld(
      Object.fromEntries([planPath(), `${planPath()}.receipt.ndjson`].map((path) => [path, world.text(path)])),
    );
    const { plans } = await other.data(["status", "--effort"]);
    expect(plans).toMatchObject([{ activeMs: 600_000, phases: [{ tasks: [{ activeMs: 600_000 }] }] }]);
    await other.call(["registry", "IPLAN"]);
    const matrix = other.text("docs/IPLAN/IPLAN-000_TRACEABILITY_MATRIX.md");
    expect(matrix).toMatch(/\| IPLAN-001 \| 1 \| Work \| 1\/1 \(100 %\) \| 1 h \| 10 min \|/);
    expect(matrix).toMatch(/\| IPLAN-001 \| 1 h \| 10 min \| -83 % \|/);
  });

  test("says that there is nothing to learn from yet", async () => {
    const world = createSessionWorld({ [planPath()]: planDocument([{ run: "touch a" }]) });
    expect((await world.call(["status", "--effort"])).stdout).toContain("nothing to learn from yet");
    expect((await createSessionWorld().call(["status", "--effort"])).code).toBe(3);
  });
});

describe("a unit that was taken", () => {
  test("was worked on until it was given back", async () => {
    const world = createSessionWorld({ [planPath()]: planDocument([{ title: "Think" }]) });
    expect((await world.call(["next", "IPLAN-001", "--take"])).code).toBe(0);
    world.host.clock.advance(20 * 60_000);
    await world.call(["note", "IPLAN-001", "thought enough", "--release"]);
    const { plans } = await world.data(["status", "--effort"]);
    expect(plans).toMatchObject([{ activeMs: 20 * 60_000 }]);
  });
});
