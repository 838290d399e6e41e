import { assert, property, string } from "fast-check";
import { describe, expect, test } from "vitest";
import { acceptanceIn, readTaskList } from "#author/plan-facts/tasks-facts";
import { boundsIn, decisionIn, risksIn, statusIn } from "#author/plan-facts/prose-facts";
import { verificationOf, unknownVerification } from "#author/plan-facts/verification";
import type { PlanFacts, TaskFacts } from "#author/plan-facts/facts";
import { readManifests } from "#author/plan-facts/manifests";
import { readYamlFacts } from "#author/plan-facts/yaml-facts";
import { createSource } from "#model/source";
import { aidoc16 } from "#profile/aidoc-16";

const sourceOf = (...lines: string[]) =>
  createSource("docs/TASKS/TASKS-001_x.md", new TextEncoder().encode(lines.join("\n")));
const list = (...lines: string[]) => readTaskList(sourceOf(...lines), aidoc16, "TASKS-001");
const tasksOf = (...lines: string[]) => list(...lines).phases.flatMap(({ tasks }) => tasks);

describe("tasks of a task list", () => {
  test.each<[string, readonly string[], readonly string[]]>([
    [
      "with numbers in headings",
      ["### Phase 1: A", "", "#### 1.1 One (2 hours)", "", "#### 1.2 Two"],
      ["TASK-1.1 One 2 hours TASKS-001:PHASE-1.1", "TASK-1.2 Two - TASKS-001:PHASE-1.2"],
    ],
    ["below a numbered phase", ["### 3.2 Phase 2: A", "", "#### 2.1 One"], ["TASK-2.1 One - TASKS-001:PHASE-2.1"]],
    [
      "with the word Task in headings",
      ["### Phase 1: A", "", "#### Task 7: One", "", "#### Task 8: Two (1 hour)"],
      ["TASK-7 One - -", "TASK-8 Two 1 hour -"],
    ],
    [
      "with numbers that occur twice",
      ["### Phase 1: A", "", "#### 1.1 One", "", "#### 1.1 Two"],
      ["TASK-1.1 One - -", "TASK-1.2 Two - -"],
    ],
    [
      "as boxes",
      ["### Phase 1: A", "", "- [ ] **TASK-1.4**: One (3 hours)", "- [ ] Two"],
      ["TASK-1.4 One 3 hours -", "TASK-1.2 Two - -"],
    ],
    ["where a phase has none", ["### Phase 4: All of it", "", "Words."], ["TASK-4.1 All of it - -"]],
    [
      "with their time in a line of its own",
      ["### Phase 1: A", "", "#### 1.1 One", "", "- **Estimated Duration**: 4 hours"],
      ["TASK-1.1 One 4 hours TASKS-001:PHASE-1.1"],
    ],
  ])("%s", (_name, lines, expected) => {
    expect(
      tasksOf(...lines).map(({ id, name, hours, source }) => `${id} ${name} ${hours ?? "-"} ${source ?? "-"}`),
    ).toEqual(expected);
  });

  test("keep what is said of them, line by line, and what accepts them", () => {
    const [task] = tasksOf(
      "### Phase 1: A",
      "",
      "#### 1.1 One",
      "",
      "Makes `src/a.ts` and",
      "`np.array` of `1.0.0`.",
      "",
      "- **Tasks**:",
      "  - Write it",
      "    well",
      "- File: tests/a.test.ts, src/b.ts",
      "- **Success Criteria**: `tsc` passes",
      "- Done when:",
      "  - it runs",
      "- More",
      "",
      "| a | b |",
      "",
      "```bash",
      "- no bullet",
      "```",
    );
    expect(task).toMatchObject({
      files: ["src/a.ts", "tests/a.test.ts", "src/b.ts"],
      details: [
        { text: "Makes `src/a.ts` and `np.array` of `1.0.0`.", depth: 0 },
        { text: "**Tasks**:", depth: 0 },
        { text: "Write it well", depth: 1 },
        { text: "More", depth: 0 },
      ],
      acceptance: ["`tsc` passes", "it runs"],
    });
  });
});

test("a task list with line breaks of Windows is read alike", () => {
  const lines = [
    "### Phase 1: A (2 hours)",
    "",
    "#### 1.1 One (2 hours)",
    "",
    "- File: src/a.ts",
    "- Done when: it runs",
    "",
  ];
  const read = (lineBreak: string) =>
    readTaskList(createSource("t.md", new TextEncoder().encode(lines.join(lineBreak))), aidoc16, "TASKS-001");
  expect(read("\r\n")).toEqual(read("\n"));
});

