import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type CliWorld, createCliWorld, ended, eventually, filesBelow } from "../support/cli.ts";
import { planDocument, planPath } from "../support/plan-document.ts";

interface Event {
  readonly type: string;
  readonly unit?: string;
  readonly role?: string;
  readonly adopted?: boolean;
  readonly pid?: number;
  readonly exitCode?: number;
}

function eventsOf(world: CliWorld): readonly Event[] {
  if (!world.exists(".iplan/runs")) return [];
  return filesBelow(join(world.root, ".iplan/runs"))
    .filter((name) => name.endsWith(".ndjson"))
    .flatMap((name) =>
      world
        .read(`.iplan/runs/${name}`)
        .split("\n")
        .slice(0, -1)
        .map((line) => JSON.parse(line) as Event),
    );
}

/** Waits until the plan's block has begun and gives the pid of its process. */
async function blockOf(world: CliWorld, unit: string, mark: string): Promise<number> {
  await eventually(() => (world.exists(mark) ? true : undefined));
  return eventually(() => eventsOf(world).find((event) => event.type === "block-running" && event.unit === unit)?.pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(spawnSync("cat", [`/proc/${pid}/status`], { encoding: "utf8" }).stdout);
  } catch {
    return false;
  }
}

/** A plan whose second step sleeps until it is let go. */
function sleepingPlan(): CliWorld {
  const world = createCliWorld({
    [planPath()]: planDocument([
      { run: "echo one >> log", verify: "test -s log" },
      { run: "echo two >> log; touch begun; while [ ! -e go ]; do sleep 0.1; done; touch two", verify: "test -e two" },
      { run: "echo three >> log", verify: "grep -q three log" },
    ]),
  });
  world.approve("IPLAN-001");
  return world;
}

describe("kill -9 of the tool in the middle of a step", () => {
  test("the block is adopted by the next run: it is not started twice, and nothing verified is repeated", async () => {
    const world = sleepingPlan();
    const first = world.start(["run", "IPLAN-001"]);
    const pid = await blockOf(world, "step:2", "begun");
    first.kill("SIGKILL");
    await ended(first);
    expect(isAlive(pid)).toBe(true);
    expect(world.read(planPath())).toContain("- [x] **TASK-1.1**");
    const status = world.iplan(["status"]);
    expect(status.stdout).toContain("Step 2");
    expect(status.code).toBe(7);

    const second = world.start(["run", "IPLAN-001"]);
    const end = ended(second);
    await eventually(() => (eventsOf(world).some((event) => event.type === "run-resumed") ? true : undefined));
    world.write("go", "");
    expect((await end).code).toBe(0);
    expect(world.read("log")).toBe("one\ntwo\nthree\n");
    const actions = eventsOf(world).filter((event) => event.type === "block-started" && event.role === "action");
    expect(actions.map((event) => event.unit)).toEqual(["step:1", "step:2", "step:3"]);
    expect(eventsOf(world).filter((event) => event.adopted === true)).toHaveLength(1);
    expect(world.read(planPath())).toContain("- [x] **TASK-1.3**");
    expect(world.iplan(["status"]).code).toBe(0);
  });

  test("a block that came to its end meanwhile is believed, not repeated", async () => {
    const world = sleepingPlan();
    const first = world.start(["run", "IPLAN-001"]);
    const pid = await blockOf(world, "step:2", "begun");
    first.kill("SIGKILL");
    await ended(first);
    world.write("go", "");
    await eventually(() => (isAlive(pid) ? undefined : true));
    expect(world.iplan(["run", "IPLAN-001"]).code).toBe(0);
    expect(world.read("log")).toBe("one\ntwo\nthree\n");
  });

  test("a block that died with it is asked its verification first, and then done again", async () => {
    const world = sleepingPlan();
    const first = world.start(["run", "IPLAN-001"]);
    const pid = await blockOf(world, "step:2", "begun");
    first.kill("SIGKILL");
    await ended(first);
    process.kill(-pid, "SIGKILL");
    await eventually(() => (isAlive(pid) ? undefined : true));
    world.write("go", "");
    expect(world.iplan(["run", "IPLAN-001"]).code).toBe(0);
    expect(world.read("log")).toBe("one\ntwo\ntwo\nthree\n");
  });

  test("what must not be done twice waits for a decision: 7, with both ways out, and each of them works", async () => {
    for (const way of ["redo", "sign"]) {
      const world = createCliWorld({
        [planPath()]: planDocument([
          {
            annotation: "unsafe",
            run: "echo one >> log; touch begun; while [ ! -e go ]; do sleep 0.1; done; touch done",
            verify: "test -e done",
          },
        ]),
      });
      world.approve("IPLAN-001");
      const first = world.start(["run", "IPLAN-001"]);
      const pid = await blockOf(world, "step:1", "begun");
      first.kill("SIGKILL");
      await ended(first);
      process.kill(-pid, "SIGKILL");
      await eventually(() => (isAlive(pid) ? undefined : true));
      const undecided = world.iplan(["run", "IPLAN-001"]);
      expect(undecided.code).toBe(7);
      expect(undecided.stdout + undecided.stderr).toContain("--redo 1");
      expect(undecided.stdout + undecided.stderr).toContain("iplan sign IPLAN-001");
      expect(world.read("log")).toBe("one\n");
      world.write("go", "");
      if (way === "redo") {
        expect(world.iplan(["run", "IPLAN-001", "--redo", "1"]).code).toBe(0);
        expect(world.read("log")).toBe("one\none\n");
      } else {
        expect(world.iplan(["sign", "IPLAN-001", "1", "--reason", "It is there"]).code).toBe(0);
        expect(world.iplan(["run", "IPLAN-001"]).code).toBe(0);
        expect(world.read("log")).toBe("one\n");
      }
    }
  });
});

