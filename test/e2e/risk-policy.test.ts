import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { type CliWorld, createCliWorld, dataOf, envelopeOf } from "../support/cli.ts";
import { planDocument, planPath } from "../support/plan-document.ts";

interface Judged {
  readonly unit: string;
  readonly text: string;
  readonly sha256: string;
  readonly risk: string;
}

function worldOf(run: string, policy = "", verify = "test -e never"): CliWorld {
  const world = createCliWorld({ [planPath()]: planDocument([{ run, verify }]) });
  world.write("iplan.config.yaml", `docs: docs\n${policy === "" ? "" : `policy:\n  ${policy}\n`}`);
  world.approve("IPLAN-001");
  return world;
}

function setOf(world: CliWorld): { readonly sha256: string; readonly commands: readonly Judged[] } {
  return dataOf(world.iplan(["trust", "IPLAN-001", "--json"])) as ReturnType<typeof setOf>;
}

describe("the policy judges every command of a block", () => {
  test.each<[string, string, string]>([
    ["outside: deny", "echo a | tee ../outside/a", "outside"],
    ["outside: confirm", "touch made && (cd .. && touch outside/a)", "outside"],
    ["workspace: deny", "echo $(touch made)", "workspace"],
    ["destructive: deny", "touch made; ls | xargs rm", "destructive"],
    ["publish: deny", "touch made; x=$(git push 2>&1)", "publish"],
    ["publish: confirm", "touch made; rm -rf none | cat; echo `npm publish`", "publish"],
    ["network: deny", "touch made; git push; git fetch", "network"],
    ["network: deny", "touch made; curl -s https://example.invalid/i | sh", "network"],
    ["outside: deny", "touch made; base64 -d none | bash", "outside"],
  ])("%s refuses %s", (policy, run, risk) => {
    const world = worldOf(run, policy);
    const allow = policy.startsWith("destructive") || risk === "destructive" ? [] : ["--allow=destructive"];
    const { exitCode, error } = envelopeOf(world.iplan(["run", "IPLAN-001", ...allow, "--json"]));
    expect([exitCode, error?.code]).toEqual([5, "run/not-allowed"]);
    expect(`${error?.message} ${error?.cure}`).toContain(policy.endsWith("deny") ? `: ${risk} (` : `--allow=${risk}`);
    expect(world.exists("made")).toBe(false);
    expect(world.exists("../outside/a")).toBe(false);
  });

  test("--allow opens exactly the class it names, and nothing that is denied", () => {
    const run = "echo a | tee ../outside/a; echo $(rm -rf junk)";
    const world = worldOf(run, "outside: confirm", "test -e ../outside/a");
    world.write("junk/a", "a");
    for (const allow of [[], ["--allow=destructive"], ["--allow=outside"]])
      expect(world.iplan(["run", "IPLAN-001", ...allow]).code).toBe(5);
    expect(world.exists("junk/a")).toBe(true);
    expect(world.iplan(["run", "IPLAN-001", "--allow=outside", "--allow=destructive"]).code).toBe(0);
    expect(world.exists("junk")).toBe(false);
    const denied = worldOf("rm -rf none", "destructive: deny");
    expect(denied.iplan(["run", "IPLAN-001", "--allow=destructive"]).code).toBe(5);
  });
});

test.each<[string, string]>([
  ["ls | sort", "read"],
  ["echo a | tee made", "workspace"],
  ["(cd .. && touch outside/a)", "outside"],
  ["curl -s https://example.invalid/i | sh", "network"],
  ["echo $(git push)", "publish"],
  ["alias clean='rm -rf x'; clean", "destructive"],
])("%s is %s in trust, the dry run, the explanation and the refusal", (run, risk) => {
  const world = worldOf(run);
  const [action] = setOf(world).commands;
  const planned = dataOf(world.iplan(["run", "IPLAN-001", "--dry-run", "--json"])) as {
    readonly steps: readonly { readonly commands: readonly Judged[] }[];
  };
  expect([action?.risk, planned.steps[0]?.commands[0]?.risk]).toEqual([risk, risk]);
  expect(world.iplan(["run", "IPLAN-001", "--dry-run"]).stdout).toMatch(new RegExp(`run +${risk}`));
  expect(world.iplan(["show", "IPLAN-001", "--explain"]).stdout).toContain(`risk: ${risk}`);
  if (risk === "read") return;
  const other = risk === "destructive" ? "" : "\n  destructive: deny";
  world.write("iplan.config.yaml", `docs: docs\npolicy:\n  ${risk}: deny${other}\n`);
  expect(world.iplan(["run", "IPLAN-001"]).stderr).toContain(`denied by the policy of this workspace: ${risk} (`);
});

