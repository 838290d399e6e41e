import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { program } from "../support/built.ts";
import { createCliWorld, dataOf, envelopeOf } from "../support/cli.ts";
import { planDocument, planPath } from "../support/plan-document.ts";

const good = planDocument([{ run: "mkdir -p build", verify: "test -d build" }]);
const escape = "\u001B[";

describe("a command line that means nothing", () => {
  const world = createCliWorld({ [planPath()]: good });
  test.each<[string, string[], string]>([
    ["an unknown command", ["stauts"], "Did you mean iplan status?"],
    ["an unknown option", ["run", "IPLAN-001", "--fast"], "See `iplan run --help`."],
    ["a mistyped option", ["check", "--scroe"], "Did you mean --score?"],
    ["an option without its value", ["run", "IPLAN-001", "--from"], "run --help"],
    ["an argument too many", ["status", "IPLAN-001", "IPLAN-002"], "status --help"],
    ["a missing argument", ["run"], "run --help"],
    ["no yes on run", ["run", "IPLAN-001", "--yes"], "run --help"],
    ["a bare trust on run", ["run", "IPLAN-001", "--trust"], "run --help"],
    ["a timeout that is no time", ["run", "IPLAN-001", "--timeout", "soon"], "--timeout takes a duration"],
    ["a risk that is none", ["run", "IPLAN-001", "--allow", "everything"], "Risks are read"],
    ["a format that is none", ["check", "--format", "csv"], "There is no format csv"],
    ["a number that is none", ["next", "--max-tokens", "many"], "--max-tokens"],
    ["a warning limit that is none", ["check", "--max-warnings", "-1"], "--max-warnings"],
    ["a step that is not there", ["run", "IPLAN-001", "--only", "9"], "9"],
    ["a step that is not there for show", ["show", "IPLAN-001", "9"], "Its steps are 1."],
    ["a type that cannot be made", ["new", "poem", "--title", "x"], "iplan new iplan"],
    ["a plan without a title", ["new", "iplan"], "--title"],
    ["a note of no known kind", ["note", "IPLAN-001", "x", "--kind", "rumour"], "deviation, decision"],
    ["a note on no unit", ["note", "IPLAN-001", "x", "--unit", "9"], "has no unit 9"],
    ["an empty note", ["note", "IPLAN-001", " "], "no text"],
    ["a signature without a reason", ["sign", "IPLAN-001", "1"], "needs a reason"],
    ["a directory that is not there", ["status", "--cwd", "/nowhere/at/all"], "/nowhere/at/all is not a directory."],
    ["a directory that is a file", ["status", "--cwd", "iplan.config.yaml"], "is not a directory."],
    ["two forms of output at once", ["run", "IPLAN-001", "--events", "--json"], "--events"],
  ])("%s exits with 2, says so and does nothing", (_name, words, cure) => {
    const result = world.iplan(words);
    expect(result.code).toBe(2);
    expect(result.stderr).toMatch(/^iplan: .+\n/);
    expect(result.stderr).toContain(cure);
    expect(result.stderr).not.toContain(escape);
    if (!words.includes("--json")) expect(result.stdout).toBe("");
    expect(world.exists(".iplan")).toBe(false);
  });
});

