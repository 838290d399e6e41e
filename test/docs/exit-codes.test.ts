import { type ChildProcess, execFileSync } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { takeLock } from "#journal/lock";
import { exitCodesOf } from "#session/exit-codes";
import { type CliOptions, type CliWorld, createCliWorld, ended, eventually } from "../support/cli.ts";
import { createSessionWorld, root } from "../support/session-world.ts";

/** A plan of one file; each step is its annotation, action and verification. */
function planOf(
  number: number,
  ...steps: readonly (readonly [note: string, action: string, verification: string])[]
): string {
  const fence = (label: string, text: string) => (text === "" ? [] : [label, "```bash", text, "```"]);
  const parts = steps.flatMap(([note, action, verification], index) => [
    `**Step ${index + 1}: Step ${index + 1}**`,
    note,
    ...fence("", action),
    ...fence("Verification:", verification),
  ]);
  return [`# IPLAN-00${number}: Plan ${number}`, "## Execution Steps", ...parts, ""].join("\n\n");
}

const pathOf = (number: number) => `docs/IPLAN/IPLAN-00${number}_plan_20261120_10150${number}.md`;

/** A workspace in which plan 1 passes, 2 fails, 3 leaves work to people, 4 has nothing to run, 5 has a placeholder. */
function createPlans(): CliWorld {
  const good = ["", "mkdir -p build", "test -d build"] as const;
  const world = createCliWorld({
    [pathOf(1)]: planOf(1, good),
    [pathOf(2)]: planOf(2, ["", "mkdir -p build", "test -d nowhere"]),
    [pathOf(3)]: `${planOf(3, good)}Expected outcome:\n\n- It is beautiful\n`,
    [pathOf(4)]: "# IPLAN-004: Empty\n",
    [pathOf(5)]: planOf(5, ["", "cp [source] [target]", ""]),
  });
  for (const plan of ["IPLAN-001", "IPLAN-002", "IPLAN-003"]) world.approve(plan);
  return world;
}

const empty = createCliWorld();
const fresh = createPlans();
const one = createCliWorld({ [pathOf(1)]: planOf(1, ["", "mkdir -p build", "test -d build"]) });
const judged = createCliWorld({
  [pathOf(3)]: `${planOf(3, ["", "mkdir -p build", "test -d build"])}Expected outcome:\n\n- It is beautiful\n`,
});
judged.approve("IPLAN-003");
judged.iplan(["run", "IPLAN-003"]);
const failed = createCliWorld({ [pathOf(2)]: planOf(2, ["", "mkdir -p build", "test -d nowhere"]) });
failed.approve("IPLAN-002");
failed.iplan(["run", "IPLAN-002"]);
const broken = createCliWorld({
  "iplan.config.yaml": "colour: red\n",
  [pathOf(1)]: planOf(1, ["", "mkdir -p build", "test -d build"]),
});
const busy = createCliWorld({ [pathOf(1)]: planOf(1, ["", "mkdir -p build", "test -d build"]) });
busy.iplan(["next", "--take", "--as", "ada"]);
const listed = createCliWorld({ "docs/BRD/BRD-001_a.md": "# BRD-001: A\n" });
const clean = createCliWorld({ "docs/BRD/BRD-001_needs.md": "# BRD-001: Needs\n\nWords.\n" });

/** A workspace in a repository of its own, whose plans 1 and 2 were run; plan 6 leaves its work to people, plan 7 is ignored by git. */
function createRepository(): CliWorld {
  const world = createCliWorld({
    [pathOf(1)]: planOf(1, ["", "mkdir -p build", "test -d build"]),
    [pathOf(2)]: planOf(2, ["", "mkdir -p build", "test -d nowhere"]),
    [pathOf(6)]: planOf(6, ["", "", ""]),
    [pathOf(7)]: planOf(7, ["", "mkdir -p build", "test -d build"]),
    ".gitignore": `${pathOf(7)}*\n.iplan/\nbuild/\n`,
  });
  const git = (...args: readonly string[]): void => {
    execFileSync("git", args, { cwd: world.root, env: { ...process.env, HOME: world.home }, stdio: "ignore" });
  };
  git("init", "--quiet");
  git("config", "user.name", "Ann");
  git("config", "user.email", "ann@example.org");
  git("add", "--all");
  git("commit", "--quiet", "--message", "Plans");
  for (const plan of ["IPLAN-001", "IPLAN-002", "IPLAN-007"]) {
    world.approve(plan);
    world.iplan(["run", plan]);
  }
  return world;
}

const versioned = createRepository();

type Row = readonly [command: string, code: number, words: readonly string[], world: CliWorld, options?: CliOptions];

const marked = createCliWorld({ "AGENTS.md": "<!-- iplan:end -->\n" });

