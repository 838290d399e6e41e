import { describe, expect, test } from "vitest";
import type { ClaimGround, ClaimScene, PlannedRun } from "#plan/claims/claim-scene";
import { readClaimText, writeClaim } from "#plan/claims/claim-text";
import { claimPatterns, claimsOf } from "#plan/claims/registry";
import { forms } from "#plan/claims/forms/registry";

function run(text: string, more: Partial<PlannedRun> = {}): PlannedRun {
  const [program = "", ...values] = text.split(" ");
  return { text, program, values, alone: true, ...more };
}

const ground: ClaimGround = {
  runs: [],
  services: ["node server.js"],
  paths: ["src/token.py", "src/auth/user.py", "lib/user.py", "src/ledger.py", "docs/guide.md", "reports"],
  tree: [
    { path: "src", kind: "directory" },
    { path: "src/a.js", kind: "file" },
  ],
  modules: ["src/a.js"],
};
const scene: ClaimScene = {
  checks: [
    { kind: "tests", tool: "pytest" },
    { kind: "lint", tool: "eslint" },
    { kind: "security", tool: "npm audit" },
  ],
  planChecks: [],
  probes: [],
  runs: [
    run("pytest tests/unit", { check: "tests" }),
    run("npm run build", { check: "build" }),
    run("node check.js"),
    run('python3 -c "import requests, app.core as core"', {
      values: ["-c", "import requests, app.core as core"],
    }),
    run("python3 -c guarded", { values: ["-c", "try: import lost\nexcept ImportError: pass"] }),
    run("node part.js", { alone: false }),
    run("python3 tools/scan.py src"),
    run("git commit -m x"),
  ],
  plan: ground,
};

/** Claims in the little language; `~` before a suggestion, `manual` for neither. */
function read(text: string, over: Partial<ClaimScene> = {}): string {
  const { claims, suggestion } = claimsOf(text, { ...scene, ...over });
  if (claims.length > 0) return claims.map(writeClaim).join("; ");
  return suggestion === undefined ? "manual" : `~${/claim=(["'])([^]*)\1 -->$/.exec(suggestion)?.[2]}`;
}

type Row = [text: string, expected: string];

describe("content of files", () => {
  test.each<Row>([
    ['`README.md` contains "Usage"', 'content README.md contains "Usage"'],
    ["`.gitignore` includes `node_modules`", 'content .gitignore contains "node_modules"'],
    ["`notes.md` mentions @owner", 'content notes.md contains "@owner"'],
    ['"Usage" appears in `README.md`', 'content README.md contains "Usage"'],
    ["`src/a.js` does not contain `console.log`", 'content src/a.js lacks "console.log"'],
    ["`src/a.js` no longer mentions `legacy`", 'content src/a.js lacks "legacy"'],
    ["No `console.log` in `src/`", 'content src/ lacks "console.log"'],
    ["No references to `oldName` remain in `src/`", 'content src/ lacks "oldName"'],
    [
      '`README.md` has a "License (MIT)" section',
      "content README.md matches /^#{1,6} +([0-9.]+ +)?License \\(MIT\\) *#*$/",
    ],
    ["`guide.md` section 4.2 added", "content docs/guide.md matches /^#{1,6} +4\\.2[. ]/"],
    ["`dist/` contains `app.js`", "exists dist/app.js"],
    ["`grüße/日本.txt` exists", "exists grüße/日本.txt"],
    ["`dist/` contains `the app`", "manual"],
    ["`user.py` contains `login`", '~content user.py contains "login"'],
    ["`src/a.js` contains the login logic", "manual"],
    ["README.md includes installation steps", "manual"],
    ['`README.md` may contain "Usage"', "manual"],
    ['`README.md` should not contain "draft"', "manual"],
    ['`README.md` contains "Usage" or "How to"', "manual"],
  ])("%s", (...[text, expected]) => expect(read(text)).toBe(expected));
});

describe("values of JSON and YAML", () => {
  test.each<Row>([
    ['`config.json` has "port": 8080', "value port in config.json = 8080"],
    ["`version` in `package.json` is `1.2.0`", 'value version in package.json = "1.2.0"'],
    ["`config.yaml` sets `server.debug` to false", "value server.debug in config.yaml = false"],
    ['`config.json` contains `"name": "shop"`', 'value name in config.json = "shop"'],
    ["`app.yml` has `retries: 3`", "value retries in app.yml = 3"],
    ["`package.json` has a `test` script", "value scripts.test in package.json"],
    ["`package.json` defines the `engines.node` field", "value engines.node in package.json"],
    ["`tsconfig.json` has no `outDir` option", "value outDir in tsconfig.json absent"],
    ["`config.json` has sensible defaults", "manual"],
    ["`port` in `config.json` is at least 8000", "manual"],
    ["`port` in `config.json` is configurable", "manual"],
    ["`port` in `notes.md` is 8080", "manual"],
    ["if set, `port` in `config.json` is 8080", "manual"],
    ["`port` in `config.json` will be 8080", "manual"],
  ])("%s", (...[text, expected]) => expect(read(text)).toBe(expected));
});