describe("hours of a task list", () => {
  const table = (...rows: string[]) => ["## Effort", "", "| Phase | Hours |", "|---|---|", ...rows, ""];

  test("come from headings, or from a table; what the table has beside them is a phase before", () => {
    const lines = [
      ...table("| Reading | 1 |", "| 1 Ground | 3 |", "| Phase 2: Core | 4-6 h |", "| **Together** | **9** |"),
      "### Phase 1: Ground",
      "",
      "### Phase 2: Core",
      "",
      "### Phase 3: Rest (2 hours)",
    ];
    expect(list(...lines).phases.map(({ number, name, hours }) => [number, name, hours])).toEqual([
      ["0", "Reading", "1 hour"],
      ["1", "Ground", "3 hours"],
      ["2", "Core", "4-6 hours"],
      ["3", "Rest", "2 hours"],
    ]);
    expect(list(...lines).effort).toBe("9 hours");
  });

  test("are not there where nobody wrote them", () => {
    expect(list("### Phase 1: A")).toEqual({
      phases: [expect.not.objectContaining({ hours: expect.anything() })],
      criteria: [],
    });
  });

  test("of the whole are those of the control table", () => {
    expect(
      list("| Item | Details |", "|---|---|", "| **ID** | TASKS-001 |", "| **Estimated Effort** | 60-80 hours |")
        .effort,
    ).toBe("60-80 hours");
  });
});

describe("criteria", () => {
  test("are the list under that heading, deeper headings included", () => {
    expect(
      list(
        "## Acceptance Criteria",
        "",
        "### Fast",
        "",
        "- [ ] p95 < 50 ms",
        "",
        "### Safe",
        "",
        "- no leak",
        "",
        "## Next",
        "",
        "- no",
      ).criteria,
    ).toEqual(["p95 < 50 ms", "no leak"]);
  });

  test("of a requirement stand behind its id", () => {
    expect(
      acceptanceIn(
        sourceOf("## 4. Acceptance Criteria", "", "- **AC-001**: It holds.", "- It is small."),
        aidoc16,
        "REQ-001",
      ),
    ).toEqual(["REQ-001:AC-001: It holds.", "REQ-001: It is small."]);
  });
});

describe("prose", () => {
  test("gives the decision of a document, at most three lines of it", () => {
    expect(
      decisionIn(sourceOf("## 2. Decision", "", "We take A.", "", "- b", "  - c", "- d", "- e"), aidoc16, "ADR-001"),
    ).toEqual([{ title: "Architecture", from: "ADR-001", items: ["We take A.", "b", "d"] }]);
    expect(decisionIn(sourceOf("## Decision Makers"), aidoc16, "ADR-001")).toEqual([]);
  });

  test("gives bounds under headings that have an id of theirs", () => {
    expect(
      boundsIn(
        sourceOf("### PERF-001: Pickup", "", "p95 at most 50 ms.", "", "### SEC-001: Keys", "", "Hidden."),
        aidoc16,
        "SYS-001",
      ),
    ).toEqual([{ title: "Performance Targets", from: "SYS-001", items: ["p95 at most 50 ms."] }]);
  });

  test.each<[string, readonly string[], readonly unknown[]]>([
    [
      "in the form of plans",
      ["## Risks", "", "**Risk 1: Slow disk**", "- **Description**: It waits", "- **Mitigation**:", "  - Measure"],
      [{ title: "Slow disk", description: "It waits", mitigation: ["Measure"], from: "X" }],
    ],
    [
      "as a list with labels",
      ["## Risks", "", "- **Slow disk**: it waits"],
      [{ title: "Slow disk", description: "it waits", mitigation: [], from: "X" }],
    ],
    [
      "as sentences",
      ["## Consequences", "", "- A file grows without end. Somebody has to archive it."],
      [
        {
          title: "A file grows without end",
          description: "A file grows without end. Somebody has to archive it.",
          mitigation: [],
          from: "X",
        },
      ],
    ],
    [
      "as one short sentence",
      ["## What could delay it", "", "The panel is late."],
      [{ title: "The panel is late", mitigation: [], from: "X" }],
    ],
    [
      "only the bad ones, where good and bad are told apart",
      ["## Consequences", "", "### Positive", "", "- It is quick.", "", "### Negative", "", "- It is dear."],
      [{ title: "It is dear", mitigation: [], from: "X" }],
    ],
    ["nowhere", ["## Context", "", "- It is dear."], []],
  ])("gives risks %s", (_name, lines, expected) => expect(risksIn(sourceOf(...lines), aidoc16, "X")).toEqual(expected));

  test.each([
    ["| **Status** | Approved |\n", "Approved"],
    ["id: X\nstatus: Draft\n", "Draft"],
    ["nothing\n", undefined],
  ])("gives the status in %o", (text, status) => expect(statusIn(text)).toBe(status));
});

