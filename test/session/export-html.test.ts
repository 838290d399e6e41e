import { describe, expect, it } from "vitest";
import { createSessionWorld, type SessionWorld } from "../support/session-world.ts";

const planPath = "docs/IPLAN/IPLAN-001_greeting_20261120_101500.md";
const evil = "</script><script>alert(1)</script><img src=x onerror=alert(2)>";
const plan = [
  `# IPLAN-001: Greeting ${evil}\n`,
  "@prd: PRD-001\n",
  "## Task List\n\n### Phase 1: Ground (1 hour)\n\n- [ ] **TASK-1.1**: Begin <b>now</b>\n",
  "## Execution Steps\n",
  "**Step 1: Make it (TASK-1.1)**\n",
  "```bash\necho printed\n```\n\nVerification:\n\n```bash\ntest -e wanted\n```\n",
].join("\n");
const files = {
  [planPath]: plan,
  "docs/BRD/BRD-001_needs.md": `# BRD-001: Needs\n\n### FR-001: ${evil}\n`,
  "docs/PRD/PRD-001_product.md": "# PRD-001: Product\n\n@brd: BRD-001:FR-001, BRD-001:FR-009\n",
  "docs/PRD/PRD-002_other.md": "# PRD-002: Other\n\n@brd: BRD-001:FR-008\n",
};

async function pageIn(world: SessionWorld, words: readonly string[] = []): Promise<string> {
  const { code, stdout } = await world.call(["export", "html", ...words]);
  expect(code).toBe(0);
  return stdout;
}

async function ran(): Promise<SessionWorld> {
  const world = createSessionWorld(files);
  await world.approve("IPLAN-001");
  await world.call(["run", "IPLAN-001"]);
  return world;
}

describe("iplan export html", () => {
  it("shows what ran, what it printed and why it failed", async () => {
    const page = await pageIn(await ran());
    for (const text of [
      "echo printed",
      "printed</pre>",
      "test -e wanted: exited with status 1",
      "by journal and receipt",
    ])
      expect(page).toContain(text);
  });

  it("lets no markup of a document in", async () => {
    const page = await pageIn(await ran());
    expect(page).toContain("Greeting &lt;/script&gt;&lt;script&gt;alert(1)");
    expect(page.match(/<script/gu)).toHaveLength(2);
    expect(page).not.toMatch(/<img|<b>|onerror=alert\(2\)>/u);
  });

  it("shows broken links of the workspace; of one plan only its chain", async () => {
    const world = createSessionWorld(files);
    const whole = await pageIn(world);
    expect(whole).toContain("@brd: BRD-001:FR-009");
    expect(whole).toContain("@brd: BRD-001:FR-008");
    const one = await pageIn(world, ["IPLAN-001"]);
    expect(one).toContain("@brd: BRD-001:FR-009");
    expect(one).not.toContain("BRD-001:FR-008");
    expect(one).not.toContain("PRD-002");
  });

  it("is the same bytes again, and the same in a file, also over itself", async () => {
    const world = await ran();
    const page = await pageIn(world);
    for (const _ of [1, 2]) {
      const { stdout } = await world.call(["export", "html", "--output", "docs/report.html"]);
      expect(stdout).toBe("wrote docs/report.html: 1 plan, 6 artifacts\n");
      expect(world.text("docs/report.html")).toBe(page);
    }
  });

  it("shows criteria with what reports measured, tasks of phases and what statements were not reached", async () => {
    const more = [
      plan.replace(evil, ""),
      "**Step 2: End early**\n\nVerification:\n\n```bash\nexit 0\ntest -e wanted\n```\n\nExpected outcome:\n\n- It is friendly\n",
      "## Success Criteria\n\n- [ ] Unit tests: ≥85% of lines\n",
      "## Technical Details\n\n### BDD Scenario Mapping\n\n| BDD Document | Scenario | Implementation | Verification Method |\n|---|---|---|---|\n| BDD-001 | Deposit | `src/a.js` | tests/a.test.js:3 |\n",
    ].join("\n");
    const world = createSessionWorld({
      ...files,
      [planPath]: more,
      "reports/lcov.info": "TN:\nSF:src/a.js\nDA:1,1\nDA:2,0\nLF:2\nLH:1\nend_of_record\n",
      wanted: "",
    });
    await world.approve("IPLAN-001");
    await world.call(["run", "IPLAN-001"]);
    await world.call(["note", "IPLAN-001", "Done by hand"]);
    const page = await pageIn(world);
    for (const text of [
      "Criteria, targets and deliverables",
      "Unit tests: ≥85% of lines",
      "Scenarios",
      "Deposit",
      "TASK-1.1",
      "Done by hand",
    ])
      expect(page).toContain(text);
  });

  it("tells a machine what is on it", async () => {
    const data = await (await ran()).data(["export", "html", "--output", "docs/report.html"]);
    expect(data).toEqual({
      format: "html",
      output: "docs/report.html",
      plans: [{ id: "IPLAN-001", path: planPath, verdict: "failed" }],
      documents: 4,
      artifacts: 6,
      broken: 2,
      findings: expect.any(Number) as unknown,
    });
  });

  it.each([
    [files, ["--output", "iplan.config.yaml"], 2, "is no page of iplan; nothing was written"],
    [files, ["IPLAN-009"], 2, "There is no plan IPLAN-009"],
    [{}, [], 3, "No document of any type was found."],
  ])("refuses what cannot be: %#", async (given, words, code, message) => {
    const result = await createSessionWorld(given).call(["export", "html", ...words]);
    expect(result).toMatchObject({ code, stdout: "" });
    expect(result.stderr).toContain(message);
  });

  it("keeps a plan that cannot be read as one that says so", async () => {
    const world = createSessionWorld({
      ...files,
      "docs/IPLAN/IPLAN-002_huge_20261120_101501.md": "x".repeat(21_000_000),
    });
    expect(await pageIn(world)).toContain("MB are not read");
  });
});
