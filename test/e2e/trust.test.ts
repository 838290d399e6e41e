import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { program } from "../support/built.ts";
import { type CliWorld, createCliWorld, dataOf, eventually, filesBelow } from "../support/cli.ts";
import { planDocument, planPath } from "../support/plan-document.ts";

const steps = [
  { run: "touch one", verify: "test -e one" },
  { run: "touch two", verify: "test -e two" },
];

function hashOf(world: CliWorld): string {
  return (dataOf(world.iplan(["trust", "IPLAN-001", "--json"])) as { sha256: string }).sha256;
}

describe("approval", () => {
  test("is for exactly the set that was shown, and is kept outside the workspace", () => {
    const world = createCliWorld({ [planPath()]: planDocument(steps) });
    const before = filesBelow(world.root);
    const hash = hashOf(world);
    expect(world.iplan(["trust", "IPLAN-001", `--approve=${hash.replace(/^./, "x")}`]).code).toBe(5);
    expect(world.iplan(["run", "IPLAN-001"]).code).toBe(5);
    expect(world.iplan(["trust", "IPLAN-001", `--approve=sha256:${hash.toUpperCase()}`]).code).toBe(0);
    expect(filesBelow(world.root)).toEqual(before);
    expect(world.iplan(["run", "IPLAN-001"]).code).toBe(0);
  });

  test("does not move with the documents to another workspace", () => {
    const world = createCliWorld({ [planPath()]: planDocument(steps) });
    world.approve("IPLAN-001");
    world.write("elsewhere/iplan.config.yaml", "docs: docs\n");
    world.write(`elsewhere/${planPath()}`, planDocument(steps));
    expect(world.iplan(["run", "IPLAN-001", "--cwd", "elsewhere"]).code).toBe(5);
    expect(world.exists("elsewhere/one")).toBe(false);
  });

  test("is gone for a block that was edited, and only for that one", () => {
    const world = createCliWorld({ [planPath()]: planDocument(steps) });
    world.approve("IPLAN-001");
    world.write(planPath(), world.read(planPath()).replace("touch two", "touch two three"));
    const refused = world.iplan(["run", "IPLAN-001"]);
    expect(refused.code).toBe(5);
    expect(refused.stderr).toContain("1 of its commands");
    expect(refused.stderr).toContain("step:2");
    expect(world.exists("one")).toBe(false);
    expect(world.iplan(["run", "IPLAN-001", "--only", "1"]).code).toBe(0);
    expect(world.iplan(["verify", "IPLAN-001", "1"]).code).toBe(0);
  });

  test("is not needed anew for words around the blocks", () => {
    const world = createCliWorld({ [planPath()]: planDocument(steps) });
    world.approve("IPLAN-001");
    world.write(planPath(), world.read(planPath()).replace("Show that a plan runs.", "Another objective."));
    expect(world.iplan(["run", "IPLAN-001"]).code).toBe(0);
  });

  test("for one run stores nothing", () => {
    const world = createCliWorld({ [planPath()]: planDocument(steps) });
    expect(world.iplan(["run", "IPLAN-001", `--trust=${hashOf(world)}`, "--only", "1"]).code).toBe(0);
    expect(world.iplan(["run", "IPLAN-001"]).code).toBe(5);
  });

  test("covers verify as well", () => {
    const world = createCliWorld({ [planPath()]: planDocument(steps) });
    const refused = world.iplan(["verify", "IPLAN-001"]);
    expect(refused.code).toBe(5);
    expect(refused.stderr).toContain("iplan trust IPLAN-001");
  });
});

describe("an assistant", () => {
  const world = createCliWorld({ [planPath()]: planDocument([{ run: "touch one", verify: "test -e one" }]) });
  const hash = hashOf(world);

  test.each([
    "CLAUDECODE",
    "GEMINI_CLI",
    "CODEX_SANDBOX",
    "CURSOR_AGENT",
    "OPENCODE",
  ])("known by %s may neither trust, nor sign, nor name a reviewed set", (variable) => {
    const environment = { [variable]: "1" };
    for (const words of [
      ["trust", "IPLAN-001", `--approve=${hash}`],
      ["run", "IPLAN-001", `--trust=${hash}`],
      ["sign", "IPLAN-001", "1", "--reason", "looks good"],
    ]) {
      const result = world.iplan(words, { environment });
      expect(result.code).toBe(2);
      expect(result.stderr).toContain("(usage/assistant-refused)");
    }
    expect(world.iplan(["run", "IPLAN-001"], { environment }).code).toBe(5);
  });

  test("may look, and may run what a person approved, and is named in the record", () => {
    const environment = { CLAUDECODE: "1" };
    expect(world.iplan(["trust", "IPLAN-001"], { environment }).code).toBe(5);
    world.approve("IPLAN-001");
    expect(world.iplan(["run", "IPLAN-001"], { environment }).code).toBe(0);
    expect(world.read(`${planPath()}.receipt.ndjson`)).toContain('"kind":"assistant"');
    expect(world.iplan(["note", "IPLAN-001", "done"], { environment }).code).toBe(0);
  });
});

