import { describe, expect, test } from "vitest";
import { planDocument } from "../support/plan-document.ts";
import { createSessionWorld, root, type SessionWorld } from "../support/session-world.ts";

const plan = "docs/IPLAN/IPLAN-001_tea_20260110_090000.md";
const junit = (passed: number, failed = 0): string =>
  `<testsuites>${'<testcase name="p" classname="c"/>'.repeat(passed)}${'<testcase name="f" classname="c"><failure message="cold"/></testcase>'.repeat(failed)}</testsuites>`;
const feature =
  "Feature: Tea\n\n  Scenario: Water boils\n    Given water\n\n  Scenario: Water cools\n    Given water\n";
const cucumber = (...statuses: readonly string[]): string =>
  JSON.stringify([
    {
      uri: "docs/BDD/BDD-001_tea.feature",
      elements: statuses.map((status, index) => ({
        name: index === 0 ? "Water boils" : "Water cools",
        steps: [{ result: { status } }],
      })),
    },
  ]);

const criteria = [
  "- All tests pass (✅/❌)",
  "- [X/Y] BDD scenarios passing (target: 100%)",
  "- [X/Y] atomic requirements implemented (target: 100%) (target achieved: ✅/❌)",
  "- [ ] Unit tests: ≥85%",
  "- Tea tastes well (✅/❌)",
].join("\n");

const text = planDocument([{ title: "Boil", run: "touch kettle", verify: "test -e kettle" }], {
  more: `\n## Success Criteria\n\n**Test Coverage**:\n${criteria}\n\n## Traceability Tags\n\n- \`@req: REQ-001:AC-001, REQ-001:AC-002\`\n`,
});

const requirement =
  "# REQ-001: Tea\n\n## 4. Acceptance Criteria\n\n- **AC-001**: Boils.\n- **AC-002**: Cools.\n\n## Traceability Tags\n\n- `@bdd: BDD-001:scenario-water-boils, BDD-001:scenario-water-cools`\n";

async function ready(reports: Readonly<Record<string, string>>): Promise<SessionWorld> {
  const world = createSessionWorld({
    [plan]: text,
    "src/kettle.js": "export const hot = 96;\n",
    "docs/BDD/BDD-001_tea.feature": feature,
    "docs/REQ/REQ-001_tea.md": requirement,
  });
  world.host.clock.advance(60_000);
  for (const [path, content] of Object.entries(reports)) world.host.files.put(`${root}/${path}`, content);
  await world.approve("IPLAN-001");
  return world;
}

const good = {
  "junit.xml": junit(3),
  "reports/cucumber.json": cucumber("passed", "passed"),
  "reports/unit.lcov": "SF:src/kettle.js\nLF:10\nLH:9\nend_of_record\n",
};

function lines(world: SessionWorld): readonly string[] {
  return world
    .text(plan)
    .split("\n")
    .filter((line) => /^- .*(?:tests|scenarios|requirements|tastes)/iu.test(line));
}