const rows: readonly Row[] = [
  ["", 0, [], fresh],
  ["", 2, ["--cwd", "/no/such/folder"], fresh],
  ["init", 0, ["init", "--assistants", "none"], createCliWorld()],
  ["init", 1, ["init"], marked],
  ["init", 2, ["init", "--assistants", "hal"], empty],
  ["new", 0, ["new", "iplan", "--title", "One"], empty],
  ["new", 2, ["new", "poem", "--title", "One"], empty],
  ["mcp", 0, ["mcp"], fresh],
  ["mcp", 2, ["mcp", "--port", "80"], fresh],
  ["doctor", 0, ["doctor"], fresh],
  ["doctor", 1, ["doctor"], broken],
  ["doctor", 2, ["doctor", "--plan", "IPLAN-009"], fresh],
  ["show", 0, ["show", "IPLAN-001"], fresh],
  ["show", 2, ["show", "IPLAN-001", "9"], fresh],
  ["check", 0, ["check"], clean],
  ["check", 1, ["check"], fresh],
  ["check", 2, ["check", "--format", "poem"], fresh],
  ["check", 3, ["check"], createCliWorld()],
  ["registry", 1, ["registry", "--check"], listed],
  ["registry", 0, ["registry"], listed],
  ["registry", 2, ["registry", "FOO"], listed],
  ["registry", 3, ["registry"], createCliWorld()],
  ["trace", 0, ["trace", "IPLAN-001"], fresh],
  ["trace", 2, ["trace", "IPLAN-009"], fresh],
  ["export", 0, ["export", "csv"], listed],
  ["export", 2, ["export", "xlsx"], listed],
  ["export", 3, ["export", "csv"], createCliWorld()],
  ["impact", 0, ["impact", "IPLAN-001"], fresh],
  ["impact", 2, ["impact", "IPLAN-009"], fresh],
  ["run", 0, ["run", "IPLAN-001"], fresh],
  ["run", 1, ["run", "IPLAN-002"], fresh],
  ["run", 2, ["run", "IPLAN-005"], fresh],
  ["run", 3, ["run", "IPLAN-004"], fresh],
  ["run", 4, ["run", "IPLAN-003"], fresh],
  ["run", 5, ["run", "IPLAN-001"], one],
  ["verify", 0, ["verify", "IPLAN-001"], fresh],
  ["verify", 1, ["verify", "IPLAN-002"], fresh],
  ["verify", 2, ["verify", "IPLAN-001", "9"], fresh],
  ["verify", 3, ["verify", "IPLAN-004"], fresh],
  ["verify", 4, ["verify", "IPLAN-003"], fresh],
  ["verify", 5, ["verify", "IPLAN-001"], one],
  ["next", 0, ["next"], fresh],
  ["next", 2, ["next", "IPLAN-009"], fresh],
  ["next", 3, ["next"], createCliWorld()],
  ["next", 4, ["next"], judged],
  ["next", 6, ["next"], busy],
  ["status", 0, ["status"], one],
  ["status", 1, ["status"], failed],
  ["status", 2, ["status", "IPLAN-009"], fresh],
  ["status", 3, ["status"], createCliWorld()],
  ["status", 4, ["status"], judged],
  ["hook", 0, ["hook", "stop"], fresh, { input: "{}" }],
  ["hook", 1, ["hook", "stop"], fresh],
  [
    "hook",
    2,
    ["hook", "pre-tool"],
    fresh,
    { input: JSON.stringify({ tool_name: "Bash", tool_input: { command: "rm -r .iplan" } }) },
  ],
  ["note", 0, ["note", "IPLAN-001", "Hello"], fresh],
  ["note", 2, ["note", "IPLAN-009", "Hello"], fresh],
  ["sign", 0, ["sign", "IPLAN-003", "outcome:1.1", "--reason", "It is"], judged],
  ["sign", 2, ["sign", "IPLAN-003", "outcome:1.1"], fresh],
  ["commit", 0, ["commit", "IPLAN-001"], versioned],
  ["commit", 1, ["commit", "IPLAN-002"], versioned],
  ["commit", 2, ["commit", "IPLAN-001"], one],
  ["commit", 3, ["commit", "IPLAN-007"], versioned],
  ["commit", 4, ["commit", "IPLAN-006"], versioned],
  ["trust", 0, ["trust", "IPLAN-001"], fresh],
  ["trust", 2, ["trust", "IPLAN-001", "--approve=00"], one, { environment: { CLAUDECODE: "1" } }],
  ["trust", 3, ["trust", "IPLAN-004"], fresh],
  ["trust", 5, ["trust", "IPLAN-001"], one],
];

/** Codes that take a run in progress, or one that was killed: proved further down. */
const staged: readonly (readonly [command: string, code: number])[] = [
  ["new", 6],
  ["run", 6],
  ["run", 7],
  ["run", 130],
  ["verify", 6],
  ["verify", 7],
  ["verify", 130],
  ["status", 7],
  ["commit", 6],
  ["commit", 7],
  ["commit", 130],
];

