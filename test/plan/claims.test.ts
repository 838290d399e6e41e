import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ClaimGround, ClaimScene } from "#plan/claims/claim-scene";
import { readClaimText, writeClaim } from "#plan/claims/claim-text";
import { isLinearPattern } from "#plan/claims/linear-pattern";
import { claimsOf } from "#plan/claims/registry";

const bare: ClaimGround = { runs: [], services: [], paths: [], tree: [], modules: [] };
const nothing: ClaimScene = { checks: [], planChecks: [], probes: [], runs: [], plan: bare };
const tools: ClaimScene = {
  checks: [
    { kind: "tests", tool: "pytest" },
    { kind: "lint", tool: "eslint" },
    { kind: "types", tool: "mypy" },
  ],
  planChecks: [{ kind: "security", tool: "bandit" }],
  probes: [{ tool: "node", command: "node --version" }],
  runs: [],
  plan: bare,
};

function behind(command: string, form: NonNullable<ClaimScene["form"]> = "expected"): ClaimScene {
  return { ...nothing, command, form };
}

/** Claims in the little language; `~` before a suggestion, `manual` for neither. */
function read(text: string, scene: ClaimScene = nothing): string {
  const { claims, suggestion } = claimsOf(text, scene);
  if (claims.length > 0) return claims.map(writeClaim).join("; ");
  return suggestion === undefined ? "manual" : `~${/claim=(["'])([^]*)\1 -->$/.exec(suggestion)?.[2]}`;
}

type Row = [text: string, expected: string, scene?: ClaimScene];

describe("paths", () => {
  test.each<Row>([
    ["`src/greet.js` exists", "exists src/greet.js"],
    ["src/greet.js exists.", "exists src/greet.js"],
    ["✅ `dist/` created", "created dist/"],
    ["The directory `dist` is present", "manual"],
    ["Directory `build/` exists", "directory build/"],
    ["`src/auth/` directory created", "created src/auth/"],
    ["File README.md is present", "file README.md"],
    ["`app.py` is there", "exists app.py"],
    ["`a.py` and `b/` are there", "exists a.py; directory b/"],
    ["`old.js` is no longer there", "absent old.js"],
    ["`old.js` is not there", "absent old.js"],
    ["Everything is there", "manual"],
    ["The greeting is there", "manual"],
    ["`config.json` file exists", "file config.json"],
    ["Makefile exists", "exists Makefile"],
    ["`run.sh` is executable", "executable run.sh"],
    ["`report.xml` is not empty", "not-empty report.xml"],
    ["`a.js`, `b.js` and `c.js` exist", "exists a.js; exists b.js; exists c.js"],
    ["Files created: src/a.py, src/b.py", "created src/a.py; created src/b.py"],
    ["Created `src/a.py` and `src/b.py`", "created src/a.py; created src/b.py"],
    ["No `tmp/` left", "absent tmp/"],
    ["no `tmp/` directory remains", "manual"],
    ["`old.js` does not exist any more", "absent old.js"],
    ["`old.js` no longer exists", "absent old.js"],
    ["`legacy/` removed", "absent legacy/"],
    ["Project directory structure exists", "manual"],
    ["Deployment guide created", "manual"],
    ["client/server exists", "manual"],
    ["../secret.txt exists", "manual"],
    ["/etc/passwd exists", "manual"],
    ["`src/greet.js` exists and exports `greet`", "~exists src/greet.js"],
    ["`config.yaml` is created with sensible defaults", "~exists config.yaml"],
    ["The module `auth` works well", "manual"],
  ])("%s", (...[text, expected, scene]) => expect(read(text, scene)).toBe(expected));
});

describe("counts", () => {
  test.each<Row>([
    ["6 Python modules in `src/auth/`", "count 6 *.py files in src/auth/"],
    ["4 files in src/", "count 4 files in src/"],
    ["At least 3 test files in tests/", "manual"],
    ["At least 3 files under tests/", "count >= 3 files below tests/"],
    ["Three directories in `src`", "count 3 directories in src/"],
    ["5+ files created in `dist/`", "count >= 5 files in dist/"],
    ["src/ contains 4 files", "count 4 files in src/"],
    ["`docs/` has more than 2 Markdown files", "count > 2 *.md files in docs/"],
    ["show 4 files", "count 4 files in src/auth/", behind("ls -la src/auth/", "other")],
    ["Should show 4 files", "count 4 files in src/auth/", behind("ls -la src/auth/", "other")],
    ["Should show 4 files", "manual", behind("git status", "other")],
    ["4 files in package.json", "manual"],
    ["no files in `tmp/`", "count 0 files in tmp/"],
    ["3 Python modules (auth, token, user)", "manual"],
  ])("%s", (...[text, expected, scene]) => expect(read(text, scene)).toBe(expected));
});