const hidden: Readonly<Record<string, string>> = {
  "a cursor movement": "\u001B[2K\u001B[1A",
  "a direction override": "\u202E\u2066",
  "a zero-width blank": "\u200B\u2060\uFEFF",
  "a link (OSC 8)": "\u001B]8;;https://example.org\u0007x\u001B]8;;\u0007",
  backspaces: "\b\b\b",
  "a C1 control": "\u009B2K",
  "a language tag": "\u{E0072}\u{E006D}",
};

describe("nobody approves what is not shown", () => {
  test.each(Object.entries(hidden))("%s is escaped in title, step and command", (_, trick) => {
    const steps = [{ title: `Part ${trick}one`, run: `rm -rf x # ${trick}`, verify: "test ! -e x" }];
    const world = createCliWorld({ [planPath()]: planDocument(steps, { title: `Small ${trick}plan` }) });
    const calls = [
      ["trust", "IPLAN-001"],
      ["run", "IPLAN-001", "--dry-run"],
      ["run", "IPLAN-001"],
      ["show", "IPLAN-001", "--explain"],
      ["show", "IPLAN-001", "1"],
      ["next"],
    ];
    const pages = calls.map((words) => world.iplan(words));
    world.approve("IPLAN-001");
    pages.push(
      world.iplan(["run", "IPLAN-001"]),
      world.iplan(["run", `${trick}x`]),
      world.iplan(["show", `IPLAN${trick}`]),
    );
    for (const { stdout, stderr } of pages) {
      // Why: line breaks and the styles of the program's own are all that may move a terminal.
      expect(stdout + stderr).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}|[\u200B\u2060\uFEFF\u{E0000}-\u{E007F}]/u);
    }
    expect(pages[0]?.stdout).toMatch(/rm -rf x # \\/);
  });

  test("the text that is shown is the text that is hashed, to the last of a very long line", () => {
    const run = `echo ${"long ".repeat(2000)}; touch last`;
    const world = createCliWorld({ [planPath()]: planDocument([{ run, verify: "test -e last" }]) });
    const { commands } = setOf(world);
    expect(world.iplan(["trust", "IPLAN-001"]).stdout).toContain(`│ ${run}\n`);
    for (const { text, sha256 } of commands) expect(createHash("sha256").update(text).digest("hex")).toBe(sha256);
    expect(commands[0]?.text.trimEnd()).toBe(run);
  });

  test("a hidden character makes another set", () => {
    const hashes = ["", "\u200B", "\u202E"].map(
      (trick) => setOf(createCliWorld({ [planPath()]: planDocument([{ run: `ls${trick}`, verify: "true" }]) })).sha256,
    );
    expect(new Set(hashes).size).toBe(3);
  });

  test.each([
    "саt README.md",
    "ls | grеp x",
    "echo $(gіt push)",
    "ls\u200B -l",
    "ср a b",
    "sudo /bin/саt x",
  ])("%s: a foreign letter is told", (run) => {
    const world = createCliWorld({ [planPath()]: planDocument([{ run, verify: "test -e x" }]) });
    expect(envelopeOf(world.iplan(["check", "--json"])).findings.map(({ rule }) => rule)).toContain(
      "plan/foreign-character-in-command",
    );
  });

  test.each([
    "./сборка.sh",
    "сборка --all",
    "echo смотри",
    "cat файл.md",
  ])("%s: a word of another language is none", (run) => {
    const world = createCliWorld({ [planPath()]: planDocument([{ run, verify: "test -e x" }]) });
    expect(envelopeOf(world.iplan(["check", "--json"])).findings.map(({ rule }) => rule)).not.toContain(
      "plan/foreign-character-in-command",
    );
  });
});

describe("a block with a placeholder is never run", () => {
  test.each<[string, string]>([
    ["touch made\ncd [path/to/project]", "[path/to/project]"],
    ["touch made\ncurl -H 'Authorization: <your-token>' localhost", "<your-token>"],
    ["touch made\necho $(cat TASKS-NNN)", "TASKS-NNN"],
    ["touch made\nls | grep {{PROJECT_NAME}}", "{{PROJECT_NAME}}"],
  ])("%s", (run, placeholder) => {
    const world = worldOf(run);
    const line =
      world
        .read(planPath())
        .split("\n")
        .findIndex((text) => text.includes(placeholder)) + 1;
    const { code, stdout, stderr } = world.iplan(["run", "IPLAN-001"]);
    expect(code).toBe(2);
    expect(stdout + stderr).toContain(`line ${line}: ${placeholder} is a placeholder`);
    expect(world.exists("made")).toBe(false);
  });

  test("but bash that only looks like one is", () => {
    const run =
      "[ -f x ] || a=(p q); ls [a-z]* > /dev/null; echo ${a[0]} <(true) $((1<2)); cat <<EOF\n[x]\nEOF\ntouch made";
    const world = worldOf(run, "", "test -e made");
    world.write("abc", "");
    expect(world.iplan(["run", "IPLAN-001"]).code).toBe(0);
  });
});
