import { describe, expect, test } from "vitest";
import { pathsIn } from "#author/import/bullets";
import type { ImportedPlan, ImportFormat } from "#author/import/imported-plan";
import { formatOf, readImport } from "#author/import/read-import";
import { numberTasks } from "#author/import/task-numbers";

const paths: Readonly<Record<ImportFormat, string>> = {
  "spec-kit": "specs/001-gate/tasks.md",
  openspec: "openspec/changes/add-gate/tasks.md",
  kiro: ".kiro/specs/gate/tasks.md",
  "cc-sdd": ".kiro/specs/gate/tasks.md",
  backlog: "backlog/tasks/task-1 - Gate.md",
};
const read = (format: ImportFormat, text: string): ImportedPlan => readImport(format, [{ path: paths[format], text }]);

/** What the tasks of a text became: id, name, needs, what they follow. */
function tasksOf(format: ImportFormat, text: string): readonly string[] {
  const { phases } = numberTasks(read(format, text));
  return phases
    .flat()
    .map(({ id, task, needs, follows }) =>
      [
        id,
        task.name,
        ...(needs.length > 0 ? [`needs ${needs.join(",")}`] : []),
        ...(follows.length > 0 ? [`follows ${follows.join(",")}`] : []),
      ].join(" | "),
    );
}

describe("tasks of spec-kit", () => {
  test.each([
    [
      "keep their order and names",
      "## Phase 1: Setup\n- [ ] T001 One\n- [ ] T002 Two",
      ["TASK-1.1 | One", "TASK-1.2 | Two"],
    ],
    [
      "marked [P] wait for the last task without the mark",
      "## Phase 1: Setup\n- [ ] T001 One\n- [ ] T002 [P] Two\n- [ ] T003 [P] Three\n- [ ] T004 Four\n- [ ] T005 [P] Five",
      [
        "TASK-1.1 | One",
        "TASK-1.2 | Two | needs TASK-1.1",
        "TASK-1.3 | Three | needs TASK-1.1",
        "TASK-1.4 | Four",
        "TASK-1.5 | Five | needs TASK-1.4",
      ],
    ],
    [
      "marked [P] at the begin of a phase wait for the phase before",
      "## Phase 1: A\n- [ ] T001 One\n## Phase 2: B\n- [ ] T002 [P] Two\n- [ ] T003 [P] Three",
      ["TASK-1.1 | One", "TASK-2.1 | Two | needs TASK-1.1", "TASK-2.2 | Three | needs TASK-1.1"],
    ],
    [
      "that depend on earlier ones say so, and need an annotation only for later ones",
      "## Phase 1: A\n- [ ] T001 One (depends on T002)\n- [ ] T002 Two\n- [ ] T003 Three (depends on T001, T002)",
      ["TASK-1.1 | One | needs TASK-1.2", "TASK-1.2 | Two", "TASK-1.3 | Three | follows TASK-1.1,TASK-1.2"],
    ],
    ["may stand without a phase", "# Tasks: X\n- [ ] T001 One", ["TASK-1.1 | One"]],
    ["may be wrapped", "## Phase 1: A\n- [ ] T001 One\n  and more", ["TASK-1.1 | One and more"]],
    ["in a fence are none", "## Phase 1: A\n- [ ] T001 One\n```\n- [ ] T002 Two\n```", ["TASK-1.1 | One"]],
    [
      "may have numbers of an older form",
      "## Phase 3.1: A\n- [ ] T001a One\n- [ ] **T-002**: Two",
      ["TASK-1.1 | One", "TASK-1.2 | Two"],
    ],
  ])("%s", (_name, text, expected) => expect(tasksOf("spec-kit", text)).toEqual(expected));

  test("carry stories, files and the part they stand in; the phase carries goal and checks", () => {
    const { phases, title } = read(
      "spec-kit",
      "# Tasks: The gate\n\n## Phase 3: User Story 1 - Count (Priority: P1)\n\n**Goal**: Count calls.\n\n**Independent Test**: Eleven calls.\n\n### Tests for User Story 1\n\n- [ ] T010 [P] [US1] Test in tests/gate.test.ts\n\n**Checkpoint**: It counts.\n",
    );
    expect(title).toBe("The gate");
    expect(phases).toMatchObject([
      {
        name: "User Story 1 - Count (Priority: P1)",
        intro: ["Count calls."],
        checks: ["Independent Test: Eleven calls.", "It counts."],
        tasks: [
          { label: "T010", files: ["tests/gate.test.ts"], details: ["Story: US1", "Part: Tests for User Story 1"] },
        ],
      },
    ]);
  });
});