describe("YAML", () => {
  test("gives modules, settings, codes and bounds, whatever their form", () => {
    const facts = readYamlFacts(
      {
        components: [
          {
            id: "store",
            path: "src/store.ts",
            description: "Keeps it.",
            methods: [{ signature: "put(x)" }],
            exceptions: ["Full"],
            dependencies: ["fs"],
          },
          "no module",
        ],
        configuration: {
          variables: [{ name: "PORT", type: "int", default: "8080" }],
          deep: { TTL: { value: "5m", required: "true" } },
        },
        errors: [{ code: "E1", message: "too  large" }, "E2"],
        performance: { pickup: { p95_ms: "50" }, list: ["a", "b"] },
      },
      "SPEC-001",
    );
    expect(facts).toEqual({
      modules: [
        {
          name: "store",
          file: "src/store.ts",
          purpose: "Keeps it.",
          classes: ["Full"],
          functions: ["put(x)"],
          dependencies: ["fs"],
        },
      ],
      settings: [
        { name: "PORT", type: "int", default: "8080", from: "SPEC-001" },
        { name: "TTL", default: "5m", description: "required: true", from: "SPEC-001" },
      ],
      decisions: [
        { title: "Error Codes", from: "SPEC-001", items: ["`E1`: too large", "`E2`"] },
        { title: "Performance Targets", from: "SPEC-001", items: ["pickup.p95_ms: 50", "list: a", "list: b"] },
      ],
    });
  });

  test.each([
    [undefined],
    ["text"],
    [["a"]],
    [{}],
    [{ modules: "x", settings: ["y"], errors: { a: ["b"] } }],
  ])("that says nothing of a plan gives nothing: %o", (value) => {
    expect(readYamlFacts(value, "SPEC-001")).toEqual({ modules: [], settings: [], decisions: [] });
  });
});

test("modules of YAML may stand below its implementation, as classes", () => {
  const classes = [{ name: "Store", responsibility: "Keeps it.", methods: [{ name: "put" }] }];
  expect(readYamlFacts({ implementation: { language: "Go", classes } }, "SPEC-001").modules).toEqual([
    { name: "Store", purpose: "Keeps it.", classes: [], functions: ["put"], dependencies: [] },
  ]);
});

describe("the verification of a task", () => {
  const facts = (manifest: Readonly<Record<string, string>>): PlanFacts => ({
    parent: { id: "TASKS-001", type: "TASKS", path: "t.md" },
    chain: [{ id: "BDD-001", type: "BDD", path: "docs/BDD/BDD-001_x.feature" }],
    phases: [],
    modules: [],
    settings: [],
    decisions: [],
    scenarios: [],
    risks: [],
    criteria: [],
    project: readManifests(new Map(Object.entries(manifest))),
  });
  const task = (over: Partial<TaskFacts>): TaskFacts => ({
    id: "TASK-1.1",
    name: "One",
    files: [],
    details: [],
    acceptance: [],
    ...over,
  });
  const script = {
    "package.json": JSON.stringify({
      devDependencies: { vitest: "4", typescript: "7", eslint: "9", "@cucumber/cucumber": "12" },
    }),
  };

  test.each<[string, Partial<TaskFacts>, Readonly<Record<string, string>>, readonly string[]]>([
    ["of nothing known is a placeholder", {}, script, [unknownVerification]],
    ["of files without a project looks for them", { files: ["src/a.ts"] }, {}, ["test -s src/a.ts"]],
    [
      "of source files runs all tests",
      { files: ["src/a.ts"] },
      script,
      ["test -s src/a.ts", "npx --no-install vitest run"],
    ],
    [
      "of test files runs those",
      { files: ["src/a.ts", "tests/a.test.ts"] },
      script,
      ["test -s src/a.ts", "test -s tests/a.test.ts", "npx --no-install vitest run tests/a.test.ts"],
    ],
    [
      "of Python uses the runner of Python",
      { files: ["src/a.py", "tests/test_a.py"] },
      { ...script, "pyproject.toml": "[tool.pytest.ini_options]\n" },
      ["test -s src/a.py", "test -s tests/test_a.py", "pytest tests/test_a.py"],
    ],
    ["of a page asks for no tests", { files: ["API.md"] }, script, ["test -s API.md"]],
    ["that speaks of tests runs all of them", { name: "Integration tests" }, script, ["npx --no-install vitest run"]],
    ["that speaks of types checks them", { name: "Type check" }, script, ["npx --no-install tsc --noEmit"]],
    [
      "that is accepted by a linter runs it",
      { acceptance: ["The linter finds nothing"] },
      script,
      ["npx --no-install eslint ."],
    ],
    [
      "that names scenarios runs their document",
      { name: "Behaviour tests", details: [{ text: "Steps for BDD-001", depth: 0 }] },
      script,
      ["npx --no-install cucumber-js docs/BDD/BDD-001_x.feature"],
    ],
    [
      "never takes a path that means more to a shell, or leads out",
      { files: ["a b.ts", "$(x).ts", "../x.ts", "-rf.ts"] },
      {},
      [unknownVerification],
    ],
  ])("%s", (_name, over, manifest, commands) =>
    expect(verificationOf(task(over), facts(manifest), aidoc16)).toEqual(commands));
});

test("any text is read as a task list, a decision and a list of risks", () => {
  assert(
    property(string({ unit: "binary" }), (text) => {
      const source = sourceOf(
        "## Effort",
        `| ${text} | 3 |`,
        "### Phase 1: A",
        text,
        `#### 1.1 ${text}`,
        text,
        "## Risks",
        `- ${text}`,
      );
      readTaskList(source, aidoc16, "TASKS-001");
      decisionIn(source, aidoc16, "ADR-001");
      risksIn(source, aidoc16, "ADR-001");
      statusIn(text);
    }),
  );
});
