import { describe, expect, test } from "vitest";
import { createPacket } from "#guide/packet";
import { nextUnit } from "#guide/next";
import { describeClaim } from "#render/claim-text";
import { renderDryRun, type ShownDryRun } from "#render/dry-run-page";
import { renderExplainPage } from "#render/explain-page";
import { displayWidth } from "#render/layout";
import { renderPacket } from "#render/packet-page";
import { createPaint } from "#render/paint";
import { renderPlanPage, wrap } from "#render/plan-page";
import { renderRunPage, type ShownRun } from "#render/run-page";
import { renderScores, type ShownScore } from "#render/scores";
import { overridesText, signatureRows, signaturesOf } from "#render/signatures";
import { type PlanStatusRow, renderBriefStatus, renderStatusPage } from "#render/status-page";
import { renderTrustPage } from "#render/trust-page";
import type { Claim, UnderstoodPlan } from "#model/understanding";
import { expectGoldenText } from "../support/golden-text.ts";
import { planDocument } from "../support/plan-document.ts";
import { understoodWith } from "../support/understood-builder.ts";
import { recordOf, standingWith, understandText } from "../support/understood-document.ts";

const plain = createPaint(false);

const document = planDocument(
  [
    {
      title: "Make it",
      run: "mkdir -p build\ntouch build/a",
      verify: "test -e build/a",
      outcomes: ["`build/a` exists", "It is pleasant to use"],
    },
    { title: "Fetch it", run: "curl -o page https://example.org/", verify: "ls page || true" },
    { title: "Clear away", run: "rm -rf build/[name]", verify: "test ! -e build" },
    { title: "Ask around" },
  ],
  {
    title: "A plan of four steps",
    deliverables: ["`build/a` exists"],
    checklist: ["Read it aloud"],
    more: "## Command Reference\n\n```bash\nmake all\n```\n",
  },
);

const { understood } = understandText(document);
const said = {
  "phase:1": "failed",
  "step:1": "verified",
  "step:2": { verdict: "unverifiable", reason: "nothing that could fail was checked" },
  "step:3": { verdict: "failed", reason: "test ! -e build: exited with status 1" },
  "step:4": { verdict: "handoff", reason: "it describes work" },
  "task:TASK-1.1": "verified",
  "task:TASK-1.3": "failed",
  "outcome:1.2": "manual",
} as const;
const standing = standingWith(understood, said);

/** Text that would move a cursor, colour a line or turn its order round. */
const hostile = "a\u001B[31m\u001B]0;t\u0007\u202Eb\u2066c\u200Bd\u009Be\rf\u0000g";
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
const raw = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u200B\u202A-\u202E\u2066-\u2069]/;

const hostilePlan: UnderstoodPlan = understandText(
  planDocument(
    [
      {
        title: hostile.replace(/[\r\u0000]/g, ""),
        run: `echo '${hostile.replace(/[\r\u0000]/g, "")}'`,
        verify: "test -e x",
        outcomes: [hostile.replace(/[\r\u0000]/g, "")],
      },
    ],
    { title: hostile.replace(/[\r\u0000]/g, "") },
  ),
).understood;

const row = (over: Partial<PlanStatusRow> = {}): PlanStatusRow => ({
  id: "IPLAN-001",
  path: "docs/IPLAN/IPLAN-001_x.md",
  title: "A plan of four steps",
  status: "In Progress",
  verdict: "failed",
  phases: [{ number: "1", name: "Work", verdict: "failed", done: 1, total: 4 }],
  steps: [
    { key: "step:1", number: "1", title: "Make it", verdict: "verified", reason: "" },
    { key: "step:2", number: "2", title: "Fetch it", verdict: "failed", reason: "ls page: exited with status 2" },
  ],
  waiting: [{ key: "outcome:1.2", title: "It is pleasant to use", reason: "it needs a person's judgement" }],
  signed: [{ key: "deliverable:1", actor: "ada@desk", reason: "seen", override: true }],
  notes: [
    { kind: "decision", text: "Used port 8081", at: "2026-01-02T03:04:05.000Z", actor: "ada@desk", unit: "step:2" },
  ],
  counts: { failed: 1, manual: 1, verified: 2 },
  next: { kind: "step", id: "step:2", title: "Step 2: Fetch it", command: "iplan run IPLAN-001" },
  ...over,
});

