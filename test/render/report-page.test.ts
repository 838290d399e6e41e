import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createHash256 } from "#host/hash";
import { pageColumns } from "#render/html/columns";
import { escapeHtml, inertJson, markup } from "#render/html/markup";
import { pageMark, renderReportPage } from "#render/html/page";
import type { Report, ReportArtifact, ReportPlan, ReportStep } from "#render/html/report";
import { allOf, countsText, grouped, listed, moment, time } from "#render/html/wording";

const hash = createHash256();
const empty: Report = {
  tool: "iplan 1.0.0",
  documents: 1,
  plans: [],
  trace: { artifacts: [], links: 0, breaks: [], coverage: [] },
  findings: { errors: 0, warnings: 0, infos: 0, waived: 0, list: [] },
  readiness: [],
};

const step: ReportStep = {
  number: "1",
  title: "Make it",
  verdict: "failed",
  reason: "test -e x: exited with status 1",
  attempts: 2,
  durationMs: 1200,
  at: "2026-11-20T10:15:00.000Z",
  blocks: [
    {
      role: "verification",
      attempt: 2,
      commands: [
        { text: "test -e x", ended: "exited with status 1", passed: false },
        { text: "true", ended: "exited with status 0", passed: true },
      ],
      ended: "exited with status 1",
      passed: false,
      durationMs: 3,
      digest: "sha256:aa",
      bytes: 1234,
      tail: "last line",
      cut: true,
    },
  ],
  outcomes: [{ text: "It exists", verdict: "manual", reason: "judge it" }],
  digests: ["sha256:bb"],
};

const plan: ReportPlan = {
  id: "IPLAN-001",
  title: "Greeting",
  path: "docs/IPLAN/IPLAN-001_greeting.md",
  status: "In Progress",
  verdict: "failed",
  counts: { failed: 1, verified: 2 },
  phases: [
    {
      number: "1",
      name: "Ground",
      verdict: "failed",
      tasks: [{ id: "TASK-1.1", text: "Begin", verdict: "failed", reason: "step 1 failed" }],
    },
  ],
  steps: [step],
  items: [{ text: "A file", verdict: "verified", reason: "it is there" }],
  criteria: [
    {
      key: "criterion:1",
      part: "criterion",
      group: "Quality",
      criterion: "Unit tests cover 85 %",
      target: ">= 85 %",
      actual: "91 %",
      source: "reports/lcov.info",
      verdict: "verified",
      reason: "91 % of lines",
      line: 9,
    },
    {
      key: "deliverable:1",
      part: "deliverable",
      criterion: "A manual",
      verdict: "manual",
      reason: "no report",
      line: 3,
    },
  ],
  scenarios: [
    {
      document: "BDD-001",
      scenario: "Deposit",
      test: "tests/a.ts:4",
      result: "failed",
      reason: "said no",
      source: "r.xml",
      mapped: true,
    },
    { document: "BDD-001", scenario: "Pickup", result: "not run", reason: "no report names it", mapped: true },
  ],
  signed: [{ key: "outcome:1.1", actor: "ann@home", reason: "I saw it", override: true }],
  notes: [{ kind: "decision", text: "Port 8081", at: "2026-11-20T10:15:00.000Z", actor: "ann@home" }],
  damage: ["line 3 was changed"],
  next: { title: "Step 1", command: "iplan run IPLAN-001" },
  source: "both",
};

const artifact = (id: string, more: Partial<ReportArtifact> = {}): ReportArtifact => ({
  id,
  type: id.slice(0, 3),
  title: `Title of ${id}`,
  path: "docs/a.md",
  line: 1,
  parents: [],
  answered: "deep",
  ...more,
});

