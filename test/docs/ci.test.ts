import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { program } from "../support/built.ts";
import { type CliWorld, createCliWorld, dataOf } from "../support/cli.ts";
import { repository } from "../support/page-reader.ts";
import { planDocument, planPath } from "../support/plan-document.ts";

interface Step {
  readonly name?: string;
  readonly run?: string;
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface Workflow {
  readonly jobs: {
    readonly plans: { readonly env: Readonly<Record<string, string>>; readonly steps: readonly Step[] };
  };
}

const page = readFileSync(join(repository, "docs/guide/ci.md"), "utf8");
const { plans } = (parse(/```yaml\n([^]*?)\n```\n\n- /.exec(page)?.[1] ?? "") as Workflow).jobs;

/** What stands for the expressions of the workflow here. */
const expressions: Readonly<Record<string, string>> = {
  "github.base_ref": "main",
  "github.token": "secret",
  "github.event.number": "7",
};

function filled(text: string, world: CliWorld): string {
  return text.replace(/\$\{\{ ([^}]+) \}\}/g, (_all, name: string) => {
    if (name === "vars.IPLAN_001_SHA256")
      return (dataOf(world.iplan(["trust", "IPLAN-001", "--json"])) as { sha256: string }).sha256;
    const value = expressions[name];
    if (value === undefined) throw new Error(`nothing stands for ${name}`);
    return value;
  });
}

/** A clone of a repository with a plan that is done, `iplan` on PATH, and a `gh` that keeps what it is given. */
function createPipeline(): CliWorld {
  const world = createCliWorld({
    [planPath()]: planDocument([{ title: "Make", run: "touch a.txt", verify: "test -e a.txt" }]),
    "bin/gh": `#!/bin/sh\nprintf '%s\\n' "$*" > commented; cp "$7" comment.md\n`,
    ".gitignore": "bin/\n.iplan/\n",
  });
  chmodSync(join(world.root, "bin/gh"), 0o755);
  symlinkSync(program, join(world.root, "bin/iplan"));
  world.approve("IPLAN-001");
  world.iplan(["run", "IPLAN-001"]);
  world.iplan(["registry"]);
  const git = (...args: readonly string[]) => execFileSync("git", args, { cwd: world.root, stdio: "ignore" });
  git("init", "--quiet", "--initial-branch=main");
  git("add", "--all");
  git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "--quiet", "--message", "All");
  git("update-ref", "refs/remotes/origin/main", "HEAD");
  mkdirSync(join(world.root, ".iplan"), { recursive: true });
  return world;
}

/** Does what the workflow does, and gives each step's exit code by its name. */
function runWorkflow(world: CliWorld): Readonly<Record<string, number | null>> {
  const environment = { ...process.env, PATH: `${join(world.root, "bin")}:${process.env["PATH"]}`, HOME: world.home };
  const summary = join(world.home, "summary");
  const codes: Record<string, number | null> = {};
  for (const step of plans.steps) {
    if (step.run === undefined || step.name === "Install") continue;
    const own = { ...plans.env, ...step.env };
    const env = Object.fromEntries(Object.entries(own).map(([name, text]) => [name, filled(text, world)]));
    const state = { XDG_STATE_HOME: join(world.home, "runner"), GITHUB_STEP_SUMMARY: summary };
    const { status } = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", step.run], {
      cwd: world.root,
      env: { ...environment, ...state, ...env },
      stdio: "ignore",
    });
    codes[step.name ?? ""] = status;
  }
  return codes;
}

describe("the workflow of the page on pipelines", () => {
  it("tries every step, whatever the ones before it said", () => {
    const steps = plans.steps.filter((step) => step.run !== undefined && step.name !== "Install");
    expect(steps.map(({ name }) => name)).toEqual(["New findings", "Registry documents", "Audit", "Verify", "Summary"]);
    expect(steps.every((step) => step.if === "${{ !cancelled() }}")).toBe(true);
  });

  it("passes where all is well, and comments", () => {
    const world = createPipeline();
    expect(runWorkflow(world)).toEqual({ "New findings": 0, "Registry documents": 0, Verify: 0, Audit: 0, Summary: 0 });
    expect(world.read("commented")).toBe("pr comment 7 --edit-last --create-if-none --body-file summary.md\n");
    expect(world.read("comment.md")).toContain("IPLAN-001");
  });

  it("fails with a reason where something is not true any more, and comments that too", () => {
    const world = createPipeline();
    execFileSync("rm", [join(world.root, "a.txt")]);
    const text = world.read(planPath()).replace("## Objective", "## Aims\n\n@req: REQ-404\n\n## Objective");
    writeFileSync(join(world.root, planPath()), text);
    const codes = runWorkflow(world);
    expect(codes).toMatchObject({ "New findings": 1, Verify: 1, Audit: 1, Summary: 0 });
    expect(world.read("comment.md")).toContain("test -e a.txt: exited with status 1");
    expect(existsSync(join(world.home, "summary"))).toBe(true);
  });

  it("fails where a command was changed that nobody reviewed", () => {
    const world = createPipeline();
    const reviewed = (dataOf(world.iplan(["trust", "IPLAN-001", "--json"])) as { sha256: string }).sha256;
    writeFileSync(join(world.root, planPath()), world.read(planPath()).replace("test -e a.txt", "test -e b.txt"));
    const { code, stderr } = world.iplan(["verify", "IPLAN-001", `--trust=${reviewed}`]);
    expect(code).toBe(5);
    expect(stderr).toContain("run/not-approved");
  });
});