describe("Ctrl-C", () => {
  test("once stops cleanly: 130, the block ends with its children, the next run goes on", async () => {
    const world = sleepingPlan();
    const running = world.start(["run", "IPLAN-001"]);
    const end = ended(running);
    const pid = await blockOf(world, "step:2", "begun");
    running.kill("SIGINT");
    const result = await end;
    expect(result.code).toBe(130);
    expect(isAlive(pid)).toBe(false);
    expect(eventsOf(world).at(-1)).toMatchObject({ type: "run-ended", exitCode: 130 });
    expect(filesBelow(join(world.root, ".iplan")).filter((name) => name.includes("lock"))).toEqual([]);
    world.write("go", "");
    expect(world.iplan(["run", "IPLAN-001"]).code).toBe(0);
    expect(world.read("log")).toBe("one\ntwo\ntwo\nthree\n");
  });

  test("during a block that will not stop is hard the second time", async () => {
    const world = createCliWorld({
      [planPath()]: planDocument([
        { run: "trap '' INT TERM; touch begun; while [ ! -e go ]; do sleep 0.1; done", verify: "test -e go" },
      ]),
    });
    world.approve("IPLAN-001");
    const running = world.start(["run", "IPLAN-001"]);
    const end = ended(running);
    await blockOf(world, "step:1", "begun");
    running.kill("SIGINT");
    await new Promise((resolve) => setTimeout(resolve, 150));
    running.kill("SIGINT");
    expect((await end).code).toBe(130);
    // Why: the block still waits for this file, so the tool did not wait for the block.
    world.write("go", "");
  });
});

describe("two runs at once", () => {
  test("the second is told who holds the lock and leaves: 6; the first is not disturbed", async () => {
    const world = sleepingPlan();
    world.write(planPath("IPLAN-002"), planDocument([{ run: "touch x", verify: "test -e x" }], { id: "IPLAN-002" }));
    world.approve("IPLAN-002");
    const running = world.start(["run", "IPLAN-001"]);
    const end = ended(running);
    await blockOf(world, "step:2", "begun");
    const second = world.iplan(["run", "IPLAN-001"]);
    expect(second.code).toBe(6);
    expect(second.stderr).toContain(String(running.pid));
    expect(world.iplan(["verify", "IPLAN-001"]).code).toBe(6);
    const other = world.iplan(["run", "IPLAN-002", "--json"]);
    expect(other.code).toBe(6);
    expect(world.exists("x")).toBe(false);
    expect(world.iplan(["status"]).code).not.toBe(6);
    expect(world.iplan(["note", "IPLAN-001", "it still runs"]).code).toBe(0);
    world.write("go", "");
    expect((await end).code).toBe(0);
    expect(world.read("log")).toBe("one\ntwo\nthree\n");
    expect(world.iplan(["run", "IPLAN-002"]).code).toBe(0);
  });

  test("a block that outlived its run still holds the worktree against other plans; its own plan waits for it", async () => {
    const world = sleepingPlan();
    world.write(planPath("IPLAN-002"), planDocument([{ run: "touch x", verify: "test -e x" }], { id: "IPLAN-002" }));
    world.approve("IPLAN-002");
    const running = world.start(["run", "IPLAN-001"]);
    const pid = await blockOf(world, "step:2", "begun");
    running.kill("SIGKILL");
    await ended(running);
    const other = world.iplan(["run", "IPLAN-002"]);
    expect(other.code).toBe(6);
    expect(other.stderr).toContain(`process ${pid} holds`);
    expect(other.stderr).toContain("a block of `iplan run IPLAN-001`, which is gone");
    expect(world.exists("x")).toBe(false);
    world.write("go", "");
    await eventually(() => (isAlive(pid) ? undefined : true));
    expect(world.iplan(["run", "IPLAN-002"]).code).toBe(0);
    expect(world.iplan(["run", "IPLAN-001"]).code).toBe(0);
    expect(world.read("log")).toBe("one\ntwo\nthree\n");
  });

  test("a lock whose holder died is taken over", async () => {
    const world = sleepingPlan();
    const running = world.start(["run", "IPLAN-001"]);
    const pid = await blockOf(world, "step:2", "begun");
    running.kill("SIGKILL");
    await ended(running);
    process.kill(-pid, "SIGKILL");
    world.write("go", "");
    expect(world.iplan(["run", "IPLAN-001"]).code).toBe(0);
  });
});

describe("a document edited while its plan runs", () => {
  test("keeps the edit, and the run goes on with what was approved", async () => {
    const world = sleepingPlan();
    const running = world.start(["run", "IPLAN-001"]);
    const end = ended(running);
    await blockOf(world, "step:2", "begun");
    world.write(planPath(), world.read(planPath()).replace("echo three", "echo 3; echo three"));
    world.write("go", "");
    const result = await end;
    expect(world.read("log")).toBe("one\ntwo\nthree\n");
    const text = world.read(planPath());
    expect(text).toContain("echo 3; echo three");
    expect(text).toContain("- [x] **TASK-1.2**");
    expect(text).toContain("- [ ] **TASK-1.3**");
    expect(result.code).toBe(1);
    expect(result.stderr).toContain("edited while it ran: step 3");
    expect(world.iplan(["run", "IPLAN-001"]).code).toBe(5);
  });
});