test.each([
  ["`app/(dashboard)/page.tsx` and `a.ts`", ["app/(dashboard)/page.tsx", "a.ts"]],
  ["src/a.py, tests/b.test.ts.", ["src/a.py", "tests/b.test.ts"]],
  ["see https://x.org/a.html, v1.2 and e.g. 3.5", []],
  ["../up/a.ts and /etc/a.conf and *.ts", []],
])("paths in %j", (text, paths) => expect(pathsIn(text)).toEqual(paths));

test("a file without a title is named after its folder", () => {
  expect(
    readImport("spec-kit", [{ path: "specs/002-slow-down/tasks.md", text: "# Tasks\n- [ ] T001 One" }]).title,
  ).toBe("Slow down");
});

test("a file of nothing but headings is read in no time to speak of", () => {
  const { phases } = read("spec-kit", `${"# a\n## b\n".repeat(60_000)}- [ ] T001 One\n`);
  expect(phases.flatMap(({ tasks }) => tasks)).toHaveLength(1);
});

describe("tasks of Kiro and cc-sdd", () => {
  test.each([
    [
      "with parts are phases",
      "- [ ] 1. A\n  - [ ] 1.1 One\n  - [ ] 1.2 Two\n- [ ] 2. B",
      ["TASK-1.1 | One", "TASK-1.2 | Two", "TASK-2.1 | B"],
    ],
    [
      "without parts are one phase",
      "# Implementation Plan\n- [ ] 1. One\n- [ ] 2. Two",
      ["TASK-1.1 | One", "TASK-1.2 | Two"],
    ],
    [
      "whose parts are not indented are phases too",
      "- [ ] 1. A\n- [ ] 1.1 One\n- [ ] 2. B\n- [ ] 2.1 (P) Two",
      ["TASK-1.1 | One", "TASK-2.1 | Two | needs TASK-1.1"],
    ],
    [
      "may depend on a whole task before",
      "- [ ] 1. A\n- [ ] 1.1 One\n- [ ] 1.2 Two\n- [ ] 2. B\n- [ ] 2.1 (P) Three\n  - _Depends: 1_",
      ["TASK-1.1 | One", "TASK-1.2 | Two", "TASK-2.1 | Three | needs TASK-1.2"],
    ],
  ])("%s", (_name, text, expected) => expect(tasksOf("kiro", text)).toEqual(expected));

  test("keep their requirements, and say what is optional", () => {
    const { phases } = read("kiro", "- [ ]* 1. One\n  - how\n  - _Requirements: 1.1, 2.3_\n");
    expect(phases[0]?.tasks[0]?.details).toEqual(["Optional", "how", "Requirements: 1.1, 2.3"]);
  });

  test("take criteria with their numbers, decisions and risks from the documents beside them", () => {
    const plan = readImport("cc-sdd", [
      { path: ".kiro/specs/gate/tasks.md", text: "- [ ] 1. One\n" },
      { path: ".kiro/specs/gate/spec.json", text: '{\n  "feature_name": "gate-keeper",\n  "approvals": {}\n}\n' },
      {
        path: ".kiro/specs/gate/requirements.md",
        text: "# Requirements\n\n## Introduction\n\nA gate.\n\n### Requirement 2: Bound\n\n**User Story:** As a host, I want a bound.\n\n#### Acceptance Criteria\n\n1. WHEN over THEN refuse\n2. WHEN under THEN serve\n",
      },
      {
        path: ".kiro/specs/gate/design.md",
        text: "# Design\n\n## Overview\n\nSmall.\n\n## Architecture Decisions\n\n- One counter\n  - in memory\n\n## Risks\n\n- [Risk] It forgets → Mitigation: say so\n",
      },
    ]);
    expect(plan).toMatchObject({
      title: "Gate keeper",
      objective: ["A gate."],
      context: [{ title: "Overview", items: ["Small."] }],
      decisions: [{ title: "Architecture Decisions", items: ["One counter"] }],
      risks: [{ title: "It forgets", mitigation: "say so" }],
      criteria: [
        {
          title: "Requirement 2: Bound: As a host, I want a bound.",
          items: ["2.1: WHEN over THEN refuse", "2.2: WHEN under THEN serve"],
        },
      ],
    });
    expect(plan.remarks.map(({ path, first, why }) => [path.split("/").at(-1), first, why])).toEqual([
      ["spec.json", 3, "a state of the other tool decides nothing here"],
      ["design.md", 10, "has no place in a plan; it stays in this file"],
    ]);
  });
});