describe("the table of exit codes", () => {
  it("has a proof of each code of each command here, and no other", () => {
    const told = Object.entries(exitCodesOf).flatMap(([command, codes]) =>
      Object.keys(codes).map((code) => `${command} ${code}`),
    );
    const proved = [...rows, ...staged].map(([command, code]) => `${command} ${code}`);
    expect(proved.toSorted()).toEqual(told.toSorted());
  });

  const cases = rows.map(([command, code, words, world, options]) => ({ command, code, words, world, options }));

  it.each(cases)("iplan $command → $code", ({ code, words, world, options }) => {
    const result = world.iplan(words, options);
    expect(`${result.code} ${result.stderr}`).toBe(`${code} ${result.stderr}`);
  });
});

describe("a series of numbers that another process holds", () => {
  it("keeps new documents waiting, and ends with 6", async () => {
    const world = createSessionWorld();
    const trust = world.host.trust(root);
    const key = trust.key({ create: true }) ?? "";
    world.host.shell.alive.add(world.host.shell.self().pid);
    takeLock({ folder: trust.stateDirectory(), name: "numbers", purpose: "iplan new", key }, world.host);
    const { code, stderr } = await world.call(["new", "brd", "--title", "One"]);
    expect(code).toBe(6);
    expect(stderr).toContain("iplan new");
  });
});

describe("a run in progress", () => {
  const slow = "touch begun; sleep 60";
  const started: ChildProcess[] = [];
  afterAll(() => started.forEach((child) => child.kill("SIGKILL")));

  const start = async (world: CliWorld, words: readonly string[]): Promise<ChildProcess> => {
    const child = world.start(words);
    started.push(child);
    await eventually(() => blockProcess(world));
    // Why: the process is written down before it is told to begin.
    await eventually(() => world.exists("begun"));
    return child;
  };

  it("holds others off with 6, and ends with 130 when it is interrupted", async () => {
    const world = createCliWorld({ [pathOf(1)]: planOf(1, ["", slow, "test -d docs"]) });
    world.approve("IPLAN-001");
    const child = await start(world, ["run", "IPLAN-001"]);
    expect(world.iplan(["run", "IPLAN-001"]).code).toBe(6);
    expect(world.iplan(["verify", "IPLAN-001"]).code).toBe(6);
    initRepository(world);
    expect(world.iplan(["commit", "IPLAN-001"]).code).toBe(6);
    child.kill("SIGINT");
    expect((await ended(child)).code).toBe(130);
  });

  it("of verifications ends with 130 too", async () => {
    const world = createCliWorld({ [pathOf(1)]: planOf(1, ["", "mkdir -p build", `${slow}\ntest -d build`]) });
    world.approve("IPLAN-001");
    const child = await start(world, ["verify", "IPLAN-001"]);
    child.kill("SIGINT");
    expect((await ended(child)).code).toBe(130);
  });

  it("that was killed in a block marked unsafe wants a decision: 7", async () => {
    const world = createCliWorld({
      [pathOf(1)]: planOf(1, ["<!-- iplan: unsafe -->", slow, ""], ["", "mkdir -p build", "test -d docs"]),
    });
    world.approve("IPLAN-001");
    const child = await start(world, ["run", "IPLAN-001"]);
    child.kill("SIGKILL");
    await ended(child);
    endGroup(blockProcess(world) ?? 0);
    expect(world.iplan(["status"]).code).toBe(7);
    expect(world.iplan(["run", "IPLAN-001"]).code).toBe(7);
    expect(world.iplan(["verify", "IPLAN-001"]).code).toBe(7);
    initRepository(world);
    expect(world.iplan(["commit", "IPLAN-001"]).code).toBe(7);
  });

  it("of a hook ends with 130, and nothing is committed", async () => {
    const hook = join(versioned.root, ".git/hooks/pre-commit");
    writeFileSync(hook, "#!/bin/sh\ntouch hooked\nexec sleep 5\n", { mode: 0o755 });
    writeFileSync(join(versioned.root, pathOf(1)), `${versioned.read(pathOf(1))}\nMore.\n`);
    const child = versioned.start(["commit", "IPLAN-001"]);
    started.push(child);
    await eventually(() => versioned.exists("hooked") || undefined);
    child.kill("SIGINT");
    expect((await ended(child)).code).toBe(130);
    expect(versioned.iplan(["commit", "IPLAN-001", "--dry-run"]).stdout).toContain("the plan");
  });
});

function initRepository({ root }: CliWorld): void {
  execFileSync("git", ["init", "--quiet"], { cwd: root });
}

/** Kills a block with all it started; one that went with its program is gone already, which is as good. */
function endGroup(pid: number): void {
  expect(pid).toBeGreaterThan(1);
  try {
    process.kill(-pid, "SIGKILL");
  } catch (error) {
    expect((error as NodeJS.ErrnoException).code).toBe("ESRCH");
  }
}

/** The process of the block that runs now, by the journal. */
function blockProcess(world: CliWorld): number | undefined {
  if (!world.exists(".iplan/runs")) return undefined;
  const folder = join(world.root, ".iplan/runs");
  const text = readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .join("");
  const found = /"type":"block-running".*?"pid":(\d+)/.exec(text)?.[1];
  return found === undefined ? undefined : Number(found);
}
