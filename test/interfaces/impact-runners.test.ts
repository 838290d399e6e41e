import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { type CliWorld, createCliWorld } from "../support/cli.ts";

const brd = "# BRD-001: Needs\n\n### FR-001: Told\n\n### FR-002: Untested\n";
const vitest = fileURLToPath(new URL("../../node_modules/.bin/vitest", import.meta.url));
const python = (tag: string): string => `${tag}def test_it():\n    open("ran.txt", "a").write(__file__ + "\\n")\n`;
const script = (head: string): string =>
  `${head}import { appendFileSync } from "node:fs";\nappendFileSync("ran.txt", decodeURI(import.meta.url) + "\\n");\n`;
const suite = (tag: string): string => script(`${tag}import { it } from "vitest";\nit("runs", () => {});\n`);

const pythonTag = "# @brd: BRD-001:FR-001\n";
const scriptTag = "// @brd: BRD-001:FR-001\n";

/** A runner with the tests that follow from FR-001, and one that does not. */
const runners = [
  {
    runner: "vitest",
    call: [vitest, "run", "--root", "."],
    files: {
      "-dash.test.js": suite(scriptTag),
      "tests/a b/one two.test.js": suite(scriptTag),
      "tests/other.test.js": suite(""),
    },
  },
  {
    runner: "pytest",
    call: ["pytest", "-q", "-p", "no:cacheprovider", "--rootdir=."],
    files: {
      "-d/test_it.py": python(pythonTag),
      "tests/a b/test_one two.py": python(pythonTag),
      "tests/test_other.py": python(""),
    },
  },
  {
    runner: "node",
    call: [process.execPath, "--test"],
    files: {
      "-dash.test.mjs": script(scriptTag),
      "tests/a b/one two.test.mjs": script(scriptTag),
      "tests/other.test.mjs": script(""),
    },
  },
];

/** Feeds the list of an element's tests to a runner, as the guide says. */
function runTestsOf(world: CliWorld, element: string, call: readonly string[]): string {
  const list = world.iplan(["impact", element, "--tests", "--null"]);
  expect(list).toMatchObject({ code: 0, stderr: "" });
  const { status, stdout, stderr } = spawnSync("xargs", ["-0", "-r", ...call], {
    cwd: world.root,
    input: list.stdout,
    encoding: "utf8",
  });
  expect(status, stdout + stderr).toBe(0);
  return world.exists("ran.txt") ? world.read("ran.txt") : "";
}

describe.each(runners)("the list of impact --tests for $runner", ({ call, files }) => {
  const [name = ""] = call;
  const sources = "docs: docs\nsources: ['tests/**', '*.js', '*.mjs', '-d/**']\n";
  const isThere = spawnSync(name, ["--version"]).status === 0;

  it.skipIf(!isThere)("runs the tests of an element and no other, and nothing for an empty list", () => {
    const world = createCliWorld({ ...files, "docs/BRD/BRD-001_needs.md": brd, "iplan.config.yaml": sources });
    expect(runTestsOf(world, "BRD-001:FR-002", call)).toBe("");
    const ran = runTestsOf(world, "BRD-001:FR-001", call);
    const [dash = "", blank = "", other = ""] = Object.keys(files);
    expect(ran.split("\n").filter((line) => line !== "")).toHaveLength(2);
    for (const path of [dash, blank]) expect(ran).toContain(`/${path}\n`);
    expect(ran).not.toContain(other);
  });
});
