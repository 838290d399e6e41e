import { expect, test } from "vitest";
import type { Claim } from "#model/claim";
import { describeClaim } from "#render/claim-text";

const rows = {
  path: [
    [{ kind: "path", path: "a", expect: "exists" }, "a exists"],
    [{ kind: "path", path: "a", expect: "absent" }, "a does not exist"],
    [{ kind: "path", path: "a", expect: "file" }, "a is a file"],
    [{ kind: "path", path: "a", expect: "directory" }, "a is a directory"],
    [{ kind: "path", path: "a", expect: "created" }, "a exists once the step is done"],
    [{ kind: "path", path: "a", expect: "executable" }, "a is executable"],
    [{ kind: "path", path: "a", expect: "not-empty" }, "a exists and is not empty"],
  ],
  count: [
    [{ kind: "count", directory: "out", of: "file", operator: "=", count: 3, recursive: false }, "out holds 3 files"],
    [
      { kind: "count", directory: "out", pattern: "*.js", of: "entry", operator: ">=", count: 2, recursive: true },
      "out holds >= 2 entries named *.js",
    ],
    [
      { kind: "count", directory: "out", of: "directory", operator: "<", count: 9, recursive: false },
      "out holds < 9 directories",
    ],
  ],
  content: [
    [{ kind: "content", path: "a", text: "ok", form: "literal", expect: "present" }, 'a has "ok"'],
    [
      { kind: "content", path: "a", text: "^ok$", form: "regex", expect: "absent" },
      "a does not have a line like /^ok$/",
    ],
  ],
  size: [[{ kind: "size", path: "a", of: "bytes", operator: "<=", amount: 100 }, "a has <= 100 bytes"]],
  value: [
    [{ kind: "value", path: "a.json", key: "x.y", expect: "present" }, "a.json has x.y"],
    [{ kind: "value", path: "a.json", key: "x.y", expect: "absent" }, "a.json has no x.y"],
    [{ kind: "value", path: "a.json", key: "x.y", expect: "equal", value: "1" }, 'a.json has x.y of "1"'],
    [{ kind: "value", path: "a.json", key: "x.y", expect: "equal", value: null }, "a.json has x.y of null"],
  ],
  valid: [[{ kind: "valid", path: "a.yml", format: "YAML" }, "a.yml can be read as YAML"]],
  definition: [[{ kind: "definition", path: "a.py", name: "Gate" }, "a.py defines Gate"]],
  output: [
    [{ kind: "output", text: "done", form: "literal", expect: "present" }, 'the output has "done"'],
    [{ kind: "output", text: "err.*", form: "regex", expect: "absent" }, "the output does not have /err.*/"],
  ],
  row: [[{ kind: "row", cells: ["api", "up"] }, 'the output has a row with "api", "up"']],
  number: [
    [{ kind: "number", subject: "rows", operator: "=", value: 5 }, "rows is = 5 in the output"],
    [{ kind: "number", subject: "p95", operator: "<", value: 50, unit: "ms" }, "p95 is < 50 ms in the output"],
  ],
  clean: [[{ kind: "clean", tool: "ruff" }, "the plan's own run of ruff ended clean"]],
  findings: [
    [
      { kind: "findings", tool: "eslint", of: "warnings", operator: "<=", count: 4 },
      "the plan's own run of eslint counts <= 4 warnings",
    ],
  ],
  tests: [[{ kind: "tests", of: "passed", operator: ">=", count: 12 }, "the test runner counts >= 12 tests as passed"]],
  coverage: [
    [{ kind: "coverage", of: "any", operator: ">=", value: 85 }, "the coverage report says >= 85 %"],
    [
      { kind: "coverage", of: "branches", operator: ">", value: 70, command: "pytest" },
      "the coverage report of pytest says > 70 % of branches",
    ],
  ],
  exit: [
    [{ kind: "exit", command: "make", status: 0 }, "the plan's own run of make exited with status 0"],
    [{ kind: "exit", command: "make", status: "failure" }, "the plan's own run of make failed"],
  ],
  duration: [
    [{ kind: "duration", command: "make", operator: "<", ms: 2000 }, "the plan's own run of make took < 2000 ms"],
  ],
  version: [
    [
      {
        kind: "version",
        command: "node",
        bounds: [
          { operator: ">=", version: "20" },
          { operator: "<", version: "23" },
        ],
      },
      "node reports >= 20 and < 23",
    ],
  ],
  installed: [[{ kind: "installed", program: "jq" }, "jq is on PATH"]],
  variable: [
    [{ kind: "variable", name: "HOME", expect: "set" }, "HOME is set in the environment"],
    [{ kind: "variable", name: "HOME", expect: "unset" }, "HOME is not set in the environment"],
  ],
  port: [
    [{ kind: "port", port: 80, expect: "open" }, "something listens on port 80"],
    [{ kind: "port", port: 80, expect: "closed" }, "nothing listens on port 80"],
  ],
  url: [
    [{ kind: "url", url: "http://localhost/" }, "http://localhost/ answers"],
    [{ kind: "url", url: "http://localhost/", status: 204 }, "http://localhost/ answers 204"],
  ],
  process: [[{ kind: "process", command: "serve" }, "serve, started by the run, still runs"]],
  git: [
    [{ kind: "git", expect: "clean" }, "git: nothing but the plan is changed or new"],
    [{ kind: "git", expect: "branch", name: "main" }, "git: the branch is main"],
    [{ kind: "git", expect: "tag", name: "v1" }, "git: there is a tag v1"],
    [{ kind: "git", expect: "tracked", name: "a.ts" }, "git: the index has a.ts"],
    [{ kind: "git", expect: "unchanged", name: "src" }, "git: nothing is changed in src"],
  ],
} satisfies Record<Claim["kind"], readonly (readonly [Claim, string])[]>;

const sentences = (Object.values(rows) as readonly (readonly (readonly [Claim, string])[])[]).flat();

test.each(sentences.map(([claim, sentence]) => [sentence, claim] as const))("a claim says: %s", (sentence, claim) => {
  expect(describeClaim(claim)).toBe(sentence);
});