describe("output", () => {
  test.each<Row>([
    ['Output contains "ready"', 'output contains "ready"'],
    ["prints `Hello, world`", 'output contains "Hello, world"'],
    ['The command shows "5 passed"', 'output contains "5 passed"'],
    ['"Server started" is printed', 'output contains "Server started"'],
    ['No "ERROR" in the output', 'output lacks "ERROR"'],
    ["output matches /[0-9]+ passed/", "output matches /[0-9]+ passed/"],
    ["output matches /(?=x)y/", "manual"],
    ["PONG", "output of 'redis-cli ping' contains \"PONG\"", behind("redis-cli ping")],
    ["7", "output of 'grep -c x f' matches /^\\s*7\\s*$/", behind("grep -c x f")],
    ["6", "output of 'wc -l < f' matches /^\\s*6\\s*$/", behind("wc -l < f", "should-be")],
    ["Hello World", "manual", nothing],
    ["All sections listed", "manual", behind("grep x f")],
    ["prints a greeting", "manual"],
    ["no output", "output of 'diff a b' lacks /./", behind("diff a b")],
  ])("%s", (...[text, expected, scene]) => expect(read(text, scene)).toBe(expected));

  test("a text of several words behind `# Expected:` is only offered", () => {
    const { claims, suggestion } = claimsOf("Hello World", behind("node hello.js"));
    expect(claims).toEqual([]);
    expect(suggestion).toBe(String.raw`<!-- iplan: claim="output of 'node hello.js' contains \"Hello World\"" -->`);
  });

  test("a text that would end a comment is not offered", () => {
    expect(claimsOf("done --> next", behind("./x --all"))).not.toHaveProperty("suggestion");
  });
});

describe("versions", () => {
  test.each<Row>([
    ["3.11+", 'version "python --version" >=3.11', behind("python --version", "should-be")],
    ["20 or later", 'version "node --version" >=20', behind("node --version", "should-be")],
    ["v20.x", 'version "node --version" >=20, <21', behind("node --version")],
    ["3.11", 'version "python3 --version" >=3.11, <3.12', behind("python3 --version")],
    ["1.2.3", 'version "tool --version" =1.2.3', behind("tool --version")],
    ["> 2", 'version "git --version" >2', behind("git --version")],
    ["Python 3.11+", 'version "python3 --version" >=3.11', behind("python3 --version")],
    ["Node 20 or later", 'version "node --version" >=20', tools],
    ["Node.js >= 20 installed", 'version "node --version" >=20', tools],
    ["Ruby 3 or later", "manual", tools],
    ["Go 1.22", "manual", behind("python --version")],
  ])("%s", (...[text, expected, scene]) => expect(read(text, scene)).toBe(expected));
});

describe("clean exits", () => {
  test.each<Row>([
    ["All tests pass", "clean pytest", tools],
    ["Tests pass", "clean pytest", tools],
    ["The test suite passes", "clean pytest", tools],
    ["ESLint passes with 0 errors", "clean eslint", tools],
    ["`mypy` clean", "clean mypy", tools],
    ["Mypy reports no errors", "clean mypy", tools],
    ["Linting: 0 errors", "clean eslint", tools],
    ["Type checking passes", "clean mypy", tools],
    ["no type errors", "clean mypy", tools],
    ["No test failures", "clean pytest", tools],
    ["All tests passing and linting clean", "clean pytest; clean eslint", tools],
    ["All unit tests pass", "~clean pytest", tools],
    ["Security scan passes", "~clean bandit", tools],
    ["Bandit passes", "clean bandit", tools],
    ["Prettier passes", "manual", tools],
    ["All tests pass", "manual", nothing],
    ["All tests pass", "manual", { ...nothing, checks: [...tools.checks, { kind: "tests", tool: "npm test" }] }],
    ["Everything passes", "manual", tools],
    ["No regressions in existing functionality", "manual", tools],
    ["All linting checks pass", "clean eslint", tools],
    ["Type checking passes and `src/a.py` exists", "clean mypy; exists src/a.py", tools],
    ["All tests pass and the code is readable", "~clean pytest", tools],
  ])("%s", (...[text, expected, scene]) => expect(read(text, scene)).toBe(expected));
});

