import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { program } from "../support/built.ts";
import { type CliWorld, ended, eventually } from "../support/cli.ts";
import { eventsOf, lockText, rewriteJournal } from "../support/journal-file.ts";
import { planDocument, planPath } from "../support/plan-document.ts";
import { runPlanOf, trustOf, worldOf } from "../support/plan-run.ts";
import { isAlive } from "../support/processes.ts";

const started: ChildProcess[] = [];
afterAll(() => started.forEach((child) => child.kill("SIGKILL")));

/** A process that has nothing to do with any run. */
function bystander(): number {
  const child = spawn("sleep", ["300"], { stdio: "ignore", detached: true });
  started.push(child);
  return child.pid ?? 0;
}

/** The bystander as a process of another boot with the same pid and start time would have been written down. */
function beforeBoot(pid: number): { readonly pid: number; readonly startTime: string } {
  const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
  return { pid, startTime: `${stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]}@0ld0ld00` };
}

/** Runs the plan until the block of its second step has begun, and kills everything there is of the run. */
async function killed(world: CliWorld): Promise<void> {
  const tool = world.start(["run", "IPLAN-001", trustOf(world)]);
  const end = ended(tool);
  await eventually(() => (world.exists("begun") ? true : undefined));
  tool.kill("SIGKILL");
  const [keeper = 0, block = 0] = world.read("pids").split(" ").map(Number);
  for (const pid of [keeper, -block]) process.kill(pid, "SIGKILL");
  await end;
}

describe("a reboot between steps", () => {
  test("leaves pids that are believed nowhere: nothing is adopted, signalled or waited for, and the state goes on", async () => {
    const world = worldOf({
      steps: [
        { run: "kept=yes; echo one >> log", verify: "test -s log" },
        { run: "echo $$ $BASHPID > pids; echo two >> log; touch begun; [ -e go ] || sleep 300", verify: "test -e go" },
        { verify: 'test "$kept" = yes' },
      ],
    });
    await killed(world);
    const before = beforeBoot(bystander());
    const { pid, startTime } = before;
    rewriteJournal(world, (event) => {
      if (event.type !== "block-running" || event.unit !== "step:2") return [event];
      const left = { type: "leftover", unit: "step:1", processes: [before], action: "listed" } as const;
      return [{ ...event, pid, processStart: startTime }, left];
    });
    for (const name of ["worktree", "plan-IPLAN-001"])
      world.write(`.iplan/locks/${name}.lock`, lockText(world, before));
    world.write("go", "");
    const ran = runPlanOf(world);
    expect(ran.steps.map(({ verdict }) => verdict)).toEqual(["verified", "verified", "verified"]);
    expect(ran.stderr).not.toContain("still runs");
    expect(isAlive(pid)).toBe(true);
  });
});

describe("iplan run of itself, inside a step,", () => {
  const iplan = `"${process.execPath}" "${program}"`;

  test("is refused by the locks its own run holds, and the run goes on; reading commands work", () => {
    const run = [
      "set +e",
      `env -u CI ${iplan} run IPLAN-001 2> first; echo $? > codes`,
      `${iplan} run IPLAN-002 2> second; echo $? >> codes`,
      `${iplan} verify IPLAN-001 2> third; echo $? >> codes`,
      `${iplan} status > page; echo $? >> codes`,
      `${iplan} show IPLAN-001 1 > /dev/null; echo $? >> codes`,
    ].join("\n");
    const world = worldOf({
      steps: [{ run, verify: "test \"$(tr '\\n' ' ' < codes)\" = '6 6 6 0 0 '" }, { verify: "test -s page" }],
      files: { [planPath("IPLAN-002")]: planDocument([{ run: "true" }], { id: "IPLAN-002" }) },
    });
    world.approve("IPLAN-001");
    world.approve("IPLAN-002");
    const ran = runPlanOf(world);
    expect(ran.steps.map(({ verdict, reason }) => `${verdict} ${reason}`)).toEqual([
      expect.stringMatching(/^verified/),
      expect.stringMatching(/^verified/),
    ]);
    expect(world.read("page")).toContain("next: Step 1");
    for (const name of ["first", "second"]) expect(world.read(name)).toMatch(/process \d+ holds .*lock/);
    expect(eventsOf(world).filter((event) => event.type === "run-started")).toHaveLength(1);
  });
});

describe("an old bash", () => {
  test("and no other on PATH: doctor and run end with 2 and say the cure", () => {
    const world = worldOf({ steps: [{ run: "touch ran", verify: "test -e ran" }] });
    world.approve("IPLAN-001");
    const folder = join(world.outside, "bin");
    mkdirSync(folder);
    writeFileSync(join(folder, "bash"), "#!/bin/sh\nprintf 'v 3.2.57(1)-release\\0'\n");
    chmodSync(join(folder, "bash"), 0o755);
    const options = { environment: { PATH: folder } };
    const ran = world.iplan(["run", "IPLAN-001"], options);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toMatch(/bash is version 3\.2\.57.*\n.*Install bash 5 or later/);
    const doctor = world.iplan(["doctor"], options);
    expect(doctor.code).toBe(2);
    expect(doctor.stdout).toMatch(/✗ +bash +.*bash is version 3\.2\.57/);
    expect(doctor.stdout).toMatch(/bash: Install bash 5 or later/);
    expect(world.iplan(["run", "IPLAN-001"], { environment: { PATH: "" } }).stderr).toMatch(/No bash on PATH/);
    expect(world.exists("ran")).toBe(false);
    const beside = { environment: { PATH: `${folder}:${process.env["PATH"] ?? ""}` } };
    expect(world.iplan(["run", "IPLAN-001"], beside).code).toBe(0);
  });
});