const full: Report = {
  ...empty,
  asOf: "2026-11-20T10:15:00.000Z",
  plans: [plan],
  trace: {
    artifacts: [
      artifact("BRD-001"),
      artifact("BRD-001:FR-001", { answered: "nothing", line: 3 }),
      artifact("PRD-001", { path: "docs/b.md", parents: [0, 1], verdict: "verified", answered: "not-asked" }),
    ],
    links: 2,
    breaks: [{ from: "PRD-001", tag: "brd", to: "BRD-009", status: "missing", path: "docs/b.md", line: 4 }],
    coverage: [
      { from: "BRD", by: "PRD", demanded: true, total: 3, covered: 3, deep: 3 },
      { from: "BRD", by: "SYS", demanded: false, total: 3, covered: 1, deep: 0 },
      { from: "PRD", by: "EARS", demanded: true, total: 1000, covered: 999, deep: 2 },
      { from: "EARS", by: "BDD", demanded: true, total: 2, covered: 2, deep: 1 },
    ],
  },
  findings: {
    errors: 1,
    warnings: 1,
    infos: 0,
    waived: 2,
    list: [
      { severity: "error", rule: "trace/document-missing", message: "BRD-009 is nowhere", path: "docs/b.md", line: 4 },
      { severity: "warning", rule: "tag/untidy", message: "Untidy", path: "docs/b.md", line: 5 },
    ],
  },
  readiness: [
    {
      id: "IPLAN-001",
      path: plan.path,
      plan: true,
      score: 80,
      target: 90,
      ready: false,
      declared: 95,
      without: ["reports"],
      lost: [{ points: 20, rule: "plan/x", path: plan.path, line: 2, cure: "Do it" }],
    },
    { id: "IPLAN-002", path: "b.md", plan: true, score: 100, target: 90, ready: true, without: [], lost: [] },
  ],
};

const pageOf = (report: Report): string => renderReportPage(report, hash);
const between = (page: string, from: string, to: string): string =>
  page.slice(page.indexOf(from) + from.length, page.indexOf(to, page.indexOf(from)));

describe("markup", () => {
  it("escapes whatever is put into it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 30 }), (text) => {
        const safe = escapeHtml(text);
        expect(markup`<p title="${text}">${[text]}</p>`.html).toBe(`<p title="${safe}">${safe}</p>`);
        expect(safe).not.toMatch(/[<>"']|&(?!amp;|lt;|gt;|quot;|#39;)/u);
      }),
    );
  });

  it("leaves out what is not there", () => {
    expect(markup`a${undefined}b${false}c${0}d${[]}`.html).toBe("abc0d");
  });

  it("writes JSON that cannot end its element and reads the same", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary", maxLength: 30 })), (texts) => {
        const { html } = inertJson(texts);
        expect(html).not.toMatch(/[<>&\u2028\u2029]/u);
        expect(JSON.parse(html)).toEqual(texts);
      }),
    );
  });
});

describe("words", () => {
  it.each([
    [grouped(0), "0"],
    [grouped(1234567), "1,234,567"],
    [countsText({ verified: 2, failed: 1 }), "1 failed, 2 verified"],
    [countsText({}), "nothing"],
    [moment("2026-11-20T10:15:00.000Z"), "2026-11-20 10:15 UTC"],
    [moment("yesterday"), "yesterday"],
    [listed(["a"]), "a"],
    [listed(["a", "b", "c"]), "a, b and c"],
    [time(3), "under 0.1 s"],
    [time(1200), "1.2 s"],
    [allOf({ verified: 2, failed: 1 }), 3],
  ])("%s", (words, wanted) => expect(words).toBe(wanted));
});