describe("a change of OpenSpec", () => {
  const plan = readImport("openspec", [
    {
      path: "openspec/changes/add-gate/proposal.md",
      text: "## Why\n\nToo many calls.\n\n## What Changes\n\n- A bound\n\n### 1. Count\n\n- **BREAKING** calls\n\n## Impact\n\n- `src/gate.ts`\n",
    },
    {
      path: "openspec/changes/add-gate/specs/gate/spec.md",
      text: "## ADDED Requirements\n\n### Requirement: Bound\n\nThe gate SHALL refuse.\n\n#### Scenario: Over\n\n- **WHEN** over\n- **THEN** 429\n",
    },
    {
      path: "openspec/changes/add-gate/tasks.md",
      text: "## 1. Core\n\n- [ ] 1.1 Count in `src/gate.ts`\n- [x] 1.2 Wire\n",
    },
  ]);

  test("has its title from its folder, and a place for all it says", () => {
    expect(plan).toMatchObject({
      title: "Add gate",
      objective: ["Too many calls."],
      deliverables: ["A bound", "Count: BREAKING calls"],
      context: [{ title: "Impact", items: ["`src/gate.ts`"] }],
      criteria: [
        { title: "Requirement: Bound", items: ["The gate SHALL refuse.", "Scenario: Over · WHEN over · THEN 429"] },
      ],
      phases: [{ name: "Core", tasks: [{ label: "1.1", files: ["src/gate.ts"] }, { label: "1.2" }] }],
    });
  });

  test("is not done because it was ticked", () => {
    expect(plan.remarks).toEqual([
      {
        path: "openspec/changes/add-gate/tasks.md",
        first: 4,
        last: 4,
        text: "- [x] 1.2 Wire",
        why: "was ticked there; here it counts when a check proves it",
      },
    ]);
  });
});

describe("tasks of Backlog.md", () => {
  const task = (id: string, more: string, body = ""): string =>
    `---\nid: ${id}\ntitle: 'It''s ${id}'\nstatus: Done\n${more}---\n\n## Description\n\nWhy ${id}.\n${body}`;

  test("a single one is a plan of its steps", () => {
    const plan = read(
      "backlog",
      task(
        "task-7",
        "dependencies: [task-3]\n",
        "\n## Acceptance Criteria\n<!-- AC:BEGIN -->\n- [ ] #1 It holds\n<!-- AC:END -->\n\n## Implementation Plan\n\n1. First\n2. Then\n",
      ),
    );
    expect(plan).toMatchObject({
      title: "It's task-7",
      objective: ["Why task-7."],
      context: [{ title: "Depends on", items: ["task-3"] }],
      phases: [{ tasks: [{ name: "First" }, { name: "Then" }] }],
      criteria: [{ items: ["It holds"] }],
    });
    expect(plan.remarks).toMatchObject([{ first: 4, why: "was done there; here it counts when a check proves it" }]);
  });

  test("several are the tasks of one, each behind what it depends on", () => {
    const plan = readImport("backlog", [
      { path: "b/task-1 - A.md", text: task("task-1", "dependencies:\n  - task-2\n") },
      { path: "b/task-2 - B.md", text: task("task-2", "dependencies: []\n") },
    ]);
    expect(
      numberTasks(plan)
        .phases.flat()
        .map(({ id, task: { label }, needs }) => [id, label, needs]),
    ).toEqual([
      ["TASK-1.1", "task-2", []],
      ["TASK-1.2", "task-1", ["TASK-1.1"]],
    ]);
  });
});

test.each<[string, string, ImportFormat | undefined]>([
  ["specs/001-x/tasks.md", "- [ ] T001 One", "spec-kit"],
  ["openspec/changes/x/tasks.md", "- [ ] 1.1 One", "openspec"],
  [".kiro/specs/x/tasks.md", "- [ ] 1. One", "kiro"],
  ["a/spec.json", "{}", "cc-sdd"],
  ["backlog/tasks/task-1 - x.md", "---\nid: task-1\n---\n", "backlog"],
  ["x/tasks.md", "## 1. A\n- [ ] 1.1 One", "openspec"],
  ["README.md", "# Hello\n- [ ] buy milk", undefined],
])("%s is known by where it lies and what stands in it", (path, text, format) => {
  expect(formatOf([{ path, text }])).toBe(format);
});
