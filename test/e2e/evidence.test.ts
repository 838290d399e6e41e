import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createCliWorld, dataOf } from "../support/cli.ts";
import { planDocument, planPath } from "../support/plan-document.ts";

interface Shown {
  readonly attempt: number;
  readonly files: { readonly before: Record<string, string>; readonly after: Record<string, string> };
  readonly outputs: readonly Record<string, unknown>[];
}

const digestOf = (text: string): string => `sha256:${createHash("sha256").update(text).digest("hex")}`;

describe("the evidence of an attempt", () => {
  const action =
    'echo "$FLAVOUR" > made.txt\nfor name in ${LIST[@]}; do cat <<END\n$HOME\nEND\ndone\nmkdir -p sub && cd sub';
  const world = createCliWorld({
    [planPath()]: planDocument([
      { run: action, verify: 'test -s ../made.txt && test -n "$FLAVOUR"' },
      { run: "kill -KILL $BASHPID", verify: "test -d docs" },
    ]),
    "made.txt": "before\n",
  });
  const git = (...words: string[]): string =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@t", ...words], { cwd: world.root, encoding: "utf8" });
  git("init", "-q");
  git("add", ".");
  git("commit", "-qm", "x");
  const head = git("rev-parse", "HEAD").trim();
  world.approve("IPLAN-001");
  world.iplan(["run", "IPLAN-001"], { environment: { FLAVOUR: "mint" } });
  const shown = dataOf(world.iplan(["show", "IPLAN-001", "1", "--output", "--json"])) as Shown;
  const [done, asked] = shown.outputs;

  it("says what ran: text and hash, the variables it read by name, with what", () => {
    expect(done).toMatchObject({
      role: "action",
      command: `${action}\n`,
      block: digestOf(`${action}\n`),
      variables: ["FLAVOUR", "HOME", "LIST"],
      tools: { bash: expect.stringMatching(/^5\./) },
    });
    expect(JSON.stringify(done)).not.toContain("mint");
    expect(asked).toMatchObject({
      role: "verification",
      variables: ["FLAVOUR"],
      commands: [{ text: 'test -s ../made.txt && test -n "$FLAVOUR"', exit: { status: 0 } }],
    });
  });

  it("says how it ended, when, how long and where", () => {
    expect(done).toMatchObject({ exit: { status: 0 }, directory: "sub", durationMs: expect.any(Number) });
    expect(done?.["startedAt"]).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
  });

  it("says who ran it with which iplan, of which plan, at which commit, and whether the tree was clean", () => {
    const { version } = JSON.parse(execFileSync("cat", ["package.json"], { encoding: "utf8" })) as { version: string };
    expect(done?.["setting"]).toEqual({
      actor: { kind: "unattended", name: expect.any(String) },
      tool: version,
      planHash: expect.stringMatching(/^sha256:/),
      commit: head,
      dirty: false,
    });
  });

  it("has the declared files before and after, by digest", () => {
    expect(shown.files).toEqual({
      before: { "made.txt": digestOf("before\n") },
      after: { "made.txt": digestOf("mint\n") },
    });
  });

  it("names a signal, and the setting of a later stretch of work is its own", () => {
    world.iplan(["run", "IPLAN-001"]);
    const second = dataOf(world.iplan(["show", "IPLAN-001", "2", "--output", "--json"])) as Shown;
    const latest = second.outputs.find((output) => output["attempt"] === 2);
    expect(latest).toMatchObject({ role: "action", setting: { commit: head, dirty: true } });
    expect([latest?.["exit"], second.attempt]).toEqual([{ signal: "SIGKILL" }, 2]);
    const redone = world.iplan(["run", "IPLAN-001", "--redo", "1"], { environment: { FLAVOUR: "lime" } });
    expect(redone.stdout).toContain("steps:");
    const again = dataOf(world.iplan(["show", "IPLAN-001", "1", "--output", "--json"])) as Shown;
    expect(again).toMatchObject({ attempt: 2, files: { before: { "made.txt": digestOf("mint\n") } } });
  });

  it("names its output by digest and size", () => {
    const said = createCliWorld({ [planPath()]: planDocument([{ run: "echo hello", verify: "test -d docs" }]) });
    said.approve("IPLAN-001");
    said.iplan(["run", "IPLAN-001"]);
    const { outputs } = dataOf(said.iplan(["show", "IPLAN-001", "1", "--output", "--json"])) as Shown;
    expect(outputs[0]).toMatchObject({ output: { digest: digestOf("hello\n"), bytes: 6 }, text: "hello\n" });
  });
});
