import type { MemoryRepository, ScriptedBlock } from "#host/memory";
import { describe, expect, it } from "vitest";
import { readClaimText } from "#plan/claims/claim-text";
import { readYamlValue } from "#session/read-yaml-value";
import { createRunWorld } from "../support/run-world.ts";
import { action, outcome, planOf, verification } from "../support/understood.ts";

const files = {
  "/ws/README.md": "# Shop\n\n## 2. Usage\n\nRun it.\n",
  "/ws/docs/a.md": "---\ntitle: A\ntags: [x]\n---\n# A\n",
  "/ws/docs/b.md": "---\ntitle: [A\n---\n",
  "/ws/config.json":
    '{"port": 8080, "name": "shop", "debug": false, "list": [{"id": 7}], "a.b": 1, "token": "t0p", "none": null}',
  "/ws/broken.json": "{",
  "/ws/app.yaml": "server:\n  port: 9090\n  tls: true\n",
  "/ws/src/a.js":
    "// function hidden() {}\nexport async function greet() {}\nclass Ledger {}\nexport const total = 1;\nexports.old = 2;\nother();\n",
  "/ws/src/b.py": "    async def fetch(self):\n        pass\nclass Store(Base):\n    pass\n",
  "/ws/src/deep/c.js": "console.log(1);\n",
  "/ws/big.bin": "x".repeat(2500),
  "/etc/passwd": "root",
};

interface Told {
  readonly text?: string;
  readonly output?: string;
  readonly action?: boolean;
  readonly durationMs?: number;
  readonly exported?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly repository?: Partial<MemoryRepository>;
}

/** The verdict of a claim after a step whose block says what `told` gives, with what was observed. */
async function verdictOf(claim: string, told: Told = {}): Promise<string> {
  const { claims, problem } = readClaimText(claim);
  if (problem !== undefined) throw new Error(problem);
  const text = told.text ?? "tool";
  const script = (): ScriptedBlock => ({
    output: told.output ?? "",
    ...(told.action === true ? {} : { statuses: text.split("\n").map(() => 0) }),
    ...(told.durationMs === undefined ? {} : { durationMs: told.durationMs }),
    ...(told.exported === undefined ? {} : { exported: told.exported }),
  });
  const world = createRunWorld({
    files,
    script,
    programs: { jq: "1.7" },
    environment: told.environment ?? {},
    openPorts: [8080],
    answers: { "8080/health": 200, "8080/gone": 404 },
  });
  Object.assign(world.host.repository, told.repository ?? {});
  const block = told.action === true ? action(text, { recognised: [text] }) : verification(text);
  const plan = planOf([{ blocks: [block], outcomes: [outcome("it", claims)] }]);
  const result = await world.run(plan, {}, { readYaml: readYamlValue });
  const item = result.items.find(({ unit }) => unit.startsWith("outcome"));
  return item?.verdict ?? result.steps[0]?.verdict ?? "none";
}

type Row = [claim: string, verdict: string, told?: Told];

describe("claims about files", () => {
  it.each<Row>([
    ['content README.md contains "Run it"', "verified"],
    ['content README.md contains "Stop it"', "failed"],
    ['content README.md lacks "Stop it"', "verified"],
    ['content README.md lacks "Run it"', "failed"],
    ["content README.md matches /^#{1,6} +([0-9.]+ +)?Usage$/", "verified"],
    ["content README.md matches /^Usage$/", "failed"],
    ['content src/ lacks "console.log"', "failed"],
    ['content src/ lacks "debugger"', "verified"],
    ['content missing.md lacks "x"', "failed"],
    ['content ../etc/passwd contains "root"', "failed"],
    ["size big.bin < 3 KB", "verified"],
    ["size big.bin < 2 KB", "failed"],
    ["size big.bin >= 2500 bytes", "verified"],
    ["size src/ > 100 bytes", "verified"],
    ["size README.md = 5 lines", "verified"],
    ["size README.md >= 6 lines", "failed"],
    ["size missing.md < 6 lines", "failed"],
    ["value port in config.json = 8080", "verified"],
    ['value port in config.json = "8080"', "verified"],
    ["value port in config.json = 8081", "failed"],
    ["value debug in config.json = false", "verified"],
    ['value debug in config.json = "false"', "failed"],
    ["value list[0].id in config.json = 7", "verified"],
    ["value list.1.id in config.json = 7", "failed"],
    ["value a.b in config.json = 1", "verified"],
    ["value none in config.json = null", "verified"],
    ["value none in config.json", "verified"],
    ["value toString in config.json", "failed"],
    ["value outDir in config.json absent", "verified"],
    ["value port in config.json absent", "failed"],
    ["value server.port in app.yaml = 9090", "verified"],
    ["value server.tls in app.yaml = false", "failed"],
    ["value x in broken.json = 1", "manual"],
    ["value x in missing.json = 1", "failed"],
    ["valid config.json as JSON", "verified"],
    ["valid broken.json as JSON", "failed"],
    ["valid app.yaml as YAML", "verified"],
    ["valid docs/a.md as front matter", "verified"],
    ["valid docs/b.md as front matter", "failed"],
    ["valid README.md as front matter", "failed"],
    ["defines greet in src/a.js", "verified"],
    ["defines Ledger in src/a.js", "verified"],
    ["defines total in src/a.js", "verified"],
    ["defines old in src/a.js", "verified"],
    ["defines fetch in src/b.py", "verified"],
    ["defines Store in src/b.py", "verified"],
    ["defines nothing in src/a.js", "failed"],
    ["defines hidden in src/a.js", "failed"],
    ["defines other in src/a.js", "manual"],
    ["defines x in src/missing.js", "failed"],
  ])("%s is %s", async (...[claim, verdict]) => expect(await verdictOf(claim)).toBe(verdict));

  it("a value behind a telling key is never shown", async () => {
    const world = createRunWorld({ files });
    const { claims } = readClaimText('value token in config.json = "other"');
    const plan = planOf([{ blocks: [verification("print x")], outcomes: [outcome("it", claims)] }]);
    const result = await world.run(plan, {}, { readYaml: readYamlValue });
    expect(result.steps[0]?.reason).toContain("token in config.json has another value");
    expect(JSON.stringify(world.signals)).not.toContain("t0p");
  });
});