describe("--json", () => {
  const world = createCliWorld({ [planPath()]: good });
  const shape = { schema: "iplan/1", findings: expect.any(Array) };

  test.each<[string, string[], number, string]>([
    ["", ["--json"], 0, "overview"],
    ["show", ["show", "IPLAN-001", "--json"], 0, "show"],
    ["check", ["check", "--json"], 0, "check"],
    ["check --format json", ["check", "--format", "json"], 0, "check"],
    ["status", ["status", "--json"], 0, "status"],
    ["next", ["next", "--json"], 0, "next"],
    ["doctor", ["doctor", "--json"], 0, "doctor"],
    ["trust", ["trust", "IPLAN-001", "--json"], 5, "trust"],
    ["run --dry-run", ["run", "IPLAN-001", "--dry-run", "--json"], 5, "dry-run"],
  ])("prints one document for %s", (_name, words, code, kind) => {
    const result = world.iplan(words);
    expect(result.code).toBe(code);
    expect(envelopeOf(result)).toMatchObject({ ...shape, kind, ok: code === 0, exitCode: code });
  });

  test.each<[string, string[], number, string]>([
    ["of an unknown option", ["run", "IPLAN-001", "--fast", "--json"], 2, "usage/arguments"],
    ["of a missing plan", ["run", "IPLAN-404", "--json"], 2, "usage/no-such-plan"],
    ["of missing approval", ["run", "IPLAN-001", "--json"], 5, "run/not-approved"],
    ["of a missing directory", ["status", "--json", "--cwd", "/nowhere"], 2, "usage/arguments"],
    ["of an unknown command", ["stauts", "--json"], 2, "usage/arguments"],
    ["of nothing to check", ["check", "docs/../build", "--json"], 3, "usage/nothing-to-check"],
  ])("prints one document %s too", (_name, words, code, error) => {
    const result = world.iplan(words);
    expect(result.code).toBe(code);
    expect(envelopeOf(result)).toMatchObject({ ...shape, ok: false, exitCode: code, data: {}, error: { code: error } });
  });

  test("a run prints one document, and progress stays on the other stream", () => {
    const own = createCliWorld({ [planPath()]: good });
    own.approve("IPLAN-001");
    const result = own.iplan(["run", "IPLAN-001", "--json"]);
    expect(envelopeOf(result)).toMatchObject({
      kind: "run",
      ok: true,
      data: {
        plan: "IPLAN-001",
        run: expect.stringMatching(/^IPLAN-001\.[0-9A-HJKMNP-TV-Z]{26}$/),
        verdict: "verified",
        counts: { verified: 2 },
        steps: [{ number: "1", verdict: "verified", attempts: 1, durationMs: expect.any(Number) }],
      },
    });
    expect(envelopeOf(own.iplan(["verify", "IPLAN-001", "--json"]))).toMatchObject({ kind: "verify", exitCode: 0 });
    expect(envelopeOf(own.iplan(["note", "IPLAN-001", "x", "--json"]))).toMatchObject({ kind: "note", exitCode: 0 });
    const output = dataOf(own.iplan(["show", "IPLAN-001", "1", "--output", "--json"]));
    expect(output).toMatchObject({
      plan: "IPLAN-001",
      step: "1",
      outputs: [{ role: "action" }, { role: "verification" }],
    });
  });
});

describe("--events", () => {
  test("prints the journal's events as lines of JSON while they happen, and nothing else", () => {
    const world = createCliWorld({ [planPath()]: good });
    world.approve("IPLAN-001");
    const result = world.iplan(["run", "IPLAN-001", "--events"]);
    expect(result.code).toBe(0);
    const events = result.stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { type: string; seq: number; v: number });
    expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => events[0]!.seq + index));
    const types = events.map((event) => event.type);
    expect(types[0]).toBe("run-started");
    expect(types.at(-1)).toBe("run-ended");
    expect(types).toContain("block-started");
    expect(types).toContain("verdict");
    const journal = world.read(`.iplan/runs/${(events[0] as unknown as { run: string }).run}.ndjson`);
    expect(journal).toBe(result.stdout);
  });

  test("a refusal prints no event", () => {
    const world = createCliWorld({ [planPath()]: good });
    const result = world.iplan(["run", "IPLAN-001", "--events"]);
    expect(result.code).toBe(5);
    expect(result.stdout).toBe("");
  });
});

describe("colour", () => {
  const world = createCliWorld({ [planPath()]: good });
  const colours = (environment: Record<string, string>) =>
    world.iplan(["status"], { environment }).stdout.includes(escape);

  test("is off where no terminal is", () => expect(colours({})).toBe(false));
  test("is forced by FORCE_COLOR", () => expect(colours({ FORCE_COLOR: "1" })).toBe(true));
  test("is not forced by FORCE_COLOR=0", () => expect(colours({ FORCE_COLOR: "0" })).toBe(false));
  test("is off under NO_COLOR, whatever FORCE_COLOR says", () =>
    expect(colours({ FORCE_COLOR: "1", NO_COLOR: "1" })).toBe(false));
  test("never reaches a JSON document", () => {
    const result = world.iplan(["status", "--json"], { environment: { FORCE_COLOR: "1" } });
    expect(result.stdout).not.toContain(escape);
  });
});