describe("what is approved is shown as it is", () => {
  test("control and direction characters never reach the terminal raw", () => {
    const hostile = "echo safe \u001B[2K\u001B[1A\u202E\u0007 # \u2066txet";
    const world = createCliWorld({ [planPath()]: planDocument([{ run: hostile, verify: "test -e x" }]) });
    for (const words of [["trust", "IPLAN-001"], ["show", "IPLAN-001", "--explain"], ["next"], ["status"], ["check"]]) {
      const result = world.iplan(words);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
      expect(result.stdout + result.stderr).not.toMatch(
        /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/,
      );
    }
    expect(world.iplan(["trust", "IPLAN-001"]).stdout).toContain("\\e[2K\\e[1A\\u{202e}\\u{7}");
  });

  test("and so is what a block prints", () => {
    const run = "printf '\\033]0;title\\007\\033[31mred\\n'; false";
    const world = createCliWorld({ [planPath()]: planDocument([{ run, verify: "test -e x" }]) });
    world.approve("IPLAN-001");
    const result = world.iplan(["run", "IPLAN-001"]);
    expect(result.code).toBe(1);
    const shown = result.stdout + result.stderr + world.iplan(["show", "IPLAN-001", "1", "--output"]).stdout;
    expect(shown).toContain("red");
    expect(shown).not.toContain("\u001B");
  });
});

const tmux = spawnSync("tmux", ["-V"]).status === 0;

describe.skipIf(!tmux)("in a real terminal (tmux)", () => {
  const world = createCliWorld({ [planPath()]: planDocument(steps) });
  const socket = join(world.home, "tmux.sock");
  const call = (...words: string[]): string => execFileSync("tmux", ["-S", socket, ...words], { encoding: "utf8" });
  // Why: a bare name may also mean a window, which is called by what runs in it just now.
  const screen = (): string => call("capture-pane", "-p", "-t", "=t:", "-S", "-200");
  const start = (name: string, command: string, more = ""): void => {
    const variables = `env -u CLAUDECODE -u GEMINI_CLI -u CODEX_SANDBOX -u CURSOR_AGENT -u OPENCODE -u NO_COLOR HOME='${world.home}' XDG_STATE_HOME='${world.home}/../state' ${more}`;
    const line = `cd '${world.root}' && ${variables} '${process.execPath}' '${program}' ${command}; echo "code=$?"; sleep 60`;
    call("new-session", "-d", "-s", name, "-x", "100", "-y", "50", line);
  };
  const until = (name: string, pattern: RegExp): Promise<string> =>
    eventually(() => {
      const text = call("capture-pane", "-p", "-t", `=${name}:`, "-S", "-200");
      return pattern.test(text) ? text : undefined;
    });

  afterAll(() => {
    spawnSync("tmux", ["-S", socket, "kill-server"]);
  });

  test("trust shows the commands and asks; anything but yes approves nothing", async () => {
    start("no", "trust IPLAN-001");
    const asked = await until("no", /Type yes:/);
    expect(asked).toContain("touch one");
    call("send-keys", "-t", "=no:", "y", "Enter");
    expect(await until("no", /code=/)).toContain("code=5");
    expect(world.iplan(["run", "IPLAN-001"]).code).toBe(5);
  });

  test("yes approves, and the run is shown step by step", async () => {
    start("t", "trust IPLAN-001");
    await until("t", /Type yes:/);
    call("send-keys", "-t", "=t:", "yes", "Enter");
    expect(await until("t", /code=/)).toContain("code=0");
    start("r", "run IPLAN-001");
    const shown = await until("r", /code=/);
    expect(shown).toMatch(/✓ Step 1: .*\n✓ Step 2: /);
    expect(shown).toContain("code=0");
    expect(screen()).toContain("Approved.");
  });

  test("an assistant is not even asked", async () => {
    world.write(planPath("IPLAN-002"), planDocument(steps, { id: "IPLAN-002" }));
    start("a", "trust IPLAN-002", "CLAUDECODE=1");
    const shown = await until("a", /code=/);
    expect(shown).toContain("code=5");
    expect(shown).not.toContain("Type yes:");
  });

  test("a destructive command is asked about on its own", async () => {
    world.write(
      planPath("IPLAN-003"),
      planDocument([{ run: "rm -rf junk", verify: "test ! -e junk" }], { id: "IPLAN-003" }),
    );
    world.write("junk/a", "a");
    world.approve("IPLAN-003");
    start("d", "run IPLAN-003");
    expect(await until("d", /Run it\? Type yes:/)).toContain("rm -rf junk");
    call("send-keys", "-t", "=d:", "no", "Enter");
    expect(await until("d", /code=/)).toContain("code=5");
    expect(world.exists("junk/a")).toBe(true);
    start("e", "run IPLAN-003");
    await until("e", /Run it\? Type yes:/);
    call("send-keys", "-t", "=e:", "yes", "Enter");
    expect(await until("e", /code=/)).toContain("code=0");
    expect(world.exists("junk")).toBe(false);
  });
});

describe("private state", () => {
  test("is readable by its owner alone", () => {
    const world = createCliWorld({ [planPath()]: planDocument(steps) });
    world.approve("IPLAN-001");
    world.iplan(["run", "IPLAN-001"]);
    const state = join(world.home, "../state/iplan");
    for (const entry of readdirSync(state, { recursive: true, withFileTypes: true, encoding: "utf8" })) {
      const mode = statSync(join(entry.parentPath, entry.name)).mode & 0o077;
      expect(`${entry.name} ${mode.toString(8)}`).toBe(`${entry.name} 0`);
    }
  });
});
