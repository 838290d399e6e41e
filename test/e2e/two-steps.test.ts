import { cpSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { createCliWorld, dataOf, filesBelow } from "../support/cli.ts";
import { planDocument, planPath } from "../support/plan-document.ts";

const example = fileURLToPath(new URL("../../examples/two-steps/", import.meta.url));

/** The journal's events of all runs, in order. */
function eventsOf(world: ReturnType<typeof createCliWorld>): readonly { type: string; unit?: string }[] {
  return filesBelow(join(world.root, ".iplan/runs")).flatMap((name) =>
    world
      .read(`.iplan/runs/${name}`)
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { type: string; unit?: string }),
  );
}

describe("the plan of two steps", () => {
  const world = createCliWorld();
  cpSync(example, world.root, { recursive: true });
  const plan = filesBelow(join(world.root, "docs"))
    .map((name) => `docs/${name}`)
    .find((name) => name.endsWith(".md"))!;
  const untouched = world.read(plan);

  test("is shown with its commands and risks before anything is approved, and nothing is written", () => {
    const result = world.iplan(["trust", "IPLAN-001"]);
    expect(result.code).toBe(5);
    expect(result.stdout).toContain("node greeting.mjs > build/greeting.txt");
    expect(result.stdout).toMatch(/--approve=[0-9a-f]{64}/);
    expect(world.exists(".iplan")).toBe(false);
  });

  test("does not run unapproved: exit 5 with the exact command that runs it once", () => {
    const refused = world.iplan(["run", "IPLAN-001"]);
    expect(refused.code).toBe(5);
    const command = /iplan (run IPLAN-001 --trust=[0-9a-f]{64})/.exec(refused.stderr)?.[1] ?? "";
    expect(world.exists("build")).toBe(false);
    const copy = createCliWorld();
    cpSync(example, copy.root, { recursive: true });
    expect(copy.iplan(command.split(" ")).code).toBe(1);
    expect(copy.exists("build")).toBe(true);
    expect(copy.iplan(["run", "IPLAN-001"]).code).toBe(5);
  });

  test("one step fails honestly: exit 1, the failing line, no tick for it", () => {
    world.approve("IPLAN-001");
    const result = world.iplan(["run", "IPLAN-001"]);
    expect(result.code).toBe(1);
    expect(result.stderr).toMatch(/✓ Step 1: .*\n✗ Step 2: /);
    expect(result.stderr + result.stdout).toContain("grep -x 'Hello, world!' build/greeting.txt");
    const text = world.read(plan);
    expect(text).toContain("- [x] **TASK-1.1**");
    expect(text).toContain("- [ ] **TASK-1.2**");
    expect(text).toContain("| **Status** | In Progress |");
    expect(text).toMatch(/### Phase 1: .* - IN PROGRESS/);
  });

  test("status and next say where it stands, in the same words everywhere", () => {
    const status = world.iplan(["status"]);
    expect(status.code).toBe(1);
    expect(status.stdout).toContain("✗  Step 2");
    expect(dataOf(world.iplan(["status", "IPLAN-001", "--json"]))).toMatchObject({
      plans: [{ id: "IPLAN-001", verdict: "failed", next: { command: "iplan run IPLAN-001" } }],
    });
    expect(world.iplan(["next"]).stdout).toContain("IPLAN-001 step:2");
  });

  test("after the repair step 1 is not repeated, and all is verified", () => {
    world.write("greeting.mjs", 'console.log("Hello, world!");\n');
    const before = eventsOf(world).length;
    expect(world.iplan(["run", "IPLAN-001"]).code).toBe(0);
    const started = eventsOf(world)
      .slice(before)
      .filter((event) => event.type === "block-started");
    expect(started.map((event) => event.unit)).toEqual(["step:2", "step:2"]);
    const text = world.read(plan);
    expect(text).toContain("- [x] **TASK-1.2**");
    expect(text).toContain("| **Status** | Completed |");
    expect(world.iplan(["status"]).code).toBe(0);
  });

  test("only boxes, statuses and the date were written", () => {
    const changed = untouched.split("\n").flatMap((line, index) => {
      const now = world.read(plan).split("\n")[index];
      return line === now ? [] : [now?.slice(0, 18)];
    });
    expect(changed).toEqual([
      "| **Status** | Com",
      "| **Last Updated**",
      "### Phase 1: Greet",
      "- [x] **TASK-1.1**",
      "- [x] **TASK-1.2**",
    ]);
  });

  test("running it again runs nothing and writes nothing", () => {
    const files = filesBelow(world.root).filter((name) => !name.startsWith(".iplan"));
    const contents = files.map((name) => world.read(name));
    const before = eventsOf(world).filter((event) => event.type === "block-started").length;
    expect(world.iplan(["run", "IPLAN-001"]).code).toBe(0);
    expect(eventsOf(world).filter((event) => event.type === "block-started")).toHaveLength(before);
    expect(files.map((name) => world.read(name))).toEqual(contents);
  });

  test("a clone knows from the receipt what was done, but its run asks first", () => {
    const clone = createCliWorld();
    cpSync(world.root, clone.root, { recursive: true, filter: (source) => !/\/(?:\.iplan|build)$/.test(source) });
    expect(clone.iplan(["status"]).stdout).toContain("verified");
    clone.approve("IPLAN-001");
    expect(clone.iplan(["run", "IPLAN-001"]).code).toBe(0);
    expect(clone.exists("build/greeting.txt")).toBe(true);
  });
});

describe("what only a person can judge", () => {
  const text = planDocument([
    { run: "echo hello > note.txt", verify: "test -s note.txt", outcomes: ["The text is friendly and easy to read"] },
  ]);
  const world = createCliWorld({ [planPath()]: text });

  test("keeps a plan at 4 until it is signed, and the receipt says by whom and why", () => {
    world.approve("IPLAN-001");
    expect(world.iplan(["run", "IPLAN-001"]).code).toBe(4);
    expect(world.iplan(["status"]).code).toBe(4);
    const next = world.iplan(["next"]);
    expect(next.code).toBe(4);
    const [, key = ""] = /iplan sign IPLAN-001 (\S+)/.exec(next.stdout) ?? [];
    expect(world.iplan(["sign", "IPLAN-001", key, "--reason", "Read it aloud"]).code).toBe(0);
    expect(world.iplan(["status"]).code).toBe(0);
    expect(world.iplan(["next"]).stdout).toContain("All is done");
    const receipt = world.read(`${planPath()}.receipt.ndjson`);
    const signature = receipt
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .find((line) => line["kind"] === "signature");
    expect(signature).toMatchObject({ unit: key, verdict: "verified", reason: "Read it aloud" });
    expect(signature).not.toHaveProperty("override");
  });

  test("a signature on what failed is an override and stays visible", () => {
    const own = createCliWorld({ [planPath()]: planDocument([{ run: "true", verify: "test -e never" }]) });
    own.approve("IPLAN-001");
    expect(own.iplan(["run", "IPLAN-001"]).code).toBe(1);
    expect(own.iplan(["sign", "IPLAN-001", "1", "--reason", "done by hand"]).stdout).toContain("Overridden");
    expect(own.iplan(["status", "IPLAN-001"]).stdout).toMatch(/signed by|overrid/i);
    expect(own.read(`${planPath()}.receipt.ndjson`)).toContain('"override":true');
    expect(own.iplan(["run", "IPLAN-001"]).code).toBe(0);
  });

  test("a note stays beside the plan and changes no verdict", () => {
    const before = world.iplan(["status", "--json"]).code;
    expect(world.iplan(["note", "IPLAN-001", "Used port 8081", "--unit", "1", "--kind", "decision"]).code).toBe(0);
    const status = world.iplan(["status", "IPLAN-001"]);
    expect(status.code).toBe(before);
    expect(status.stdout).toMatch(/decision {2}step:1: Used port 8081/);
  });
});

describe("exit codes of a run", () => {
  test.each<[string, Parameters<typeof planDocument>[0], number]>([
    ["a failed verification", [{ run: "true", verify: "false" }], 1],
    ["an action that fails", [{ run: "exit 3", verify: "true" }], 1],
    ["output that says otherwise", [{ run: "true", verify: 'test 1 = 1; echo "❌ broken"' }], 1],
    ["a verification that cannot fail", [{ run: "touch a", verify: "ls a || true" }], 1],
    ["a judgement that is left", [{ run: "touch a", verify: "test -e a", outcomes: ["It is beautiful"] }], 4],
    ["a proof that holds", [{ run: "touch a", verify: "test -e a" }], 0],
  ])("%s", (_name, steps, code) => {
    const world = createCliWorld({ [planPath()]: planDocument(steps) });
    world.approve("IPLAN-001");
    const result = world.iplan(["run", "IPLAN-001", "--json"]);
    expect(result.code).toBe(code);
    expect(world.iplan(["status"]).code).toBe(code);
    const isTicked = world.read(planPath()).includes("- [x] **TASK-1.1**");
    expect(isTicked).toBe(code === 0 || code === 4);
  });

  test("what was not asked for is no failure", () => {
    const world = createCliWorld({
      [planPath()]: planDocument([
        { run: "touch a", verify: "test -e a" },
        { run: "touch b", verify: "test -e never" },
      ]),
    });
    world.approve("IPLAN-001");
    expect(world.iplan(["run", "IPLAN-001", "--until", "1"]).code).toBe(0);
    expect(world.iplan(["status"]).code).toBe(0);
    expect(world.iplan(["run", "IPLAN-001"]).code).toBe(1);
  });

  test("a destructive command wants a word of its own: 5, and --allow gives it", () => {
    const world = createCliWorld({ [planPath()]: planDocument([{ run: "rm -rf build", verify: "test ! -e build" }]) });
    world.write("build/a", "a");
    world.approve("IPLAN-001");
    const refused = world.iplan(["run", "IPLAN-001"]);
    expect(refused.code).toBe(5);
    expect(refused.stderr).toContain("--allow=destructive");
    expect(world.exists("build/a")).toBe(true);
    expect(world.iplan(["run", "IPLAN-001", "--allow=destructive"]).code).toBe(0);
    expect(world.iplan(["run", "IPLAN-001"]).code).toBe(0);
  });

  test("a missing tool is said before anything runs: 2", () => {
    const steps = [{ run: "touch a", verify: "test -e a" }];
    const text = planDocument(steps, { prerequisites: ["`no-such-tool-anywhere` 3+"] });
    const world = createCliWorld({ [planPath()]: text });
    world.approve("IPLAN-001");
    const result = world.iplan(["run", "IPLAN-001"]);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain("no-such-tool-anywhere");
    expect(world.exists("a")).toBe(false);
    expect(world.iplan(["doctor", "--plan", "IPLAN-001"]).code).toBe(1);
  });
});