describe("a run measures the criteria", () => {
  test("records them, ticks boxes and writes marks and counts; what nobody computed stays open", async () => {
    const world = await ready(good);
    const { code } = await world.call(["run", "IPLAN-001"]);
    expect(code).toBe(4);
    expect(lines(world)).toEqual([
      "- All tests pass (✅)",
      "- [2/2] BDD scenarios passing (target: 100%)",
      "- [2/2] atomic requirements implemented (target: 100%) (target achieved: ✅)",
      "- [x] Unit tests: ≥85%",
      "- Tea tastes well (✅/❌)",
    ]);
    const receipt = world.text(`${plan}.receipt.ndjson`);
    expect(receipt).toContain('"reason":"90 % of lines (9 of 10), expected >= 85 %"');
    expect(receipt).toContain('"reason":"2 of 2 requirements have a test that passed (100 %), expected >= 100 %"');
  });

  test("its own marks make nothing stale, and a second run changes no byte", async () => {
    const world = await ready(good);
    await world.call(["run", "IPLAN-001"]);
    const before = world.text(plan);
    expect((await world.call(["run", "IPLAN-001"])).code).toBe(4);
    expect((await world.call(["verify", "IPLAN-001"])).code).toBe(4);
    expect(world.text(plan)).toBe(before);
    const { plans } = (await world.data(["status", "IPLAN-001"])) as {
      plans: readonly { verdict: string; waiting: readonly { title: string }[] }[];
    };
    expect(plans[0]?.verdict).toBe("manual");
    expect(plans[0]?.waiting.map(({ title }) => title)).toEqual(["Tea tastes well (✅/❌)"]);
  });

  test("a criterion that fails fails the plan, and its mark says so", async () => {
    const world = await ready({ ...good, "reports/cucumber.json": cucumber("passed", "failed") });
    expect((await world.call(["run", "IPLAN-001"])).code).toBe(1);
    expect(lines(world).slice(0, 3)).toEqual([
      "- All tests pass (✅)",
      "- [1/2] BDD scenarios passing (target: 100%)",
      "- [0/2] atomic requirements implemented (target: 100%) (target achieved: ❌)",
    ]);
  });

  test("a later report counts at the next verify: the mark is taken back, and given again", async () => {
    const world = await ready(good);
    await world.call(["run", "IPLAN-001"]);
    world.host.files.put(`${root}/junit.xml`, junit(3, 1));
    world.host.files.put(`${root}/reports/unit.lcov`, "SF:src/kettle.js\nLF:10\nLH:1\nend_of_record\n");
    expect((await world.call(["verify", "IPLAN-001"])).code).toBe(1);
    expect([lines(world)[0], lines(world)[3]]).toEqual(["- All tests pass (❌)", "- [ ] Unit tests: ≥85%"]);
    world.host.files.put(`${root}/junit.xml`, junit(4));
    world.host.files.put(`${root}/reports/unit.lcov`, "SF:src/kettle.js\nLF:10\nLH:10\nend_of_record\n");
    expect((await world.call(["verify", "IPLAN-001"])).code).toBe(4);
    expect([lines(world)[0], lines(world)[3]]).toEqual(["- All tests pass (✅)", "- [x] Unit tests: ≥85%"]);
  });

  test("a reader elsewhere, without the reports, sees the verdicts from the receipt", async () => {
    const world = await ready(good);
    await world.call(["run", "IPLAN-001"]);
    for (const path of Object.keys(good)) world.host.files.remove(`${root}/${path}`);
    world.host.files.remove(`${root}/.iplan`);
    const { plans } = (await world.data(["status", "IPLAN-001", "--criteria"])) as {
      plans: readonly { criteria: readonly { key: string; verdict: string; actual?: string; source?: string }[] }[];
    };
    const row = plans[0]?.criteria.find(({ key }) => key === "criterion:4");
    expect(row).toMatchObject({
      verdict: "verified",
      source: "record",
      actual: "90 % of lines (9 of 10), expected >= 85 %",
    });
  });

  test("an audit asks the reports again", async () => {
    const world = await ready(good);
    await world.call(["run", "IPLAN-001"]);
    world.host.files.put(`${root}/junit.xml`, junit(3, 1));
    const { code, stdout } = await world.call(["verify", "--audit", "IPLAN-001"]);
    expect(code).toBe(1);
    expect(stdout).toContain("3 of 4 tests passed, expected >= 100 %");
  });

  test("a signature stands, unless a report disproves it; an override stands always", async () => {
    const world = await ready({});
    await world.call(["run", "IPLAN-001"]);
    const sign = ["sign", "IPLAN-001", "criterion:1", "--reason", "I ran them by hand"];
    expect((await world.call(sign)).code).toBe(0);
    const verdictNow = async (): Promise<string | undefined> => {
      const { plans } = (await world.data(["status", "IPLAN-001", "--criteria"])) as {
        plans: readonly { criteria: readonly { key: string; verdict: string }[] }[];
      };
      return plans[0]?.criteria.find(({ key }) => key === "criterion:1")?.verdict;
    };
    expect(await verdictNow()).toBe("verified");
    world.host.files.put(`${root}/junit.xml`, junit(3, 1));
    expect(await verdictNow()).toBe("failed");
    world.host.clock.advance(1000);
    await world.call(["verify", "IPLAN-001"]);
    world.host.clock.advance(1000);
    expect((await world.call([...sign.slice(0, 4), "A known flaw of the runner"])).code).toBe(0);
    expect(await verdictNow()).toBe("verified");
    world.host.clock.advance(1000);
    await world.call(["verify", "IPLAN-001"]);
    expect(await verdictNow()).toBe("verified");
  });
});