const dryRunOf = (plan: UnderstoodPlan): ShownDryRun => ({
  plan: plan.id,
  steps: plan.steps.map((step, index) => ({
    number: step.number,
    title: step.title,
    would: (["skip", "run", "verify-first", "handoff"] as const)[index % 4] ?? "run",
    why: "not run yet",
    commands: plan.commands.filter((command) => command.unit === step.key),
    ...[
      {},
      { expected: { source: "last-time" as const, durationMs: 3210 } },
      { expected: { source: "plan" as const, minHours: 2, maxHours: 4 } },
    ][index % 3],
  })),
  expected: { unknown: 1, lastTime: { steps: 1, durationMs: 3210 }, plan: { steps: 1, minHours: 2, maxHours: 4 } },
  obstacles: [{ message: "step 3 has a placeholder", range: plan.plan.steps[0]!.head }, { message: "no place" }],
  prerequisites: [
    {
      prerequisite: { kind: "tool", text: "node 99+", bounds: [], optional: false, range: plan.plan.steps[0]!.head },
      state: "missing",
      observed: "node is 20",
    },
  ],
  unapproved: plan.commands,
});

const runOf = (over: Partial<ShownRun> = {}): ShownRun => ({
  run: "01RUN",
  verdict: "failed",
  steps: [{ verdict: "verified" }, { verdict: "failed" }],
  items: [
    { unit: "outcome:1.1", text: "`build/a` exists", verdict: "verified", reason: "" },
    { unit: "outcome:1.2", text: "It is pleasant", verdict: "manual", reason: "" },
    { unit: "outcome:2.1", text: "page exists", verdict: "failed", reason: "page does not exist" },
  ],
  stop: { message: "step 2: ls page", cure: "See what it printed: iplan show IPLAN-001 2 --output" },
  ...over,
});

const shownPlan = { plan: "IPLAN-001", path: "docs/p.md", verdict: "failed", signed: row().signed } as const;

const score: ShownScore = {
  id: "IPLAN-001",
  path: "docs/p.md",
  plan: true,
  score: 74,
  target: 90,
  ready: false,
  declared: 95,
  without: ["tracing"],
  lost: [
    { points: 2, rule: "plan/status-word", path: "docs/p.md", line: 4, cure: "Write one of the status words." },
    { points: 10.25, rule: "plan/control-missing", path: "docs/p.md", line: 1, cure: "Add a table." },
  ],
};

/** Every page, by name, of the plan of four steps. */
const pages: Readonly<Record<string, (width: number) => string>> = {
  plan: (width) => renderPlanPage(understood, standing, plain, width),
  explain: (width) => renderExplainPage(understood, plain, width),
  "explain-one": (width) => renderExplainPage(understood, plain, width, "step:1"),
  status: (width) => renderStatusPage([row()], plain, width),
  "status-many": (width) =>
    renderStatusPage([row(), row({ id: "IPLAN-002", problem: "It cannot be read. Split it." })], plain, width),
  trust: (width) => renderTrustPage(understood, false, plain, width),
  "trust-approved": (width) => renderTrustPage(understood, true, plain, width),
  "dry-run": (width) => renderDryRun(dryRunOf(understood), plain, width),
  run: (width) => renderRunPage(runOf(), shownPlan, plain, width),
  packet: () =>
    renderPacket(createPacket(understood, nextUnit(understood, standing)!, { plan: "IPLAN-001" }, 1500), plain),
  scores: (width) =>
    renderScores([score, { ...score, id: "IPLAN-002", score: 100, ready: true, lost: [] }], plain, width),
};

test("other documents are one line, and listed when points they lost were asked for", () => {
  const others = [
    { ...score, id: "BRD-001", plan: false, score: 100, ready: true, lost: [] },
    { ...score, id: "PRD-001", plan: false },
  ];
  const text = renderScores(others, plain, 100);
  expect(text.split("\n")[0]).toBe(`1 of 2 documents are ready; lowest PRD-001 ${score.score}/100`);
  expect(text).toContain("PRD-001 readiness");
  expect(text).not.toContain("BRD-001");
  const { lost, ...unasked } = score;
  expect(lost).toBeDefined();
  const all = others.map(({ id, plan }) => ({ ...unasked, id, plan }));
  expect(renderScores(all, plain, 100).split("\n")).toHaveLength(2);
});