describe("size and form of files", () => {
  test.each<Row>([
    ["`dist/app.js` is under 200 KB", "size dist/app.js < 200 KB"],
    ["`dist/app.js` is smaller than 1.5 MiB", "size dist/app.js < 1572864 bytes"],
    ["Size of `dist/` ≤ 2 MB", "size dist/ <= 2 MB"],
    ["`README.md` has at least 40 lines", "size README.md >= 40 lines"],
    ["`README.md` has 400+ lines", "size README.md >= 400 lines"],
    ["`src/a.js` has 12 lines of code", "size src/a.js = 12 lines"],
    ["`README.md` has ~450 lines", "manual"],
    ["`README.md` has about 450 lines", "manual"],
    ["`src/` has 400 lines", "manual"],
    ["`config.json` is valid JSON", "valid config.json as JSON"],
    ["`docs/guide.md` has valid YAML front matter", "valid docs/guide.md as front matter"],
    ["`config.json` is valid", "manual"],
    ["All configuration files are valid YAML", "manual"],
    ["`src/token.py` defines `issue`", "defines issue in src/token.py"],
    ["class `Ledger` is defined in `ledger.py`", "defines Ledger in src/ledger.py"],
    ["`src/token.py` exports `issue`", "~defines issue in src/token.py"],
    ["`docs/guide.md` defines `issue`", "manual"],
    ["`token.py` exists", "exists src/token.py"],
    ["`user.py` exists", "~exists user.py"],
    ["2 Python modules (token, ledger)", "file src/token.py; file src/ledger.py"],
    ["3 Python modules (token, ledger)", "manual"],
    ["2 Python modules (token, user)", "manual"],
    ["reports directory exists", "directory reports/"],
    ["output directory exists", "manual"],
    ["Project directory structure exists", "directory src"],
    ["File structure matches the plan", "directory src; file src/a.js"],
    ["All modules created", "file src/a.js"],
    ["All modules created and importable", "manual"],
  ])("%s", (...[text, expected]) => expect(read(text)).toBe(expected));

  test("nothing is made of a structure that the plan does not declare", () => {
    expect(read("Project directory structure exists", { plan: { ...ground, tree: [] } })).toBe("manual");
  });
});

describe("commands of the plan", () => {
  test.each<Row>([
    ["`node check.js` exits with code 0", 'exit "node check.js" = 0'],
    ["`node check.js` runs without errors", 'exit "node check.js" = 0'],
    ["`node check.js` fails", 'exit "node check.js" fails'],
    ["`node check.js` exits with 2", 'exit "node check.js" = 2'],
    ["`node other.js` exits with code 0", "manual"],
    ["`node part.js` exits with code 0", "manual"],
    ["`node check.js` would fail", "manual"],
    ["`node check.js` completes in under 5 s", 'duration "node check.js" < 5 s'],
    ["The build takes less than 2 minutes", 'duration "npm run build" < 2 min'],
    ["Tests run in at most 1,500 ms", 'duration "pytest tests/unit" <= 1500 ms'],
    ["`node check.js` completes in about 5 s", "manual"],
    ["The migration completes in under 5 s", "manual"],
    ["`node check.js` takes 5 s", "manual"],
    ["`requests` is importable", `exit 'python3 -c "import requests, app.core as core"' = 0`],
    ["`requests` and `app.core` can be imported", `exit 'python3 -c "import requests, app.core as core"' = 0`],
    ["`lost` is importable", "manual"],
    ["`numpy` is importable", "manual"],
    ["All modules importable", "manual"],
    ["All unit tests pass", 'clean "pytest tests/unit"'],
    ["All integration tests pass", "~clean pytest"],
    ["Unit tests: 100% (target achieved: ✅/❌)", 'clean "pytest tests/unit"'],
    ["`scan.py` reports no errors", "clean scan.py"],
    ["`other.py` reports no errors", "manual"],
    ["ESLint reports 0 warnings", "findings warnings of eslint = 0"],
    ["ESLint: 0 problems", "findings problems of eslint = 0"],
    ["ESLint: 0 errors", "clean eslint"],
    ["ESLint reports at most 3 warnings", "findings warnings of eslint <= 3"],
    ["npm audit finds no vulnerabilities", 'findings vulnerabilities of "npm audit" = 0'],
    [
      "Security scan passes (no high/critical issues)",
      'findings high of "npm audit" = 0; findings critical of "npm audit" = 0',
    ],
    ["Bandit reports 0 warnings", "manual"],
    ["at least 20 tests pass", "tests passed >= 20"],
    ["all 12 tests pass", "tests passed = 12; tests failed = 0"],
    ["no skipped tests", "tests skipped = 0"],
    ["12 tests should pass or be skipped", "manual"],
    ["unit test coverage ≥ 85%", 'coverage of "pytest tests/unit" >= 85 %'],
    ["branch coverage of at least 80 %", "coverage branches >= 80 %"],
    ["integration coverage ≥ 75%", "number integration coverage >= 75 %"],
    ["coverage targets achieved", "manual"],
    ["coverage is not below 80 %", "manual"],
    ["`node check.js` no longer fails", "manual"],
    ["ESLint does not pass", "manual"],
    ["Git commit created", 'exit "git commit -m x" = 0'],
  ])("%s", (...[text, expected]) => expect(read(text)).toBe(expected));

  test("of two runs of one kind none is meant", () => {
    const runs = [run("npm run build", { check: "build" }), run("make build", { check: "build" })];
    expect(read("The build takes less than 2 minutes", { runs })).toBe("manual");
  });
});