describe("claims about commands", () => {
  const pytest = "Name   Stmts   Miss  Cover\n------\nTOTAL    120    10    92%\n";
  const istanbul =
    "File      | % Stmts | % Branch | % Funcs | % Lines | Uncovered\nAll files |    92.5 |       80 |      95 |    91.2 |\n";
  it.each<Row>([
    ['exit "tool" = 0', "verified"],
    ['exit "tool" = 2', "failed"],
    ['exit "other" = 0', "manual"],
    ['exit "tool" fails', "failed"],
    ['exit "tool" fails', "verified", { text: "! tool" }],
    ['exit "tool" = 2', "manual", { text: "! tool" }],
    ['exit "tool" = 0', "verified", { text: "prepare\ntool", action: true }],
    ['exit "tool" = 0', "manual", { text: "set +e\ntool", action: true }],
    ['duration "tool" < 5 s', "verified", { action: true, durationMs: 4999 }],
    ['duration "tool" < 5 s', "failed", { action: true, durationMs: 5000 }],
    ['duration "tool" < 5 s', "manual", { text: "prepare\ntool", action: true, durationMs: 10 }],
    ['duration "other" < 5 s', "manual"],
    ["coverage >= 85", "verified", { output: pytest }],
    ["coverage lines >= 93", "failed", { output: pytest }],
    ["coverage branches >= 80", "verified", { output: istanbul }],
    ["coverage branches >= 81", "failed", { output: istanbul }],
    ["coverage >= 85", "manual", { output: istanbul }],
    ["coverage lines >= 90", "verified", { output: "ℹ all files | 97.44 | 90.00 | 88.00 |\n" }],
    ["coverage functions >= 90", "failed", { output: "# all files | 97.44 | 90.00 | 88.00 |\n" }],
    ["coverage statements >= 85", "verified", { output: "ok  \tshop\t0.1s\tcoverage: 85.0% of statements\n" }],
    ["coverage lines >= 90", "verified", { output: "line coverage 97.4 %\n" }],
    ["coverage >= 85", "manual", { output: "92 of 100\n" }],
    ['coverage of "tool" >= 85', "verified", { output: pytest }],
    ['coverage of "tool" >= 85', "manual", { text: "prepare\ntool", action: true, output: pytest }],
    [
      "findings warnings of eslint = 0",
      "failed",
      { text: "eslint .", output: "✖ 3 problems (0 errors, 3 warnings)\n" },
    ],
    [
      "findings errors of eslint = 0",
      "verified",
      { text: "eslint .", output: "✖ 3 problems (0 errors, 3 warnings)\n" },
    ],
    ["findings warnings of eslint = 0", "verified", { text: "eslint ." }],
    ["findings warnings of oxlint <= 2", "verified", { text: "oxlint", output: "Found 2 warnings and 0 errors.\n" }],
    ["findings warnings of oxlint = 0", "manual", { text: "oxlint" }],
    [
      "findings errors of mypy = 0",
      "verified",
      { text: "mypy src", output: "Success: no issues found in 3 source files\n" },
    ],
    [
      'findings high of "npm audit" = 0',
      "verified",
      { text: "npm audit", output: "2 vulnerabilities (1 low, 1 moderate)\n" },
    ],
    [
      'findings high of "npm audit" = 0',
      "failed",
      { text: "npm audit", output: "2 vulnerabilities (1 low, 1 high)\n" },
    ],
    [
      'findings critical of "npm audit" = 0',
      "failed",
      { text: "npm audit", output: "1 critical severity vulnerability\n" },
    ],
    [
      'findings vulnerabilities of "npm audit" = 0',
      "verified",
      { text: "npm audit", output: "found 0 vulnerabilities\n" },
    ],
    [
      "findings high of bandit = 0",
      "failed",
      { text: "bandit -r src", output: "   Severity: High   Confidence: Low\n" },
    ],
    [
      "findings high of bandit = 0",
      "verified",
      { text: "bandit -r src", output: "   Severity: Low   Confidence: High\n" },
    ],
    ["findings high of trivy = 0", "failed", { text: "trivy fs .", output: "Total: 3 (HIGH: 2, CRITICAL: 1)\n" }],
    ["findings errors of unknown = 0", "manual", { text: "unknown" }],
    ["tests passed = 3", "verified", { output: "==== 3 passed in 0.12s ====\n" }],
    ["tests passed >= 4", "failed", { output: "==== 3 passed in 0.12s ====\n" }],
    ["tests skipped = 0", "failed", { output: "==== 3 passed, 1 skipped in 0.12s ====\n" }],
    ["tests passed = 3", "manual", { output: "3 passed\n" }],
    ["clean pytest", "verified", { text: "pytest", output: "==== 3 passed in 0.12s ====\n" }],
    ['row "orders" "12"', "verified", { output: "| orders | 12 | ok |\n" }],
    ['row "orders" "ok"', "verified", { output: "orders   12   ok\n" }],
    ['row "12" "orders"', "failed", { output: "| orders | 12 |\n" }],
    ['row "orders" "1"', "failed", { output: "| orders | 12 |\n" }],
    ["output lacks /./", "verified"],
    ["output lacks /./", "failed", { output: "found\n" }],
    ["number p95 < 50 ms", "verified", { output: "p50 12 ms\np95 41.5 ms\np99 80 ms\n" }],
    ["number p95 < 40 ms", "failed", { output: "p95 41.5 ms\n" }],
  ])("%s is %s after %j", async (...[claim, verdict, told]) => expect(await verdictOf(claim, told)).toBe(verdict));
});

