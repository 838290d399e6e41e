import { execFileSync, spawn } from "node:child_process";
import {
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { filesBelow } from "../support/cli.ts";
import { planDocument, planPath } from "../support/plan-document.ts";
import { callWatched, createMaliciousWorld, expectHarmless, type MaliciousWorld } from "./malicious-world.ts";
import { gitSettings, gitTrick, receipt } from "./malicious-tricks.ts";

describe("a repository that means harm, when its plan is approved and run", () => {
  test.each(Object.keys(gitSettings))("starts nothing but the plan's blocks: git: %s", { timeout: 60_000 }, (name) => {
    const world = createMaliciousWorld();
    gitTrick(gitSettings[name] as (typeof gitSettings)[string]).lay(world);
    world.approve("IPLAN-001");
    expect(world.iplan(["run", "IPLAN-001"]).code).toBe(0);
    expect(existsSync(join(world.outside, "pwned"))).toBe(false);
  });

  test.each<[string, (world: MaliciousWorld) => void]>([
    ["a link in the place of .iplan", (world) => symlinkSync(world.outside, join(world.root, ".iplan"))],
    [
      "a link in the place of the locks",
      (world) => {
        mkdirSync(join(world.root, ".iplan"));
        symlinkSync(world.outside, join(world.root, ".iplan/locks"));
      },
    ],
    ["a link in the place of the receipt", (world) => symlinkSync(join(world.outside, "r"), join(world.root, receipt))],
  ])("writes nothing through %s", (_name, lay) => {
    const world = createMaliciousWorld();
    lay(world);
    world.approve("IPLAN-001");
    expect(world.iplan(["run", "IPLAN-001"]).code).toBe(2);
    expect(filesBelow(world.outside)).toEqual([]);
  });

  test("does not write through hard links", () => {
    const world = createMaliciousWorld();
    writeFileSync(join(world.outside, "victim"), world.read(planPath()));
    rmSync(join(world.root, planPath()));
    linkSync(join(world.outside, "victim"), join(world.root, planPath()));
    linkSync(join(world.outside, "victim"), join(world.root, receipt));
    const before = readFileSync(join(world.outside, "victim"));
    world.approve("IPLAN-001");
    expect(world.iplan(["run", "IPLAN-001"]).code).toBe(0);
    expect(world.read(planPath())).toContain("[x]");
    expect(readFileSync(join(world.outside, "victim"))).toEqual(before);
  });

  test("keeps every record of a hostile id inside of .iplan", () => {
    const world = createMaliciousWorld();
    for (const id of [
      "../../outside/pwned",
      "/etc/iplan-pwned",
      "__proto__",
      "NUL.md",
      "-rf",
      `IPLAN-${"9".repeat(400)}`,
    ]) {
      world.write(planPath(), planDocument([{ run: "touch a", verify: "test -e a" }], { id }));
      const path = planPath();
      const shown = JSON.parse(world.iplan(["trust", path, "--json"]).stdout) as { data: { sha256: string } };
      expect(world.iplan(["run", path, `--trust=${shown.data.sha256}`]).code).toBe(0);
      expect(world.iplan(["note", path, "seen"]).code).toBe(0);
      expect(world.iplan(["status", path, "--json"]).stdout).toContain('"verdict": "verified"');
    }
    expect(filesBelow(world.outside)).toEqual([]);
    expect(existsSync("/etc/iplan-pwned")).toBe(false);
  });
});

describe("a plan that goes by its path, which is longer than a file name may be", () => {
  test("runs, is told apart from another such, and is remembered", () => {
    const world = createMaliciousWorld();
    const folder = `docs/${"ordner-".repeat(30)}/${"é".repeat(60)}`;
    const [one, two] = [`${folder}/one.md`, `${folder}/two.md`] as const;
    for (const path of [one, two]) {
      const text = planDocument([{ run: "touch a", verify: "test -e a" }]).replaceAll("IPLAN-001", "x");
      world.write(path, text.replace("# x: ", "# "));
    }
    const shown = JSON.parse(world.iplan(["trust", one, "--json"]).stdout) as { data: { sha256: string } };
    expect(world.iplan(["run", one, `--trust=${shown.data.sha256}`]).code).toBe(0);
    expect(world.iplan(["note", one, "seen"]).code).toBe(0);
    rmSync(join(world.root, `${one}.receipt.ndjson`), { force: true });
    expect(world.iplan(["status", one, "--json"]).stdout).toContain('"verdict": "verified"');
    expect(world.iplan(["status", two, "--json"]).stdout).not.toContain('"verdict": "verified"');
  });
});

describe("state that came with a repository decides nothing", () => {
  const forged = (world: MaliciousWorld, pid: number): void => {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    const start = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").slice(0, 8);
    const process = { pid, processStart: `${start}@${boot}` };
    const common = { v: 1, run: "01ARZ3NDEKTSV4RRFFQ69G5FAV", at: "2026-01-01T00:00:00.000Z", prev: "0".repeat(64) };
    const spool = join(world.root, ".iplan/spool");
    const events = [
      { type: "run-started", plan: "IPLAN-001", path: planPath(), planHash: "x", tool: "x", actor: { name: "x" } },
      { type: "block-started", unit: "step:1", block: "x", attempt: 1, role: "action", risk: "read", spool },
      { type: "block-running", unit: "step:1", block: "x", attempt: 1, ...process },
      { type: "leftovers", unit: "step:1", processes: [{ pid, startTime: process.processStart }] },
      { type: "verdict", unit: "step:1", kind: "step", verdict: "verified", reason: "x", subject: "x", evidence: [] },
    ];
    const text = events.map((event, index) =>
      JSON.stringify({ ...common, ...event, seq: index + 1, hash: "f".repeat(64) }),
    );
    world.write(`.iplan/runs/${common.run}.ndjson`, `${text.join("\n")}\n`);
    world.write(".iplan/spool/state", `${world.mark}\n`);
    world.write(".iplan/spool/result", "0\n");
    world.write(".iplan/state/env", `${world.mark}\n`);
    world.write(".iplan/cache/index.json", '{"verdict":"verified"}');
    const lock = { pid, startTime: process.processStart, purpose: "x", hash: "f".repeat(64) };
    for (const name of ["worktree", "plan-IPLAN-001"]) world.write(`.iplan/locks/${name}.lock`, JSON.stringify(lock));
  };

  test.skipIf(process.platform !== "linux")("and no process it names is signalled, waited for or adopted", async () => {
    const world = createMaliciousWorld();
    const victim = spawn("sleep", ["60"], { stdio: "ignore", detached: true });
    let died = false;
    victim.on("exit", () => (died = true));
    try {
      forged(world, victim.pid ?? 0);
      expectHarmless(world, {});
      expect(world.iplan(["status", "IPLAN-001", "--json"]).stdout).toContain('"verdict": "pending"');
      world.approve("IPLAN-001");
      const { code, stderr } = world.iplan(["run", "IPLAN-001"]);
      expect([code, stderr.includes("still runs")]).toEqual([0, false]);
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect([died, existsSync(join(world.outside, "pwned")), world.exists("a")]).toEqual([false, false, true]);
    } finally {
      victim.kill("SIGKILL");
    }
  });

  test("nor does a receipt choose where a verification starts", () => {
    const world = createMaliciousWorld();
    world.write(planPath(), planDocument([{ run: "touch a", verify: "touch here; test -e a" }]));
    world.approve("IPLAN-001");
    world.iplan(["run", "IPLAN-001"]);
    rmSync(join(world.root, "here"));
    rmSync(join(world.root, ".iplan"), { recursive: true });
    for (const directory of [world.outside, "../outside", "docs/../../outside"]) {
      const lines = world.read(receipt).trimEnd().split("\n");
      const moved = lines.map((line) => JSON.stringify({ ...(JSON.parse(line) as object), directory }));
      world.write(receipt, `${moved.join("\n")}\n`);
      for (const words of [
        ["verify", "IPLAN-001"],
        ["verify", "IPLAN-001", "--audit"],
      ]) {
        rmSync(join(world.root, ".iplan"), { recursive: true, force: true });
        world.iplan(words);
      }
      expect(filesBelow(world.outside)).toEqual([]);
    }
  });

  test("nor a declared file that became a device or a pipe", () => {
    const world = createMaliciousWorld();
    world.write(planPath(), smallPlanWithFile);
    world.approve("IPLAN-001");
    expect(world.iplan(["run", "IPLAN-001"]).code).toBe(0);
    rmSync(join(world.root, "a"));
    execFileSync("mkfifo", [join(world.root, "a")]);
    expect(callWatched(world, ["status"], {}, false).inTime).toBe(true);
    rmSync(join(world.root, "a"));
    symlinkSync("/dev/zero", join(world.root, "a"));
    expect(callWatched(world, ["status"], {}, false).inTime).toBe(true);
  });

  test("nor the same workspace in another place", () => {
    const world = createMaliciousWorld();
    world.approve("IPLAN-001");
    world.iplan(["run", "IPLAN-001"]);
    const moved = `${world.root}-moved`;
    renameSync(world.root, moved);
    rmSync(join(moved, receipt));
    const { stdout } = world.iplan(["status", "IPLAN-001", "--json"], { cwd: moved });
    expect(stdout).toContain('"verdict": "pending"');
    expect(world.iplan(["run", "IPLAN-001"], { cwd: moved }).code).toBe(5);
    expect(statSync(moved).isDirectory()).toBe(true);
  });
});

const smallPlanWithFile = planDocument([{ run: "echo 1 > a", verify: "test -e a" }]).replace(
  /(- \[ \] \*\*TASK-1\.1\*\*.*\n)/,
  "$1  - File: `a`\n",
);