describe("ports, pages, processes, environment and git", () => {
  test.each<Row>([
    ["Server is listening on port 8080", "port 8080 open"],
    ["The API server runs on port 3000", "port 3000 open"],
    ["port 5432 is open", "port 5432 open"],
    ["nothing listens on port 8080", "port 8080 closed"],
    ["PostgreSQL is running on port 5432", "~port 5432 open"],
    ["port 8080 is available", "manual"],
    ["Server is not listening on port 8080", "manual"],
    ["No server is listening on port 8080", "port 8080 closed"],
    ["The server no longer runs on port 8080", "manual"],
    ["The server will listen on port 8080", "manual"],
    ["Server is listening on port 8080 or 8081", "manual"],
    ["Server is listening on port 99999", "manual"],
    ["`http://localhost:8080/health` returns 200", "url http://localhost:8080/health = 200"],
    ["http://127.0.0.1:3000 is reachable", "url http://127.0.0.1:3000 answers"],
    ["`https://example.com/health` returns 200", "manual"],
    ["`http://localhost.example.com/` returns 200", "manual"],
    ["`http://localhost:8080/drop?all=1` returns 200", "manual"],
    ["`http://user@localhost:8080/` returns 200", "manual"],
    ["`node server.js` is running", 'process "node server.js" running'],
    ["`node worker.js` is running", "manual"],
    ["Services started", "manual"],
    ["`DATABASE_URL` is set", "variable DATABASE_URL set"],
    ["Environment variable API_KEY is exported", "variable API_KEY set"],
    ["`DEBUG` is not set", "variable DEBUG unset"],
    ["Environment variables `HOST_NAME` and `PORT` are set", "variable HOST_NAME set; variable PORT set"],
    ["`debug` is set", "manual"],
    ["`DATABASE_URL` is set to `postgres://db`", "manual"],
    ["`jq` is on PATH", "installed jq"],
    ["`express` is installed", "~installed express"],
    ["Dependencies installed", "manual"],
    ["The working tree is clean", "git clean"],
    ["The working tree is not clean", "manual"],
    ["`DATABASE_URL` is no longer set", "manual"],
    ["No uncommitted changes", "git clean"],
    ["`git status` shows a clean working tree", "git clean"],
    ["Git commit clean and descriptive", "manual"],
    ["The current branch is `main`", "git branch main"],
    ["Tag `v1.0.0` exists", "git tag v1.0.0"],
    ["Release tag created", "manual"],
    ["`src/a.js` is tracked by git", "git tracked src/a.js"],
    ["`src/a.js` is committed", "git tracked src/a.js; git unchanged src/a.js"],
    ["`src/a.js` has no uncommitted changes", "git unchanged src/a.js"],
    ["`git status` shows no unstaged changes to `src/a.js`", "~git unchanged src/a.js"],
  ])("%s", (...[text, expected]) => expect(read(text)).toBe(expected));
});

describe("rows of tables", () => {
  const behind = { command: "poetry show", form: "expected" } as const;
  test.each<[string, string, Partial<ClaimScene>?]>([
    ['Output has a row with "orders" and "12"', 'row "orders" "12"'],
    ["The table has a row `| orders | 12 |`", 'row "orders" "12"'],
    ["requests   2.31.0  ...", `row of 'poetry show' "requests" "2.31.0"`, behind],
    ["The table has a row for each order", "manual"],
    ["requests   X.Y.Z", "manual", behind],
  ])("%s", (...[text, expected, over]) => expect(read(text, over)).toBe(expected));
});

