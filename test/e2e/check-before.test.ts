import { execFileSync } from "node:child_process";
import { rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type CliResult, type CliWorld, createCliWorld } from "../support/cli.ts";

const wounded = "# BRD-001: Greeting\n\nThe price is 5 â‚¬.\n";
const healthy = "# BRD-001: Greeting\n\nThe price is 5 €.\n";
const plan = (status: string): string =>
  `# IPLAN-001: Greeting\n\n## Document Control\n\n| **ID** | IPLAN-001 |\n|---|---|\n| **Status** | ${status} |\n`;
const planPath = "docs/IPLAN/IPLAN-001_greeting_20260101_090000.md";

function git(world: CliWorld, ...words: readonly string[]): void {
  const person = ["-c", "user.name=P", "-c", "user.email=p@example.org", "-c", "commit.gpgsign=false"];
  execFileSync("git", [...person, ...words], { cwd: world.root, stdio: "ignore" });
}

interface Counts {
  readonly errors: number;
  readonly warnings: number;
  readonly baselined: number;
}

function counts(result: CliResult): Counts {
  return (JSON.parse(result.stdout) as { data: { summary: Counts } }).data.summary;
}

describe("a baseline", () => {
  const world = createCliWorld({ "docs/BRD/BRD-001_greeting.md": wounded, [planPath]: plan("Nearly there") });

  test("records what there is and lets the check pass; a new finding fails it again", () => {
    expect(world.iplan(["check"]).code).toBe(1);
    const written = world.iplan(["check", "--write-baseline", "docs/baseline.json"]);
    expect(written).toMatchObject({ code: 0, stdout: expect.stringMatching(/now holds \d+ findings/) as unknown });
    const same = world.iplan(["check", "--baseline", "docs/baseline.json", "--json"]);
    expect(counts(same)).toMatchObject({ errors: 0, warnings: 0 });
    expect(counts(same).baselined).toBeGreaterThan(1);
    world.write("docs/BRD/BRD-002_more.md", "# BRD-002: More\n\n```bash\nls\n");
    const after = world.iplan(["check", "--baseline", "docs/baseline.json"]);
    expect(after.code).toBe(1);
    expect(after.stdout).toContain("docs/BRD/BRD-002_more.md:3:1");
    expect(after.stdout).not.toContain("docs/BRD/BRD-001_greeting.md:");
    expect(after.stdout).toContain("there before");
  });

  test("does not follow a line that moves, and says what is gone", () => {
    world.write("docs/BRD/BRD-002_more.md", "# BRD-002: More\n\nText.\n");
    world.write("docs/BRD/BRD-001_greeting.md", wounded.replace("\n\n", "\n\nA line more.\n\n"));
    expect(world.iplan(["check", "--baseline", "docs/baseline.json"]).code).toBe(0);
    world.write("docs/BRD/BRD-001_greeting.md", healthy);
    expect(world.iplan(["check", "--baseline", "docs/baseline.json"]).stdout).toContain(
      "that were there before are gone",
    );
  });

  test.each([
    [["--baseline", "docs/none.json"], "There is no baseline docs/none.json."],
    [["--baseline", "iplan.config.yaml"], "iplan.config.yaml is no baseline of iplan."],
    [["--write-baseline", "iplan.config.yaml"], "iplan.config.yaml is no baseline of iplan."],
    [["--write-baseline", "../outside/b.json"], "would not lie in a folder of the workspace"],
    [["--write-baseline", "none/b.json"], "would not lie in a folder of the workspace"],
    [["--write-baseline", "b.json", "--baseline", "b.json"], "compares with nothing"],
    [["--format", "csv"], "There is no format csv."],
    [["--by", "colour"], "not by colour"],
    [["--dry-run"], "shows what --fix would change"],
    [["--since", "HEAD"], "lies in no git repository"],
  ])("or a comparison that means nothing is refused: %j", (words, message) => {
    world.write("iplan.config.yaml", "docs: docs\n");
    const result = world.iplan(["check", ...words]);
    expect(result).toMatchObject({ code: 2, stdout: "" });
    expect(result.stderr).toContain(message);
    expect(world.read("iplan.config.yaml")).toBe("docs: docs\n");
  });

  test("never follows a link out of the workspace", () => {
    symlinkSync(join(world.outside, "b.json"), join(world.root, "docs/link.json"));
    expect(world.iplan(["check", "--write-baseline", "docs/link.json"]).code).toBe(2);
    rmSync(join(world.root, "docs/link.json"));
    symlinkSync(world.outside, join(world.root, "docs/out"));
    expect(world.iplan(["check", "--write-baseline", "docs/out/b.json"]).code).toBe(2);
  });
});

