import { describe, expect, test } from "vitest";
import { type CliWorld, ended, eventually } from "../support/cli.ts";
import { checkRow, type PlanRow, runPlanOf, trustOf, worldOf } from "../support/plan-run.ts";
import { isAlive, pidIn } from "../support/processes.ts";

const outputOf = (world: CliWorld, step = "1"): string => world.iplan(["show", "IPLAN-001", step, "--output"]).stdout;

const daemon = `(setsid bash -c 'echo $BASHPID > pid; exec sleep 300' </dev/null >/dev/null 2>&1 &)
until [ -s pid ]; do sleep 0.02; done`;

const leftBehind: readonly PlanRow[] = [
  {
    title: "a child that holds the pipe does not hold the run; it is listed, and ended with it",
    steps: [{ run: "bash -c 'sleep 300 & echo $! > pid'", verify: "test -s pid" }, { verify: 'kill -0 "$(cat pid)"' }],
    code: 0,
    verdicts: ["verified", "verified"],
    said: [/still running after its block: \d+/, /ended: \d+/],
    after: (world) => expect(isAlive(pidIn(world, "pid"))).toBe(false),
  },
  {
    title: "a double-forked daemon is found, listed, and ended with the run",
    steps: [{ run: daemon, verify: "test -s pid" }, { verify: 'kill -0 "$(cat pid)"' }],
    code: 0,
    verdicts: ["verified", "verified"],
    said: [/still running after its block: \d+/, /ended: \d+/],
    after: (world) => expect(isAlive(pidIn(world, "pid"))).toBe(false),
  },
  {
    title: "what a block marked keep left behind outlives the run",
    steps: [{ annotation: "keep", run: daemon, verify: "test -s pid" }],
    code: 0,
    verdicts: ["verified"],
    unsaid: [/ended: \d+/],
    after: (world) => {
      const pid = pidIn(world, "pid");
      expect(isAlive(pid)).toBe(true);
      process.kill(pid, "SIGKILL");
    },
  },
  {
    title:
      "a timeout ends the block with its grandchildren, those included that left its group; what it printed is kept",
    steps: [
      {
        annotation: "timeout=2s",
        run: `kept=yes; echo early
bash -c 'bash -c "echo \\$\\$ > deep; sleep 300" & wait' &
setsid bash -c 'echo $$ > own; exec sleep 300' &
(setsid bash -c 'echo $BASHPID > pid; exec sleep 300' </dev/null >/dev/null 2>&1 &)
sleep 300`,
      },
      { verify: 'test "$kept" = yes' },
    ],
    words: ["--keep-going"],
    code: 1,
    verdicts: ["failed", "verified"],
    reasons: { 0: "its action ran out of time" },
    unsaid: [/still running/, /state before the block/],
    after: (world) => {
      expect(["deep", "own", "pid"].map((name) => isAlive(pidIn(world, name)))).toEqual([false, false, false]);
      expect(outputOf(world)).toContain("early\n");
    },
  },
];

describe("processes that a block leaves behind:", () => {
  test.for(leftBehind)("$title", (row) => checkRow(row));
});

const asking: readonly PlanRow[] = [
  {
    title: "read finds an empty input",
    steps: [{ run: "read -r answer\ntouch asked" }],
    code: 1,
    verdicts: ["failed"],
    reasons: { 0: "its action exited with status 1" },
    after: (world) => expect(world.exists("asked")).toBe(false),
  },
  {
    title: "a password prompt has no terminal to ask on",
    steps: [{ run: 'read -rsp "Password: " secret </dev/tty\ntouch asked' }],
    code: 1,
    verdicts: ["failed"],
    after: (world) => {
      expect(world.exists("asked")).toBe(false);
      expect(outputOf(world)).toContain("/dev/tty");
    },
  },
  {
    title: "a pager prints",
    steps: [{ run: "seq 300 | $PAGER > paged; seq 300 | $GIT_PAGER >> paged", verify: 'test "$(wc -l <paged)" = 600' }],
    code: 0,
    verdicts: ["verified"],
  },
  {
    title: "an editor fails at once",
    steps: [
      {
        run: "git init -q notes; cd notes\ngit -c user.name=a -c user.email=a@b.invalid commit --allow-empty\ntouch asked",
      },
    ],
    code: 1,
    verdicts: ["failed"],
    after: (world) => {
      expect(world.exists("notes/asked")).toBe(false);
      expect(outputOf(world)).toContain("editor");
    },
  },
];

describe("nothing waits for a person:", () => {
  test.for(asking)("$title", (row) => checkRow(row));
});

const kept = 'test "$kept" = yes';

