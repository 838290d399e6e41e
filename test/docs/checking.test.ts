import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { type CliWorld, createCliWorld } from "../support/cli.ts";
import { program } from "../support/built.ts";

const page = readFileSync("docs/guide/checking.md", "utf8");
const clean = "# BRD-001: Greeting\n\nText.\n";
const broken = "# BRD-001: Greeting\n\n```bash\nls\n";

function fence(language: string, word: string): string {
  const fences = [...page.matchAll(/^```(\w+)\n([^]*?)^```$/gm)];
  return fences.find((match) => match[1] === language && (match[2] ?? "").includes(word))?.[2] ?? "";
}

interface Shell {
  readonly world: CliWorld;
  run(
    script: string,
    environment?: Readonly<Record<string, string>>,
  ): { readonly status: number | null; readonly text: string };
}

/** A repository in which the program is installed as a package would be. */
function repository(): Shell {
  const world = createCliWorld({ "docs/BRD/BRD-001_greeting.md": clean, ".gitignore": "node_modules\n" });
  mkdirSync(join(world.root, "node_modules/.bin"), { recursive: true });
  chmodSync(program, 0o755);
  symlinkSync(program, join(world.root, "node_modules/.bin/iplan"));
  const run: Shell["run"] = (script, environment = {}) => {
    const env = { PATH: process.env["PATH"] ?? "", HOME: world.home, npm_config_offline: "true", ...environment };
    const result = spawnSync("bash", ["-c", script], { cwd: world.root, encoding: "utf8", env });
    return { status: result.status, text: `${result.stdout}${result.stderr}` };
  };
  execFileSync("git", ["init", "-q", "-b", "main"], { cwd: world.root });
  run("git config user.name P; git config user.email p@example.org; git add -A; git commit -qm first");
  return { world, run };
}

describe("the page on checking", () => {
  test("has a pre-commit hook that stops a commit with a new error and lets others pass", () => {
    const { world, run } = repository();
    expect(run(fence("bash", ".git/hooks/pre-commit")).status).toBe(0);
    world.write("docs/BRD/BRD-001_greeting.md", broken);
    const stopped = run("git commit -qam broken");
    expect(stopped.text).toContain("document/unclosed-fence");
    expect(stopped.status).not.toBe(0);
    world.write("docs/BRD/BRD-001_greeting.md", clean.replace("Text", "Other text"));
    expect(run("git commit -qam fine && git log --format=%s").text).toContain("fine");
  });

  test("has a pre-commit hook that works for the first commit, too: everything is new", () => {
    const { world, run } = repository();
    run("rm -rf .git && git init -q -b main && git config user.name P && git config user.email p@example.org");
    run(fence("bash", ".git/hooks/pre-commit"));
    world.write("docs/BRD/BRD-001_greeting.md", broken);
    const stopped = run("git add -A && git commit -qm first");
    expect(stopped.text).toContain("document/unclosed-fence");
    expect(stopped.status).not.toBe(0);
    world.write("docs/BRD/BRD-001_greeting.md", clean);
    expect(run("git add -A && git commit -qm first && git log --format=%s").text).toContain("first");
  });

  test("has a CI workflow whose steps annotate a pull request and fail it", () => {
    const { world, run } = repository();
    run("git update-ref refs/remotes/origin/main HEAD");
    world.write("docs/BRD/BRD-001_greeting.md", broken);
    const workflow = parse(fence("yaml", "pull_request")) as {
      jobs: { check: { steps: { run?: string }[] } };
    };
    const steps = workflow.jobs.check.steps.flatMap((step) => step.run ?? []).filter((line) => line.includes("iplan"));
    const summary = join(world.outside, "summary.md");
    const results = steps.map((step) => run(step, { GITHUB_BASE_REF: "main", GITHUB_STEP_SUMMARY: summary }));
    expect(results.map((result) => result.status)).toEqual([1, 1]);
    expect(readFileSync(summary, "utf8")).toContain("### iplan check: 1 error");
    expect(results[1]?.text).toContain("::error file=docs/BRD/BRD-001_greeting.md,line=3");
  });
});
