import { describe, expect, test } from "vitest";
import { createSessionWorld, root, type SessionWorld } from "../support/session-world.ts";

const plan = "docs/IPLAN/IPLAN-001_tea_20260110_090000.md";
const text = [
  "# IPLAN-001: Tea",
  "",
  "## Technical Details",
  "",
  "### BDD Scenario Mapping",
  "",
  "| BDD Document | Scenario | Implementation | Verification Method | Remark |",
  "|---|---|---|---|---|",
  "| BDD-001 | Water boils | `src/kettle.js` | `tests/kettle.test.js:3` | first |",
  "",
  "## Traceability Tags",
  "",
  "- `@bdd: BDD-001`",
  "",
].join("\n");

const feature = [
  "Feature: Tea",
  "",
  "  Scenario: Water boils",
  "    Given water",
  "",
  "  Scenario: Water | cools",
  "    Given water",
  "",
  "  Scenario: Tea is poured",
  "    Given water",
  "",
].join("\n");

const tests = [
  "// @bdd: BDD-001:scenario-water-cools",
  "import { test } from 'node:test';",
  "test('water boils', () => {});",
  "test('water | cools', () => {});",
  "",
].join("\n");

function worldWith(files: Readonly<Record<string, string>> = {}): SessionWorld {
  return createSessionWorld({
    [plan]: text,
    "docs/BDD/BDD-001_tea.feature": feature,
    "src/kettle.js": "// @bdd: BDD-001:scenario-water-cools\nexport const hot = 96;\n",
    "tests/kettle.test.js": tests,
    ...files,
  });
}

interface Scenario {
  readonly scenario: string;
  readonly result: string;
  readonly mapped: boolean;
  readonly source?: string;
  readonly test?: string;
}

async function scenariosOf(world: SessionWorld): Promise<readonly Scenario[]> {
  const { plans } = (await world.data(["status", "IPLAN-001", "--criteria"])) as {
    plans: readonly { scenarios: readonly Scenario[] }[];
  };
  return plans[0]?.scenarios ?? [];
}

const told = async (world: SessionWorld): Promise<readonly string[]> =>
  (await scenariosOf(world)).map(
    ({ scenario, result, mapped }) => `${scenario}: ${result}${mapped ? "" : ", not mapped"}`,
  );

const cucumber = (status: string): string =>
  JSON.stringify([
    {
      uri: "docs/BDD/BDD-001_tea.feature",
      name: "Tea",
      elements: ["Water boils", "Water | cools"].map((name) => ({ name, steps: [{ result: { status } }] })),
    },
  ]);

describe("scenarios of a plan", () => {
  test("without a report none was run, mapped or not", async () => {
    expect(await told(worldWith())).toEqual([
      "Water boils: not run",
      "Water | cools: not run, not mapped",
      "Tea is poured: not run, not mapped",
    ]);
  });

  test.each(["passed", "failed", "undefined", "skipped"])("a report of cucumber tells: %s", async (status) => {
    expect(await told(worldWith({ "reports/bdd.json": cucumber(status) }))).toEqual([
      `Water boils: ${status}`,
      `Water | cools: ${status}, not mapped`,
      "Tea is poured: not run, not mapped",
    ]);
  });

  test("a report of tests without places tells it by the name that stands at the mapped line", async () => {
    const junit =
      '<testsuite name="kettle"><testcase name="water boils" classname="test"><failure message="cold"/></testcase></testsuite>';
    const [first] = await scenariosOf(worldWith({ "reports/unit.xml": junit }));
    expect(first).toMatchObject({ result: "failed", source: "reports/unit.xml", test: "tests/kettle.test.js:3" });
  });

  test("a report of scenarios of another feature file says nothing", async () => {
    const other = cucumber("passed").replace("docs/BDD/BDD-001_tea.feature", "src/kettle.js");
    expect((await told(worldWith({ "reports/bdd.json": other })))[0]).toBe("Water boils: not run");
  });

  test("check finds a failed scenario by its report, and nothing of the kind without one", async () => {
    const rules = async (world: SessionWorld): Promise<readonly string[]> => {
      const { stdout } = await world.call(["check", "--json"]);
      return (JSON.parse(stdout) as { findings: readonly { rule: string }[] }).findings.map(({ rule }) => rule);
    };
    expect(await rules(worldWith({ "reports/bdd.json": cucumber("failed") }))).toContain("evidence/scenario-result");
    expect(await rules(worldWith({ "reports/bdd.json": cucumber("passed") }))).not.toContain(
      "evidence/scenario-result",
    );
    expect(await rules(worldWith())).not.toContain("evidence/scenario-result");
  });

  test("a report does not change the score of a plan, which is the same on every machine", async () => {
    const scores = async (world: SessionWorld): Promise<unknown> => (await world.data(["check", "--score"]))["scores"];
    expect(await scores(worldWith({ "reports/bdd.json": cucumber("failed") }))).toEqual(await scores(worldWith()));
  });

  test("check --fix adds the missing rows once, with what the tags tell for certain, and touches nothing else", async () => {
    const world = worldWith();
    await world.call(["check", "--fix", "IPLAN-001"]);
    const rows = [
      "| BDD-001 | Water boils | `src/kettle.js` | `tests/kettle.test.js:3` | first |",
      "| BDD-001 | Water \\| cools | `src/kettle.js` | `tests/kettle.test.js:4` |  |",
      "| BDD-001 | Tea is poured |  |  |  |",
    ];
    expect(
      world
        .text(plan)
        .split("\n")
        .filter((line) => line.startsWith("| BDD-001")),
    ).toEqual(rows);
    expect(await told(world)).not.toContainEqual(expect.stringContaining("not mapped"));
    const before = world.text(plan);
    await world.call(["check", "--fix", "IPLAN-001"]);
    expect(world.text(plan)).toBe(before);
  });

  test("a document with other line ends keeps them", async () => {
    const world = worldWith({ [plan]: text.replaceAll("\n", "\r\n") });
    await world.call(["check", "--fix", "IPLAN-001"]);
    expect(world.text(plan)).toContain("first |\r\n| BDD-001 | Water \\| cools |");
    expect(world.host.files.text(`${root}/${plan}`)?.match(/[^\r]\n/gu) ?? []).toEqual([]);
  });
});