const descriptors: readonly PlanRow[] = [
  {
    title: "a block that closes every descriptor it can",
    steps: [{ run: 'kept=yes\nfor n in 0 1 2 3 10 11 63 255; do eval "exec $n>&-"; done' }, { verify: kept }],
    code: 1,
    verdicts: ["unverifiable", "verified"],
    said: ["Not carried to later blocks: ", "standard output"],
  },
  {
    title: "a block that reuses them",
    steps: [
      { run: 'kept=yes\nfor n in 1 2 3 10 11 63 255; do eval "exec $n>mine"; done; echo to the file' },
      { run: "echo $kept on the page", verify: `${kept}\ngrep -x 'to the file' mine` },
    ],
    code: 1,
    verdicts: ["unverifiable", "verified"],
    said: ["Not carried to later blocks: "],
    after: (world) => expect(outputOf(world, "2")).toContain("yes on the page\n"),
  },
  {
    title: "a failing cd before rm -rf removes nothing",
    steps: [{ run: "cd build/nowhere\nrm -rf ./*" }, { verify: "test -f precious" }],
    files: { precious: "" },
    words: ["--allow=destructive", "--keep-going"],
    code: 1,
    verdicts: ["failed", "verified"],
    reasons: { 0: "its action exited with status 1" },
  },
];

describe("a later step sees the right shell after", () => {
  test.for(descriptors)("$title", (row) => checkRow(row));
});

describe("SIGKILL to the tool, its keeper and the block", () => {
  test("loses what the block changed in the shell: the state before it is kept, and it is said", async () => {
    const run = "kept=after\necho $$ $BASHPID > pids; touch begun\nsleep 300";
    const after = { verify: 'echo "it is $kept"; test -n "$kept"' };
    const world = worldOf({ steps: [{ run: "kept=before" }, { run, verify: "test -e begun" }, after] });
    const tool = world.start(["run", "IPLAN-001", trustOf(world)]);
    const end = ended(tool);
    await eventually(() => (world.exists("begun") ? true : undefined));
    tool.kill("SIGKILL");
    const [keeper = 0, block = 0] = world.read("pids").split(" ").map(Number);
    for (const pid of [keeper, -block]) process.kill(pid, "SIGKILL");
    await end;
    const again = runPlanOf(world);
    expect(again.steps.map(({ verdict }) => verdict)).toEqual(["unverifiable", "verified", "verified"]);
    expect(again.stderr).toMatch(
      /step 2 is done: .* What it changed in the shell died with it; the state before the block is kept\./,
    );
    expect(outputOf(world, "3")).toContain("it is before\n");
  });
});

describe("SIGINT to the tool", () => {
  const running = "kept=after\ntouch begun\nwhile [ ! -e go ]; do sleep 0.05; done\ntouch over";
  const interrupted = async (verify: string): Promise<CliWorld> => {
    const after = { verify: 'echo "it is $kept"; test -n "$kept"' };
    const world = worldOf({ steps: [{ run: "kept=before" }, { run: running, verify }, after] });
    const tool = world.start(["run", "IPLAN-001", trustOf(world)]);
    const end = ended(tool);
    await eventually(() => (world.exists("begun") ? true : undefined));
    tool.kill("SIGINT");
    expect((await end).code).toBe(130);
    return world;
  };

  test("once ends the block with its children; the next run does it again from the state before it", async () => {
    const world = await interrupted('test -e over && test "$kept" = after');
    world.write("go", "");
    const again = runPlanOf(world);
    expect(again.steps.map(({ verdict }) => verdict)).toEqual(["unverifiable", "verified", "verified"]);
    expect(outputOf(world, "3")).toContain("it is after\n");
  });

  test("once: when the work is proved to be done, the state that its shell told at the end goes on, and it is said", async () => {
    const world = await interrupted("test -e begun");
    const again = runPlanOf(world);
    expect(again.steps.map(({ verdict }) => verdict)).toEqual(["unverifiable", "verified", "verified"]);
    expect(again.stderr).toMatch(/step 2 is done: .* Its shell told its state when it was interrupted; it is kept\./);
    expect(outputOf(world, "3")).toContain("it is after\n");
  });

  test("twice ends a block that ignores the first, at once", async () => {
    const stubborn = "trap '' INT TERM; echo $BASHPID > pid; touch begun; while [ ! -e go ]; do sleep 0.05; done";
    const world = worldOf({ steps: [{ run: stubborn, verify: "test -e go" }] });
    const tool = world.start(["run", "IPLAN-001", trustOf(world)]);
    const end = ended(tool);
    await eventually(() => (world.exists("begun") ? true : undefined));
    tool.kill("SIGINT");
    await new Promise((resolve) => setTimeout(resolve, 200));
    tool.kill("SIGINT");
    expect((await end).code).toBe(130);
    await eventually(() => (isAlive(pidIn(world, "pid")) ? undefined : true));
    world.write("go", "");
    expect(runPlanOf(world).code).toBe(0);
  });
});