describe("versions of several tools that one action asks", () => {
  const asking = { text: "node --version\nnpm --version", action: true };
  it.each<Row>([
    ['version "npm --version" >=10, <11', "verified", { ...asking, output: "v20.1.0\n10.2.0\n" }],
    ['version "node --version" >=20, <21', "verified", { ...asking, output: "v20.1.0\n10.2.0\n" }],
    ['version "npm --version" >=20', "failed", { ...asking, output: "v20.1.0\n10.2.0\n" }],
    ['version "npm --version" >=10', "manual", { ...asking, output: "v20.1.0\na remark\n10.2.0\n" }],
    [
      'version "npm --version" >=10',
      "manual",
      { text: "prepare\nnpm --version", action: true, output: "1.2.3\n10.2.0\n" },
    ],
  ])("%s is %s after %j", async (...[claim, verdict, told]) => expect(await verdictOf(claim, told)).toBe(verdict));
});

describe("claims about the machine", () => {
  it.each<Row>([
    ["port 8080 open", "verified"],
    ["port 8081 open", "failed"],
    ["port 8081 closed", "verified"],
    ["port 8080 closed", "failed"],
    ["url http://localhost:8080/health = 200", "verified"],
    ["url http://localhost:8080/health answers", "verified"],
    ["url http://localhost:8080/gone = 200", "failed"],
    ["url http://localhost:8080/gone = 404", "verified"],
    ["url http://localhost:8080/gone answers", "failed"],
    ["url http://127.0.0.1:9/ answers", "failed"],
    ["installed jq", "verified"],
    ["installed docker", "failed"],
    ["variable API_URL set", "failed"],
    ["variable API_URL set", "verified", { environment: { API_URL: "x" } }],
    ["variable API_URL unset", "failed", { environment: { API_URL: "x" } }],
    ["variable API_URL unset", "verified"],
    ["variable API_URL set", "verified", { text: "export API_URL=x", action: true, exported: ["API_URL"] }],
    ["variable API_URL set", "manual", { text: "API_URL=x", action: true, exported: [] }],
    ["variable API_URL unset", "manual", { text: "unset API_URL", action: true, environment: { API_URL: "x" } }],
    ['process "node server.js" running', "manual"],
    ["git clean", "manual"],
    ["git clean", "verified", { repository: { changes: [".iplan/runs/x", "docs/p.md.receipt.ndjson"].slice(0, 1) } }],
    ["git clean", "failed", { repository: { changes: ["src/a.js"] } }],
    ["git unchanged src/", "failed", { repository: { changes: ["src/a.js"] } }],
    ["git unchanged docs/", "verified", { repository: { changes: ["src/a.js"] } }],
    ["git branch main", "verified", { repository: { branch: "main" } }],
    ["git branch main", "failed", { repository: { branch: "" } }],
    ["git tag v1", "verified", { repository: { tags: ["v1"] } }],
    ["git tag v1", "failed", { repository: { tags: ["v10"] } }],
    ["git tracked a.js", "failed", { repository: { tracked: [] } }],
    ["git tracked a.js", "verified", { repository: { tracked: ["a.js"] } }],
  ])("%s is %s after %j", async (...[claim, verdict, told]) => expect(await verdictOf(claim, told)).toBe(verdict));
});
