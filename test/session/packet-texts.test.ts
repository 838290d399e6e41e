import { describe, expect, test } from "vitest";
import { planDocument, planPath } from "../support/plan-document.ts";
import { createSessionWorld, type SessionWorld } from "../support/session-world.ts";

const tags = (...lines: string[]): string => `\n## Traceability Tags\n\n${lines.map((line) => `${line}\n`).join("")}`;

const files = {
  "docs/REQ/REQ-001_limits.md":
    "# REQ-001: Limits\n\n## Acceptance Criteria\n\n- **AC-001**: At most ten.\n- **AC-002**: A refusal names the limit.\n",
  "docs/BDD/BDD-001_limits.feature":
    "Feature: Limits\n\n  Scenario: Too many are refused\n    Given ten\n    When one more comes\n    Then it is refused\n\n  Scenario: Few are let in\n    Given one\n",
  "docs/ADR/ADR-001_window.md":
    "# ADR-001: Window\n\n## Context\n\nLong words.\n\n## 2. Decision\n\nA sliding window.\n\n## 3. Rest\n\nNot this.\n",
  "docs/TASKS/TASKS-001_limits.md": `# TASKS-001: Limits

### Phase 1: Work

#### 1.1 Count

Count in one map.

@req: REQ-001:AC-002

#### 1.2 Refuse

Answer 429.
`,
};

const plan = (more: string, title = "Count"): string =>
  planDocument(
    [
      { title, run: "touch src/count.ts", verify: "test -e src/count.ts" },
      { title: "Refuse", run: "touch b", verify: "test -e b" },
    ],
    {
      more,
    },
  );

const allTags = tags(
  "@bdd: BDD-001:scenario-few-are-let-in",
  "@adr: ADR-001",
  "@req: REQ-001:AC-001, REQ-001:AC-002",
  "@tasks: TASKS-001:PHASE-1.1, TASKS-001:PHASE-1.2",
);

interface Told {
  readonly requirements: readonly string[];
  readonly decisions: readonly string[];
  readonly context: readonly string[];
}

const told = async (own: SessionWorld, ...words: string[]): Promise<Told> =>
  (await own.data(["next", ...words])) as unknown as Told;
const world = (text: string): SessionWorld => createSessionWorld({ [planPath()]: text, ...files });
const ids = ({ requirements }: Told): readonly string[] => requirements.map((text) => text.split(" (")[0] ?? "");

describe("a packet tells the texts behind a unit", () => {
  test("by the element of the tasks document that is the unit, and what that one names", async () => {
    const packet = await told(world(plan(allTags)));
    expect(packet.requirements.slice(0, 2)).toEqual([
      "TASKS-001:PHASE-1.1 (docs/TASKS/TASKS-001_limits.md:5)\n#### 1.1 Count\nCount in one map.\n@req: REQ-001:AC-002",
      "REQ-001:AC-002 (docs/REQ/REQ-001_limits.md:6)\n- **AC-002**: A refusal names the limit.",
    ]);
  });

  test("by an id in its own words", async () => {
    expect(ids(await told(world(plan(allTags, "Count as REQ-001:AC-001 says"))))).toContain("REQ-001:AC-001");
  });

  test("by the scenarios that its files implement", async () => {
    const mapping =
      "\n### BDD Scenario Mapping\n\n| BDD Document | Scenario | Implementation | Verification Method |\n|---|---|---|---|\n| BDD-001 | Too many are refused | `src/count.ts` | `test/a.ts:3` |\n";
    const packet = await told(world(plan(`## Technical Details\n${mapping}${tags("@bdd: BDD-001", "@req: REQ-001")}`)));
    expect(packet.requirements).toEqual([
      expect.stringMatching(
        /^BDD-001:\S+ \(docs\/BDD\/BDD-001_limits\.feature:3\)\n {2}Scenario: Too many are refused\n/u,
      ),
    ]);
  });

  test("by all tags of the plan where nothing tells more", async () => {
    const packet = await told(world(plan(tags("@bdd: BDD-001:scenario-few-are-let-in", "@req: REQ-001:AC-001"))));
    expect(ids(packet)).toEqual(["REQ-001:AC-001", "BDD-001:scenario-few-are-let-in"]);
  });

  test("and what was decided, by the plan and by the decisions it names", async () => {
    const decided =
      "## Context\n\n### Key Technical Decisions\n\n**Limits** (from [ADR-001](../ADR/ADR-001_window.md)):\n- One map\n";
    const packet = await told(world(plan(`${decided}${allTags}`)));
    expect(packet.decisions).toEqual([
      "Limits (from ADR-001)\n- One map",
      "ADR-001 (docs/ADR/ADR-001_window.md:7)\n## 2. Decision\nA sliding window.",
    ]);
  });

  test("passing over what is not there", async () => {
    const packet = await told(world(plan(tags("@req: REQ-009:AC-001", "@adr: ADR-009"))));
    expect(packet).toMatchObject({ requirements: [], decisions: [] });
  });

  test("and reads no document that no tag names", async () => {
    const own = world(plan(tags("@req: REQ-001:AC-001")));
    const seen: string[] = [];
    const { files: port } = own.host;
    const read = port.read.bind(port);
    port.read = (path) => (seen.push(path), read(path));
    await told(own);
    expect(seen.filter((path) => /\/(?:BDD|ADR|TASKS)\//u.test(path))).toEqual([]);
    expect(seen.some((path) => path.includes("REQ-001"))).toBe(true);
  });
});

describe("a packet tells what is new", () => {
  test("files that differ since the last verdict, and where the step starts", async () => {
    const own = world(plan(""));
    await own.approve("1");
    await own.call(["run", "1", "--only", "1"]);
    own.host.files.put("/ws/src/count.ts", "other");
    const packet = await told(own);
    expect(packet.context).toContain("changed: src/count.ts differs since its last verdict (stale)");
    expect((await told(own, "--for", "2")).context).toContain("starts in the workspace root");
  });

  test("a step that is not the first of a run is named in its command", async () => {
    const own = createSessionWorld({
      [planPath()]: planDocument([
        { run: "touch a", verify: "test -e a" },
        { run: "touch b", verify: "test -e b" },
        { run: "touch c", verify: "test -e c", annotation: "needs=1" },
      ]),
    });
    expect((await own.data(["next", "--for", "3"]))["brief"]).toContain("iplan run IPLAN-001 --only 3");
    expect((await own.data(["next"]))["brief"]).toMatch(/iplan run IPLAN-001$/u);
  });
});