describe("the report page", () => {
  it("lets in exactly its own style and script", () => {
    const page = pageOf(full);
    const digest = (text: string) => createHash("sha256").update(text).digest("base64");
    const policy = between(page, 'http-equiv="Content-Security-Policy" content="', '">').replaceAll("&#39;", "'");
    const script = between(page, "</script>\n<script>", "</script></body>");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`style-src 'sha256-${digest(between(page, "<style>", "</style>"))}'`);
    expect(policy).toContain(`script-src 'sha256-${digest(script)}'`);
    expect(policy).not.toContain("unsafe");
    expect(() => new Function(script)).not.toThrow();
    expect(page.match(/<script/gu)).toHaveLength(2);
    expect(page.startsWith(`${pageMark}\n`)).toBe(true);
  });

  it("is the same bytes for the same report", () => expect(pageOf(full)).toBe(pageOf(structuredClone(full))));

  it.each([
    ["where the plan stands", "2 of its 3 parts are verified; 1 failed."],
    ["when it was recorded", "recorded until 2026-11-20 10:15 UTC"],
    ["the task and why it is not done", '<span class="reason">step 1 failed</span>'],
    ["a failed step, open", "<details open><summary>"],
    ["which statement failed", '<span class="how bad">✗ exited with status 1</span>'],
    ["the end of the output", "… only its end\nlast line"],
    ["its digest", "sha256:aa · 1,234 bytes"],
    ["the second attempt", "verification, attempt 2"],
    ["outputs elsewhere", "Outputs on the machine that ran it:"],
    ["an override", "</span>override</span> by ann@home"],
    ["a criterion with target and value", "<strong>91 %</strong>"],
    ["where the value comes from", "91 % of lines · reports/lcov.info"],
    [
      "a scenario that failed",
      '<span class="v bad"><span class="sign" aria-hidden="true">✗</span>failed</span></td><th scope="row" class="cut">Deposit',
    ],
    ["a scenario nobody ran", "</span>not run</span>"],
    ["a note", "<strong>decision</strong> Port 8081"],
    ["a damaged journal", "The journal is damaged, and decides nothing: line 3 was changed"],
    ["the next command", "<code>iplan run IPLAN-001</code>"],
    ["a broken link", "@brd: BRD-009"],
    ["whole coverage", '</span>whole</span></td><th scope="row">BRD by PRD'],
    ["coverage that ends early", '</span>not to the end</span></td><th scope="row">EARS by BDD'],
    ["almost all, which is not all", "99 %"],
    ["a share nobody has to have", '<span class="soft">33 %</span>'],
    ["findings, and how many were waived", "1 errors, 1 warnings, 0 remarks, 2 waived."],
    ["readiness with its lost points", "−20"],
    ["what the document claims", "says 95"],
    ["that nothing was lost", "It lost no point."],
    ["what a verdict means", "<dd>a check that could have failed ran and passed</dd>"],
  ])("shows %s", (_title, text) => expect(pageOf(full)).toContain(text));

  it("says what is not there, and praises nothing that is empty", () => {
    const page = pageOf(empty);
    for (const text of ["No plan yet", "no link between them", "nothing was recorded yet", "No tag links one document"])
      expect(page).toContain(text);
    expect(page).not.toContain("every link leads somewhere");
    expect(page).not.toContain('id="readiness"');
  });

  it("folds many plans, worst first in a table, and says how many are not on it", () => {
    const plans = Array.from({ length: 150 }, (_, index) => ({ ...plan, id: `IPLAN-${index}`, path: `${index}.md` }));
    const page = pageOf({ ...full, plans });
    expect(page).toContain("All 150 plans are");
    expect(page.match(/<details class="plan"/gu)).toHaveLength(40);
    expect(page).toContain("50 more are among the");
    expect(page).toContain("110 more plans stand in the table above");
    const mixed = pageOf({ ...full, plans: [plan, { ...plan, verdict: "verified", path: "b.md" }] });
    expect(mixed).toMatch(/Of 2 plans, 1 <span class="v bad">.* and 1 <span class="v good">/u);
  });

  it("tells a plan that cannot be read, one without steps, and one that never ran", () => {
    const bare = {
      ...plan,
      steps: [],
      phases: [],
      items: [],
      criteria: [],
      scenarios: [],
      signed: [],
      notes: [],
      damage: [],
      counts: {},
    };
    const page = pageOf({ ...full, plans: [{ ...bare, problem: "It is too large.", source: "nothing" }] });
    for (const text of [
      "It is too large.",
      "It has none that could be run.",
      "nothing was recorded of it",
      "no part that could be proved",
    ])
      expect(page).toContain(text);
  });
});

describe("columns", () => {
  it("hold what the lists hold, elements by their documents", () => {
    const { artifacts, breaks, findings } = pageColumns(full);
    expect(artifacts).toEqual({
      ids: "BRD-001\n:FR-001\nPRD-001",
      titles: "Title of BRD-001\nTitle of BRD-001:FR-001\nTitle of PRD-001",
      paths: "docs/a.md\n\ndocs/b.md",
      lines: "1\n3\n1",
      parents: "\n\n0 1",
      types: ["BRD", "PRD"],
      type: "001",
      answered: "dn-",
      verdicts: { 2: "verified" },
    });
    expect(breaks).toEqual([["PRD-001", "brd", "BRD-009", "missing", "docs/b.md:4"]]);
    expect(findings).toEqual({
      severity: "ew",
      rules: ["trace/document-missing", "tag/untidy"],
      rule: "0\n1",
      messages: "BRD-009 is nowhere\nUntidy",
      places: "docs/b.md:4\ndocs/b.md:5",
    });
  });

  it("keep their rows whatever a title holds", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary", maxLength: 30 }), { minLength: 1 }), (titles) => {
        const artifacts = titles.map((title, index) => artifact(`BRD-${index}`, { title, path: title }));
        const columns = pageColumns({ ...full, trace: { ...full.trace, artifacts } }).artifacts;
        expect(columns.titles.split("\n")).toHaveLength(titles.length);
        expect(columns.paths.split("\n")).toHaveLength(titles.length);
      }),
    );
  });
});