describe("each page is as it was looked over", () => {
  test.each(Object.entries(pages))("%s", (name, page) => {
    expectGoldenText(page(100), `pages/${name}.txt`);
  });

  test.each(
    Object.entries(pages),
  )("%s ends with a line end, leaves no blanks behind, and has no colour", (_name, page) => {
    const text = page(100);
    expect(text.endsWith("\n")).toBe(true);
    expect(text).not.toMatch(/[ \t]\n/);
    expect(text).not.toContain("\u001B");
  });

  test.each(Object.entries(pages))("%s is shown on 40 columns too: what can be cut is", (_name, page) => {
    const widest = (width: number): number => Math.max(...page(width).split("\n").map(displayWidth));
    expect(page(40)).not.toBe("");
    expect(widest(40)).toBeLessThanOrEqual(Math.max(widest(100), 40));
  });

  test("colour only repeats what words and signs say", () => {
    const coloured = renderStatusPage([row()], createPaint(true), 100);
    expect(coloured).toContain("\u001B[");
    expect(coloured.replace(/\u001B\[\d+m/g, "")).toBe(pages["status"]?.(100));
  });
});

describe("hostile text is shown, never obeyed", () => {
  const hostileStanding = standingWith(hostilePlan, { "step:1": { verdict: "failed", reason: hostile } });
  const hostileRow = row({
    id: hostile,
    path: hostile,
    title: hostile,
    status: hostile,
    phases: [{ number: hostile, name: hostile, verdict: "failed", done: 0, total: 0 }],
    steps: [{ key: hostile, number: hostile, title: hostile, verdict: "failed", reason: hostile }],
    waiting: [{ key: hostile, title: hostile, reason: hostile }],
    signed: [{ key: hostile, actor: hostile, reason: hostile, override: true }],
    notes: [{ kind: "note", text: hostile, at: hostile, actor: hostile, unit: hostile }],
    next: { kind: "step", id: hostile, title: hostile, command: hostile },
  });
  const broken = row({ problem: hostile });
  const item = { unit: hostile, text: hostile, verdict: "failed", reason: hostile } as const;
  const stop = { message: hostile, cure: hostile };
  const packet = {
    plan: hostile,
    unit: { kind: hostile, id: hostile, title: hostile },
    brief: hostile,
    commands: [hostile],
    verification: [hostile],
    files: [hostile],
    acceptance: [hostile],
    requirements: [hostile],
    decisions: [hostile],
    context: [hostile],
    more: [hostile],
  };

  const trouble = { step: hostile, title: hostile, symptom: hostile, solution: hostile, line: 1 };

  test.each<[string, () => string]>([
    ["plan", () => renderPlanPage(hostilePlan, hostileStanding, plain, 100)],
    ["explain", () => renderExplainPage(hostilePlan, plain, 100)],
    ["status", () => renderStatusPage([hostileRow], plain, 100)],
    ["status of a broken plan", () => renderStatusPage([broken], plain, 100)],
    ["brief status", () => renderBriefStatus([hostileRow, broken])],
    ["trust", () => renderTrustPage({ ...hostilePlan, id: hostile }, false, plain, 100)],
    [
      "dry run",
      () => renderDryRun({ ...dryRunOf(hostilePlan), plan: hostile, obstacles: [{ message: hostile }] }, plain, 100),
    ],
    [
      "run",
      () =>
        renderRunPage(
          runOf({ items: [item, { ...item, verdict: "manual" }], stop }),
          { ...shownPlan, plan: hostile, path: hostile, signed: hostileRow.signed, troubles: [trouble] },
          plain,
          100,
        ),
    ],
    ["packet", () => renderPacket(packet, plain)],
    [
      "scores",
      () =>
        renderScores(
          [{ ...score, id: hostile, lost: [{ points: 1, rule: "r", path: hostile, line: 1, cure: hostile }] }],
          plain,
          100,
        ),
    ],
    ["signatures", () => signatureRows(hostileRow.signed, plain, 100)],
    ["wrapped text", () => wrap(hostile, 40, "  ")],
  ])("%s", (_name, page) => expect(page()).not.toMatch(raw));

  test("a fence of the document cannot close the fence of a packet", () => {
    const text = renderPacket({ ...packet, commands: ["echo a\n````\necho b"] }, plain);
    expect(text).toContain("`````bash\necho a\n````\necho b\n`````\n");
  });
});

describe("a plan of nothing", () => {
  const nothing = understandText("").understood;
  const empty = standingWith(nothing);
  test.each<[string, string, string]>([
    ["plan", renderPlanPage(nothing, empty, plain, 80), "none: nothing in this document can be run"],
    ["explain", renderExplainPage(nothing, plain, 80), ""],
    ["trust", renderTrustPage(nothing, false, plain, 80), "has no commands to approve"],
    [
      "dry run",
      renderDryRun(
        { plan: "x", steps: [], expected: { unknown: 0 }, obstacles: [], prerequisites: [], unapproved: [] },
        plain,
        80,
      ),
      "no step to run",
    ],
    [
      "status",
      renderStatusPage(
        [row({ phases: [], steps: [], waiting: [], signed: [], notes: [], counts: {}, verdict: "pending" })],
        plain,
        80,
      ),
      "nothing to do",
    ],
    ["statuses", renderStatusPage([], plain, 80), ""],
    ["signatures", signatureRows([], plain, 80), ""],
    ["scores", renderScores([], plain, 80), ""],
  ])("has a page: %s", (_name, text, words) => expect(text).toContain(words));

  test("a title alone makes a page", () => {
    const { understood: bare } = understandText("# Just words\n", "notes/a_part2_x.md");
    expect(renderPlanPage(bare, standingWith(bare), plain, 80)).toContain("Just words (part 2)");
  });
});

describe("signatures", () => {
  test("are found in steps, tasks and items, overrides first", () => {
    const signed = (override: boolean) =>
      ({ verdict: "verified", record: recordOf({ signed: { actor: "ada", reason: "ok", override } }) }) as const;
    const found = signaturesOf(
      standingWith(understood, {
        "step:1": signed(false),
        "task:TASK-1.2": signed(true),
        "outcome:1.2": signed(false),
      }),
    );
    expect(found.map((one) => one.key)).toEqual(["task:TASK-1.2", "step:1", "outcome:1.2"]);
    expect(overridesText(found)).toBe(", 1 override");
    expect(overridesText([])).toBe("");
  });

  test("an override stands on the page of the plan", () => {
    const record = recordOf({ signed: { actor: "ada", reason: "ok", override: true } });
    expect(
      renderPlanPage(understood, standingWith(understood, { "step:3": { verdict: "verified", record } }), plain, 100),
    ).toMatch(/Clear away.* {2}override\n/);
  });
});

describe("a claim in words", () => {
  test.each<[Claim, string]>([
    [{ kind: "path", path: "a", expect: "exists" }, "a exists"],
    [{ kind: "path", path: "a", expect: "created" }, "a exists once the step is done"],
    [{ kind: "count", directory: "d", of: "file", operator: "=", count: 3, recursive: false }, "d holds 3 files"],
    [
      { kind: "count", directory: "d", of: "entry", operator: ">=", count: 3, recursive: false, pattern: "*.ts" },
      "d holds >= 3 entries named *.ts",
    ],
    [
      { kind: "count", directory: "d", of: "directory", operator: "<", count: 2, recursive: true },
      "d holds < 2 directories",
    ],
    [{ kind: "output", text: "ok", form: "literal", expect: "present" }, 'the output has "ok"'],
    [{ kind: "output", text: "o.k", form: "regex", expect: "absent" }, "the output does not have /o.k/"],
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
    [{ kind: "clean", tool: "mypy" }, "the plan's own run of mypy ended clean"],
    [
      { kind: "number", subject: "coverage", operator: ">=", value: 85, unit: "%" },
      "coverage is >= 85 % in the output",
    ],
    [{ kind: "number", subject: "errors", operator: "=", value: 0 }, "errors is = 0 in the output"],
  ])("%o", (claim, words) => expect(describeClaim(claim)).toBe(words));
});

describe("text folded to a width", () => {
  test("keeps words whole and every line indented", () => {
    expect(wrap("one two three four", 10, "  ")).toBe("  one two\n  three\n  four\n");
    expect(wrap("", 10, "  ")).toBe("  \n");
    expect(wrap("incomprehensibilities", 10, "  ")).toBe("  incomprehensibilities\n");
  });
});

describe("a dry run of an approved plan", () => {
  test("says so", () => {
    const text = renderDryRun(
      { ...dryRunOf(understoodWith({ plan: understood.plan })), obstacles: [], prerequisites: [], unapproved: [] },
      plain,
      80,
    );
    expect(text).toContain("✓ every command is approved on this machine");
  });
});