describe("pipes", () => {
  const step = { run: "seq 1 20000", verify: "test 1 -eq 1" };
  const steps = Array.from({ length: 300 }, (_, index) => ({ ...step, title: `Part ${index} ${"x".repeat(60)}` }));
  const world = createCliWorld({ [planPath()]: planDocument(steps) });
  const shell = (line: string) =>
    execFileSync("bash", ["-c", `set -o pipefail; ${line}; echo "codes \${PIPESTATUS[*]}"`], {
      cwd: world.root,
      encoding: "utf8",
      env: { ...process.env, HOME: world.home, XDG_STATE_HOME: join(world.home, "state") },
    });

  test("that close early are no error", () => {
    const text = shell(`'${process.execPath}' '${program}' show IPLAN-001 --json 2>&1 | head -n 3`);
    expect(text.split("\n")).toHaveLength(5);
    expect(text).toContain("codes 0 0");
    expect(text).not.toContain("EPIPE");
  });

  test("get everything of a long document", () => {
    const { stdout } = world.iplan(["show", "IPLAN-001", "--json"]);
    expect(stdout.length).toBeGreaterThan(300_000);
    expect((JSON.parse(stdout) as { data: { plan: { steps: unknown[] } } }).data.plan.steps).toHaveLength(300);
  });
});

describe.skipIf(!existsSync("/dev/full"))("an output on a full disk", () => {
  const world = createCliWorld({ [planPath()]: good });
  const shell = (line: string): string[] => {
    const script = `iplan() { '${process.execPath}' '${program}' "$@"; }; ${line}; echo "code $?"`;
    const options = { cwd: world.root, env: world.environment, encoding: "utf8" } as const;
    return execFileSync("bash", ["-c", script], options).trimEnd().split("\n");
  };

  test.each([
    "check",
    "check --json",
    "status",
    "show IPLAN-404 --json",
    "--help",
    "--version",
  ])("for the result of %s ends with 2 and says so in plain words", (words) => {
    expect(shell(`iplan ${words} 2>&1 >/dev/full`)).toEqual([
      "iplan: What iplan prints cannot be written to standard output (ENOSPC).",
      "Make room on the disk, or send standard output elsewhere.",
      "(host/not-writable)",
      "code 2",
    ]);
  });

  test("for both ends with 2", () => expect(shell("iplan check >/dev/full 2>/dev/full")).toEqual(["code 2"]));

  test("for progress and errors changes no exit code and ends no run", () => {
    expect(shell("iplan check nothere 2>/dev/full")).toEqual(["code 3"]);
    const two = [1, 2].map((name) => ({ run: `touch ${name}`, verify: `test -e ${name}` }));
    world.write(planPath(), planDocument(two));
    world.approve("IPLAN-001");
    expect(shell("iplan run IPLAN-001 2>/dev/full").at(-1)).toBe("code 0");
    expect([world.exists("1"), world.exists("2")]).toEqual([true, true]);
  });
});

describe("--cwd", () => {
  const world = createCliWorld({ [planPath()]: good });

  test("works in another directory, and a folder below the workspace is in it", () => {
    for (const cwd of [world.root, join(world.root, "docs/IPLAN")])
      expect(world.iplan(["status", "--cwd", cwd], { cwd: world.outside }).stdout).toContain("IPLAN-001");
  });

  test("paths are named from where one stands", () => {
    const name = planPath().split("/").at(-1) ?? "";
    expect(world.iplan(["show", name], { cwd: join(world.root, "docs/IPLAN") }).code).toBe(0);
    expect(world.iplan(["show", planPath()], { cwd: join(world.root, "docs/IPLAN") }).code).toBe(0);
  });
});

describe("help", () => {
  const world = createCliWorld();
  const commands = ["new", "show", "check", "run", "verify", "next", "status", "note", "sign", "trust", "doctor"];

  test("names every command there is now, and none that is not", () => {
    const { code, stdout } = world.iplan(["--help"]);
    expect(code).toBe(0);
    for (const command of commands) expect(stdout).toMatch(new RegExp(`^  ${command}\\b`, "m"));
  });

  test.each(commands)("%s has a page with examples", (command) => {
    const { code, stdout } = world.iplan([command, "--help"]);
    expect(code).toBe(0);
    expect(stdout).toContain(`iplan ${command}`);
    expect(stdout).toMatch(/examples\n {2}iplan /);
  });

  test("--version prints the version", () => {
    expect(world.iplan(["--version"]).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
