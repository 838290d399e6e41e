import { execFileSync } from "node:child_process";
import { chmodSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type CliResult, createCliWorld } from "../support/cli.ts";
import { createSessionWorld } from "../support/session-world.ts";

interface Found {
  readonly rule: string;
  readonly path: string;
  readonly message: string;
}

function found({ stdout }: CliResult): readonly Found[] {
  return (JSON.parse(stdout) as { findings: readonly Found[] }).findings;
}

function rulesOf(result: CliResult): readonly string[] {
  return [...new Set(found(result).map(({ rule }) => rule))];
}

const brd = "# BRD-001: Needs\n\n### FR-001: Alerts\n";
const brdPath = "docs/BRD/BRD-001_needs.md";

describe("a tree in which nothing can be checked", () => {
  test.each<[string, readonly string[], string]>([
    ["an empty tree", ["check"], "No document was found below"],
    ["a mistyped path", ["check", "dosc"], "There is no document dosc"],
    ["a mistyped id", ["check", "BRD-0001"], "There is no document BRD-0001"],
    ["an empty tree and a registry", ["registry"], "No document of any type was found"],
    ["an empty tree and an export", ["export", "csv"], "No document of any type was found"],
  ])("%s is no success", (_, words, message) => {
    const result = createCliWorld().iplan(words);
    expect(result.code).toBe(3);
    expect(result.stderr).toContain(message);
  });
});

describe("a name of a document that no document answers to", () => {
  test("is told, and nothing waits for it", () => {
    const world = createCliWorld({ [brdPath]: brd, "iplan.config.yaml": "docs: docs\nsources: ['src/**']\n" });
    execFileSync("mkdir", ["-p", join(world.root, "src")]);
    for (const path of ["docs/BRD/BRD-002_pipe.md", "src/a.py"]) execFileSync("mkfifo", [join(world.root, path)]);
    // Why: file systems that take text alone have no such names.
    const odd = Buffer.concat([
      Buffer.from(join(world.root, "docs/BRD/BRD-003_")),
      Buffer.from([0xff]),
      Buffer.from(".md"),
    ]);
    if (process.platform === "linux") writeFileSync(odd, "# BRD-003: Odd\n");
    const { data } = JSON.parse(world.iplan(["check", "--json"]).stdout) as { data: { passedOver: unknown } };
    expect(data.passedOver).toEqual([
      { path: "docs/BRD/BRD-002_pipe.md", reason: "no-file" },
      ...(process.platform === "linux" ? [{ path: "docs/BRD/BRD-003_\uFFFD.md", reason: "name" }] : []),
      { path: "src/a.py", reason: "no-file" },
    ]);
    const { stdout } = world.iplan(["check"]);
    expect(stdout).toContain("docs/BRD/BRD-002_pipe.md: no file that can be read, such as a pipe or a device\n");
  });
});

describe("a profile", () => {
  test.each<[string, string, string, string, string]>([
    ["that nobody knows", "nobody", "", "iplan.config.yaml", 'There is no profile "nobody"'],
    [
      "with a mistake",
      "p.yaml",
      "extends: aidoc-16\nlayers:\n  - type: REQ\n    element: maybe\n",
      "p.yaml",
      "`layers[REQ].element` must be",
    ],
  ])("%s is a finding at its place, and the documents are checked with the usual one", (_, name, text, path, message) => {
    const world = createCliWorld({
      "iplan.config.yaml": `docs: docs\nprofile: ${name}\n`,
      [brdPath]: brd,
      ...(text === "" ? {} : { "p.yaml": text }),
    });
    const result = world.iplan(["check", "--json"]);
    expect(result.code).toBe(1);
    expect(found(result).filter(({ rule }) => rule === "config/bad-value")).toEqual([
      expect.objectContaining({ path, message: expect.stringContaining(message) as string }),
    ]);
    const { data } = JSON.parse(result.stdout) as { data: { summary: { documents: number } } };
    expect(data.summary.documents).toBe(1);
  });
});