describe("what a sentence does not promise", () => {
  test.each([
    "[X/Y] scenarios pass (target: 100%)",
    "Coverage ≥[X]%",
    "`[path/to/file.py]` exists",
    "[Files created or modified]",
    "`NNN.md` or similar exists",
  ])("%s is no claim", (text) => expect(claimsOf(text, scene).claims).toEqual([]));

  test.each<Row>([
    ["`a.js` exists if the cache is on", "~exists a.js"],
    ["`a.js` will exist", "~exists a.js"],
    ["Optionally, `a.js` exists", "~exists a.js"],
    ["`may.txt` exists", "exists may.txt"],
    ['Output contains "if any"', 'output contains "if any"'],
    ["Node 20 or later", "manual"],
    ["Verify that `a.js` exists", "exists a.js"],
    ["`a.js` exists (✅/❌)", "exists a.js"],
    ["`a.js` exists (in production only)", "~exists a.js"],
  ])("%s", (...[text, expected]) => expect(read(text)).toBe(expected));
});

describe("the little language of every kind", () => {
  const texts: readonly string[] = [
    "path|exists dist/x.js",
    "count|count >= 2 *.py files below src/",
    'content|content README.md contains "Usage"',
    'content|content "two words.md" lacks "x"',
    "content|content a.md matches /^# A/",
    "size|size dist/app.js < 200 KB",
    "size|size README.md >= 40 lines",
    "value|value server.port in config.json = 8080",
    'value|value name in config.json = "8080"',
    "value|value scripts.test in package.json",
    "value|value debug in app.yaml absent",
    "valid|valid config.json as JSON",
    "valid|valid a.md as front matter",
    "definition|defines greet in src/greet.js",
    'output|output contains "ready"',
    "output|output of 'x y' lacks /^E/",
    'row|row "orders" "12"',
    `row|row of 'a b' "x" "y z"`,
    "number|number p95 < 50 ms",
    'clean|clean "npm test"',
    "findings|findings errors of eslint = 0",
    'findings|findings high of "npm audit" <= 2',
    "tests|tests passed = 12",
    "coverage|coverage lines >= 85 %",
    'coverage|coverage of "npm test" >= 85.5 %',
    'exit|exit "node check.js" = 2',
    'exit|exit "node bad.js" fails',
    'duration|duration "npm test" < 1500 ms',
    'duration|duration "npm test" <= 2 min',
    'version|version "node --version" >=20, <23',
    "installed|installed docker",
    "variable|variable DATABASE_URL set",
    "port|port 8080 closed",
    "url|url http://localhost:8080/health = 200",
    "url|url http://127.0.0.1/ answers",
    'process|process "node server.js" running',
    "git|git clean",
    "git|git tag v1.0",
    'git|git tracked "a b.md"',
  ];

  test.each(texts)("%s is read and written back", (row) => {
    const [kind, text = ""] = row.split("|");
    const { claims, problem } = readClaimText(text);
    expect(problem).toBeUndefined();
    expect(claims.map((claim) => [claim.kind, writeClaim(claim)])).toEqual([[kind, text]]);
  });

  test("covers every kind", () => {
    expect(new Set(texts.map((row) => row.split("|")[0]))).toEqual(new Set(Object.keys(forms)));
  });

  test.each([
    ["content a.md", "content is written"],
    ["size a.md", "size is written"],
    ["value x", "value is written"],
    ["valid a.toml as TOML", "valid is written"],
    ["defines two words in x", "defines is written"],
    ['row "one"', "row is written"],
    ["findings style of eslint = 0", "findings is written"],
    ["tests broken = 1", "tests is written"],
    ["coverage high", "coverage is written"],
    ["exit 0", "exit is written"],
    ['duration "x" < fast', "duration is written"],
    ["installed two words", "installed wants"],
    ["variable A=1", "variable is written"],
    ["port 0 open", "port is written"],
    ["port 70000 open", "port is written"],
    ["url https://example.com = 200", "only http://"],
    ["url http://localhost:1/a?b=c = 200", "only http://"],
    ["process running", "process is written"],
    ["git push", "git is written"],
  ])("%s is refused", (text, problem) => {
    expect(readClaimText(text)).toMatchObject({ claims: [], problem: expect.stringContaining(problem) as string });
  });

  test("patterns have names of their own", () => {
    expect(new Set(claimPatterns.map(({ name }) => name)).size).toBe(claimPatterns.length);
  });
});