describe("numbers", () => {
  test.each<Row>([
    ["coverage ≥ 85 %", "coverage >= 85 %"],
    ["Coverage: ≥85%", "coverage >= 85 %"],
    ["Unit test coverage at least 80%", "number Unit test coverage >= 80 %"],
    ["p95 under 50 ms", "number p95 < 50 ms"],
    ["p95 latency < 50ms", "number p95 latency < 50 ms"],
    ["response time stays below 2 seconds", "number response time < 2 s"],
    ["at least 90% branch coverage", "coverage branches >= 90 %"],
    ["85%+ coverage", "coverage >= 85 %"],
    ["Memory ≤ 512 MB", "number Memory <= 512 MB"],
    ["Unit test coverage ≥[X]%", "manual"],
    ["fast enough", "manual"],
    ["12 tests pass", "tests passed = 12", tools],
    ["12 tests pass", "~tests passed = 12"],
    ["endpoints and services under 50 ms", "manual"],
  ])("%s", (...[text, expected, scene]) => expect(read(text, scene)).toBe(expected));
});

describe("judgement", () => {
  test.each([
    "The code is readable",
    "Documentation complete and accurate",
    "All error cases handled",
    "Ready for deployment",
    "Services started",
    "The API feels right",
    "Dependencies installed",
    "All acceptance criteria met",
    "x".repeat(500),
    "",
  ])("%s", (text) => expect(read(text, tools)).toBe("manual"));
});

describe("the little language", () => {
  test.each([
    "exists dist/x.js",
    "created a.txt",
    "absent tmp/",
    "file a",
    "directory b/",
    "executable run.sh",
    "not-empty report.xml",
    'exists "with blank.txt"',
    "count 4 files in src/",
    "count >= 2 *.py files below src/",
    "count < 3 entries in x/",
    'output contains "a b"',
    "output contains 'say \"x\"'",
    'output lacks "ERROR"',
    "output matches /[0-9]+ passed/",
    "output of 'npm test' contains \"ok\"",
    "clean eslint",
    'clean "npm test"',
    'version "node --version" >=20, <23',
    "number p95 < 50 ms",
    "number coverage >= 85.5 %",
    "number open handles = 0",
  ])("%s is read and written back", (text) => {
    const { claims, problem } = readClaimText(text);
    expect(problem).toBeUndefined();
    expect(claims.map(writeClaim)).toEqual([text]);
  });

  test("several claims are joined", () => {
    expect(readClaimText('exists a; output contains "x; y"').claims).toHaveLength(2);
  });

  test.each([
    ["", "a claim is one of"],
    ["looks good", "a claim is one of"],
    ["exists", "a path is missing"],
    ["exists two words", "a path is missing"],
    ["count many files in src", "count is written"],
    ["output is nice", "output is written"],
    ["output matches x", "between slashes"],
    ["output matches /(a+)\\1/", "linear time"],
    ["clean", "clean wants"],
    ["version node", "version is written"],
    ["number x", "number is written"],
    ["toString x", "a claim is one of"],
  ])("%s is refused", (text, problem) => {
    expect(readClaimText(text)).toMatchObject({ claims: [], problem: expect.stringContaining(problem) as string });
  });
});

describe("patterns that take linear time", () => {
  test.each([
    "[0-9]+ passed",
    "^ok$",
    "a{1,3}b?",
    "(a|b)*c",
    "\\d+\\.\\d+",
    "[^\\]]+",
    "(?:x)+?",
  ])("%s is taken", (pattern) => expect(isLinearPattern(pattern)).toBe(true));
  test.each([
    "",
    "(?=a)",
    "(?<n>a)",
    "(a)\\1",
    "\\bword",
    "a{",
    "+a",
    "(a",
    "a)",
    "[a",
    "a**",
    "x".repeat(501),
  ])("%s is not", (pattern) => expect(isLinearPattern(pattern)).toBe(false));
});

test("any text is read quickly and gives claims that can be written", () => {
  const words = fc.constantFrom(
    "`src/a.js`",
    "exists",
    "and",
    "4",
    "files",
    "in",
    "≥",
    "85",
    "%",
    "tests",
    "pass",
    "no",
    "output",
    '"x"',
    ",",
    "(",
    "created:",
    "coverage",
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(words, fc.string({ maxLength: 8 })), { maxLength: 40 }), (parts) => {
      const { claims, suggestion } = claimsOf(parts.join(" "), tools);
      expect(claims.length > 0 && suggestion !== undefined).toBe(false);
      for (const claim of claims) expect(writeClaim(claim)).not.toBe("");
    }),
  );
});