describe("a profile with a hostile pattern", () => {
  test.each([
    "{TYPE}-((a+)+)+$",
    "[".repeat(5000),
    `{TYPE}-${"{N}".repeat(2000)}`,
    "(?=(a+)+$){TYPE}",
  ])("such as number %# comes to an end, and the documents are read", async (pattern) => {
    const world = createSessionWorld({
      "iplan.config.yaml": "docs: docs\nprofile: p.yaml\n",
      "p.yaml": `extends: aidoc-16\nids:\n  documents: [${JSON.stringify(pattern)}]\n`,
      [brdPath]: `${brd}\n@brd: BRD-${"a".repeat(5000)}!\n`,
    });
    const { code, stdout } = await world.call(["check", "--json"]);
    expect([0, 1]).toContain(code);
    expect((JSON.parse(stdout) as { data: { summary: object } }).data.summary).toMatchObject({ documents: 1 });
  });
});

describe("documents that lead in circles or to themselves", () => {
  test("are told, and trace and impact come to an end", () => {
    const world = createCliWorld({
      [brdPath]: brd,
      "docs/PRD/PRD-001_a.md": "# PRD-001: A\n\n@prd: PRD-001\n",
      "docs/SYS/SYS-001_a.md": "# SYS-001: A\n\n@req: REQ-001\n",
      "docs/REQ/REQ-001_a.md": "# REQ-001: A\n\n@sys: SYS-001\n",
    });
    const upward = found(world.iplan(["check", "--json"])).filter(({ rule }) => rule === "trace/upward");
    expect(upward.map(({ path }) => path)).toEqual(["docs/PRD/PRD-001_a.md", "docs/SYS/SYS-001_a.md"]);
    expect(world.iplan(["trace", "REQ-001"]).code).toBe(0);
    expect(world.iplan(["impact", "SYS-001"]).code).toBe(0);
  });
});

describe("documents at odds with each other", () => {
  test.each<[string, Readonly<Record<string, string>>, string]>([
    ["one id in two files", { [brdPath]: brd, "docs/BRD/BRD-001_other.md": brd }, "document/duplicate-id"],
    [
      "a pair that disagrees",
      {
        "docs/CTR/CTR-001_a.md": "# CTR-001: A\n\n@brd: BRD-001\n",
        "docs/CTR/CTR-001_a.yaml": 'cumulative_tags:\n  brd: "BRD-002"\n',
      },
      "document/pair-disagrees",
    ],
    [
      "a feature that does not parse",
      { "docs/BDD/BDD-001_a.feature": "| no |\nFeature: a\n" },
      "document/gherkin-syntax",
    ],
    ["a specification that does not parse", { "docs/SPEC/SPEC-001_a.yaml": "a: [\nb: }\n" }, "document/yaml-syntax"],
  ])("%s is an error", (_, files, rule) => {
    const result = createCliWorld(files).iplan(["check", "--json"]);
    expect(result.code).toBe(1);
    expect(rulesOf(result)).toContain(rule);
  });
});

describe("a link out of the workspace", () => {
  test("is a warning, and is not followed", () => {
    const world = createCliWorld({ [brdPath]: `${brd}\nSee [this](../../../outside/x.md#y).\n` });
    const result = world.iplan(["check", "--json"]);
    expect(result.code).toBe(0);
    expect(rulesOf(result)).toContain("link/outside-workspace");
    expect(rulesOf(result)).not.toContain("link/anchor-missing");
  });
});

describe("documents of monstrous size", () => {
  test("a table of 100,000 lines and ten thousand tags on one line are read whole", () => {
    const rows = Array.from({ length: 100_000 }, (_, index) => `| FR-${index} | a |\n`).join("");
    const world = createCliWorld({
      [brdPath]: `# BRD-001: Needs\n\n| ID | Title |\n|---|---|\n${rows}`,
      "docs/PRD/PRD-001_a.md": `# PRD-001: A\n\n${"@brd: BRD-001:FR-99999 ".repeat(10_000)}\n`,
    });
    const result = world.iplan(["check", "--json"]);
    const { data } = JSON.parse(result.stdout) as { data: { summary: { documents: number; tags: number } } };
    expect(data.summary).toMatchObject({ documents: 2, tags: 10_000 });
    expect(rulesOf(result)).not.toContain("trace/element-missing");
  });

  test("a bomb of aliases is an error, and the rest is checked", () => {
    const bomb = Array.from({ length: 12 }, (_, level) =>
      level === 0 ? "a0: &a0 [x, y]" : `a${level}: &a${level} [${`*a${level - 1}, `.repeat(9)}*a${level - 1}]`,
    ).join("\n");
    const result = createCliWorld({ "docs/SPEC/SPEC-001_a.yaml": bomb, [brdPath]: brd }).iplan(["check", "--json"]);
    expect(result.code).toBe(1);
    expect(rulesOf(result)).toContain("document/yaml-syntax");
  });
});

