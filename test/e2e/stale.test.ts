import { describe, expect, it } from "vitest";
import { type CliWorld, createCliWorld, dataOf } from "../support/cli.ts";
import { planDocument, planPath } from "../support/plan-document.ts";

/** Verdicts of all steps in order. */
function verdicts(world: CliWorld): readonly string[] {
  const { plans } = dataOf(world.iplan(["status", "--json"])) as {
    plans: readonly { steps: readonly { verdict: string }[] }[];
  };
  return (plans[0]?.steps ?? []).map((step) => step.verdict);
}

/** A plan of three steps that was run to its end; the second writes and declares `made.txt`. */
function done(): CliWorld {
  const world = createCliWorld({
    [planPath()]: planDocument(
      [
        { run: "echo 1 >> log1", verify: "test -s log1" },
        { run: "echo made > made.txt", verify: "test -s made.txt", outcomes: ["`made.txt` exists"] },
        { run: "echo 3 >> log3", verify: "test -s log3" },
      ],
      { deliverables: ["`made.txt` exists"], checklist: ["`made.txt` exists"] },
    ),
  });
  world.approve("IPLAN-001");
  const run = world.iplan(["run", "IPLAN-001"]);
  if (run.code !== 0) throw new Error(`the plan does not pass: ${run.stdout}`);
  return world;
}

const edit = (world: CliWorld, from: string, to: string): void => {
  const text = world.read(planPath());
  if (!text.includes(from)) throw new Error(`the document does not say ${from}`);
  world.write(planPath(), text.replace(from, to));
};

const allVerified = ["verified", "verified", "verified"];

describe("what was verified goes stale, and alone", () => {
  const causes: readonly (readonly [string, (world: CliWorld) => void])[] = [
    ["when its action changed", (world) => edit(world, "echo made > made.txt", "echo better > made.txt")],
    ["when its verification changed", (world) => edit(world, "test -s made.txt", "grep -x made made.txt")],
    [
      "when its outcomes changed",
      (world) => edit(world, "- `made.txt` exists\n\n**Step 3", "- `made.txt` is created\n\n**Step 3"),
    ],
    ["when a file it declares changed", (world) => world.write("made.txt", "other\n")],
  ];

  it.each(causes)("%s", (_name, change) => {
    const world = done();
    change(world);
    expect(verdicts(world)).toEqual(["verified", "stale", "verified"]);
    const status = world.iplan(["status"]);
    expect([status.code, /stale: .*changed since it was verified/.test(status.stdout)]).toEqual([1, true]);
    // A run asks it again, and does not repeat the others.
    world.approve("IPLAN-001");
    expect(world.iplan(["run", "IPLAN-001"]).code).toBe(0);
    expect(verdicts(world)).toEqual(allVerified);
    expect([world.read("log1"), world.read("log3")]).toEqual(["1\n", "3\n"]);
  });
});

describe("what does not count as a change", () => {
  const edits: readonly (readonly [string, string, string])[] = [
    ["a box", "- [x] **TASK-1.2**", "- [ ] **TASK-1.2**"],
    ["a box of a checklist", "- [x] `made.txt`", "- [ ] `made.txt`"],
    ["the status of a phase", "- COMPLETED", "- IN PROGRESS"],
    ["the status of the plan", "| **Status** | Completed |", "| **Status** | In Progress |"],
    ["a date", "| **Created** | 2026-01-10", "| **Created** | 2026-01-11"],
    ["prose", "Show that a plan runs.", "Show that a plan runs well."],
    ["an estimate", "(3 hours)", "(4 hours)"],
  ];

  it("is boxes, statuses, dates, prose and estimates", () => {
    const world = done();
    for (const [what, from, to] of edits) {
      edit(world, from, to);
      expect(verdicts(world), what).toEqual(allVerified);
    }
  });
});

describe("a run ends by asking again", () => {
  const rewritten = (later: string): CliWorld => {
    const world = createCliWorld({
      [planPath()]: planDocument([
        { run: "echo good > made.txt", verify: "grep -q good made.txt" },
        { run: later, verify: "test -s made.txt" },
      ]),
    });
    world.approve("IPLAN-001");
    return world;
  };

  it("what a later step of it rewrote, and keeps it verified when it still holds", () => {
    const world = rewritten("echo more good >> made.txt");
    const run = world.iplan(["run", "IPLAN-001"]);
    expect(run.code).toBe(0);
    expect(run.stderr).toContain("step 1: made.txt changed since it was verified; verifying again");
    expect(verdicts(world)).toEqual(["verified", "verified"]);
    expect(world.iplan(["run", "IPLAN-001"]).stderr).not.toContain("verifying again");
  });

  it("what a later step of it spoiled, and takes the verdict and the tick away", () => {
    const world = rewritten("echo spoiled > made.txt");
    expect(world.iplan(["run", "IPLAN-001"]).code).toBe(1);
    expect(verdicts(world)).toEqual(["failed", "verified"]);
    expect(world.read(planPath())).toContain("- [ ] **TASK-1.1**");
    expect(world.read(planPath())).toContain("- [x] **TASK-1.2**");
  });
});