describe("check --since", () => {
  const world = createCliWorld({ "docs/BRD/BRD-001_greeting.md": wounded, [planPath]: plan("Nearly there") });
  git(world, "init", "-q", "-b", "main");
  git(world, "add", "-A");
  git(world, "commit", "-q", "-m", "first");

  test("counts no finding that the revision had, whether it is committed or not", () => {
    const same = world.iplan(["check", "--since", "main", "--json"]);
    expect(counts(same)).toMatchObject({ errors: 0, warnings: 0 });
    expect(same.code).toBe(0);
    world.write("docs/BRD/BRD-001_greeting.md", `${wounded}\n\`\`\`bash\nls\n`);
    const changed = world.iplan(["check", "--since", "HEAD"]);
    expect(changed.code).toBe(1);
    expect(changed.stdout).toContain("docs/BRD/BRD-001_greeting.md:5:1");
    git(world, "commit", "-q", "-a", "-m", "second");
    expect(world.iplan(["check", "--since", "HEAD~1"]).code).toBe(1);
    expect(world.iplan(["check", "--since", "HEAD"]).code).toBe(0);
  });

  test("compares the documents that were named, and works in a subfolder", () => {
    expect(world.iplan(["check", planPath, "--since", "HEAD"]).code).toBe(0);
    expect(world.iplan(["check", "BRD", "--since", "HEAD~1"], { cwd: join(world.root, "docs") }).code).toBe(1);
  });

  test.each(["nowhere", "--upload-pack=x", "HEAD:docs", "1234567"])("refuses %s and says what to do", (revision) => {
    const result = world.iplan(["check", `--since=${revision}`]);
    expect(result).toMatchObject({ code: 2, stdout: "" });
    expect(result.stderr).toContain("git fetch --unshallow");
  });

  test("runs nothing that the repository configures", () => {
    const canary = join(world.outside, "canary");
    git(world, "config", "core.fsmonitor", `touch ${canary}; false`);
    git(world, "config", "core.pager", `touch ${canary}; cat`);
    git(world, "config", "filter.x.smudge", `touch ${canary}; cat`);
    world.write(".gitattributes", "*.md filter=x\n");
    expect(world.iplan(["check", "--since", "HEAD"]).code).toBe(0);
    expect(world.exists(canary)).toBe(false);
  });
});

describe("documents that git moved", () => {
  const brd = (time: string): string => `# BRD-001: Needs\n\n### FR-001: Alerts\n\nWithin ${time} seconds.\n`;
  const world = createCliWorld({
    "docs/BRD/BRD-001_needs.md": brd("5"),
    "docs/PRD/PRD-001_goods.md": "# PRD-001: Goods\n\n### US-001: Be told\n\n@brd: BRD-001:FR-001\n",
  });
  git(world, "init", "-q", "-b", "main");
  git(world, "add", "-A");
  git(world, "commit", "-q", "-m", "first");
  const suspects = (): number => world.iplan(["check", "--suspect"]).stdout.split("trace/suspect").length - 1;

  test("keep their history: what changed later is suspect, whatever the files are called", () => {
    world.write("docs/BRD/BRD-001_needs.md", brd("2"));
    git(world, "commit", "-qam", "faster");
    expect(suspects()).toBe(1);
    git(world, "mv", "docs/PRD/PRD-001_goods.md", "docs/PRD/PRD-001_product.md");
    expect(suspects()).toBe(1);
    git(world, "commit", "-qm", "what follows");
    git(world, "mv", "docs/BRD", "docs/01_BRD");
    git(world, "commit", "-qm", "the source");
    expect(suspects()).toBe(1);
  });

  test("are compared with what they were called", () => {
    const result = world.iplan(["check", "--since", "HEAD~3", "--json"]);
    expect(counts(result)).toMatchObject({ errors: 0, warnings: 0 });
    expect(JSON.parse(world.iplan(["impact", "--since", "HEAD~1", "--json"]).stdout)).toMatchObject({
      data: { changed: [] },
    });
  });
});

describe("other forms", () => {
  const world = createCliWorld({ "docs/BRD/BRD-001_greeting.md": wounded, [planPath]: plan("Nearly there") });

  test.each([
    ["sarif", '"version": "2.1.0"'],
    ["junit", "<testsuites "],
    ["github", "::error file=docs/BRD/BRD-001_greeting.md,line=3"],
    ["markdown", "### iplan check: "],
  ])("%s stands alone on the output, with the exit code of the check", (format, text) => {
    const result = world.iplan(["check", "--format", format]);
    expect(result).toMatchObject({ code: 1, stderr: "" });
    expect(result.stdout).toContain(text);
  });

  test("and --json at once are refused", () => {
    const result = world.iplan(["check", "--format", "sarif", "--json"]);
    expect(result).toMatchObject({ code: 2, stderr: expect.stringContaining("both ask for the output") as unknown });
  });

  test("by cause names the gravest first with its places", () => {
    const result = world.iplan(["check", "--by", "cause"]);
    expect(result.stdout.split("\n")[0]).toMatch(/^error /);
    expect(result.stdout).toContain("    docs/BRD/BRD-001_greeting.md:3\n");
  });

  test("--fix --dry-run shows the edit and makes none", () => {
    const result = world.iplan(["check", "--fix", "--dry-run"]);
    expect(result.stdout).toContain("-The price is 5 â‚¬.\n+The price is 5 €.\n");
    expect(world.read("docs/BRD/BRD-001_greeting.md")).toBe(wounded);
    expect(world.iplan(["check", "--fix"]).stdout).toContain("healed docs/BRD/BRD-001_greeting.md");
    expect(world.read("docs/BRD/BRD-001_greeting.md")).toBe(healthy);
    expect(world.iplan(["check", "--fix", "--dry-run"]).stdout).toContain("Nothing can be healed");
  });
});