describe("files that cannot be relied on", () => {
  test("links in a circle are passed over, and told", () => {
    const world = createCliWorld({ [brdPath]: brd });
    symlinkSync(join(world.root, "docs"), join(world.root, "docs/BRD/loop"));
    symlinkSync("self", join(world.root, "docs/self"));
    const result = world.iplan(["check", "--json"]);
    expect((JSON.parse(result.stdout) as { data: object }).data).toMatchObject({
      summary: { documents: 1 },
      passedOver: [
        { path: "docs/BRD/loop", reason: "loop" },
        { path: "docs/self", reason: "loop" },
      ],
    });
    expect(world.iplan(["check"]).stdout).toContain("  docs/self: a link back to itself\n");
  });

  test.skipIf(process.getuid?.() === 0)("a file that may not be read is an error, and the rest is checked", () => {
    const world = createCliWorld({ [brdPath]: brd, "docs/PRD/PRD-001_a.md": "# PRD-001: A\n" });
    chmodSync(join(world.root, brdPath), 0o000);
    const result = world.iplan(["check", "--json"]);
    expect(result.code).toBe(1);
    expect(found(result).filter(({ rule }) => rule === "document/unreadable")).toEqual([
      expect.objectContaining({ path: brdPath }),
    ]);
  });

  test.each<[string, string | undefined]>([
    ["goes away", undefined],
    ["becomes another", "# BRD-001: Others\n\n### FR-009: New\n"],
  ])("a file that %s while the others are read breaks nothing", async (_, later) => {
    const world = createSessionWorld({
      [brdPath]: brd,
      "docs/PRD/PRD-001_a.md": "# PRD-001: A\n\n@brd: BRD-001:FR-001\n",
    });
    const { files } = world.host;
    const read = files.read.bind(files);
    files.read = (path) => {
      if (path.endsWith("PRD-001_a.md")) {
        if (later === undefined) files.remove(`/ws/${brdPath}`);
        else files.put(`/ws/${brdPath}`, later);
      }
      return read(path);
    };
    const { code, stdout } = await world.call(["check", "--json"]);
    expect([0, 1]).toContain(code);
    const { findings } = JSON.parse(stdout) as { findings: readonly Found[] };
    expect(findings.filter(({ message }) => message.includes("broke off"))).toEqual([]);
  });
});

describe("--since without a history", () => {
  const files = { [brdPath]: brd };
  const git = (folder: string, ...words: readonly string[]): void => {
    const identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "protocol.file.allow=always"];
    execFileSync("git", [...identity, ...words], { cwd: folder, stdio: "ignore" });
  };

  test("of any kind says that there is no repository", () => {
    const result = createCliWorld(files).iplan(["check", "--since", "main"]);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain("lies in no git repository");
  });

  test("before the last commit says how to fetch it", () => {
    const world = createCliWorld(files);
    git(world.root, "init", "-q", "-b", "main");
    git(world.root, "add", "-A");
    git(world.root, "commit", "-qm", "one");
    git(world.root, "commit", "-q", "--allow-empty", "-m", "two");
    git(world.outside, "clone", "-q", "--depth", "1", `file://${world.root}`, "copy");
    const cwd = join(world.outside, "copy");
    expect(world.iplan(["check", "--since", "HEAD"], { cwd }).code).toBe(0);
    for (const words of [["--since", "HEAD~1"], ["--suspect"]]) {
      const result = world.iplan(["check", ...words], { cwd });
      expect(result.code).toBe(2);
      expect(result.stderr).toContain("git fetch --unshallow");
    }
  });
});
