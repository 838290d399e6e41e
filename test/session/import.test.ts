import { describe, expect, test } from "vitest";
import { createSessionWorld } from "../support/session-world.ts";

const tasks = `# Tasks: The gate

**Input**: Design documents

## Phase 1: Setup

**Purpose**: A place to work in

- [x] T001 Create src/gate/index.ts
- [ ] T002 [P] [US1] Test in tests/gate.test.ts

**Checkpoint**: Both are there
`;
const kiro = {
  ".kiro/specs/gate/tasks.md":
    "# Implementation Plan\n\n- [ ] 1. Count calls\n  - [ ] 1.1 Write src/count.ts\n    - _Requirements: 1.1_\n",
  ".kiro/specs/gate/requirements.md":
    "# Requirements Document\n\n## Introduction\n\nA gate for calls.\n\n### Requirement 1: Bound\n\n#### Acceptance Criteria\n\n1. WHEN over THEN refuse\n",
  ".kiro/specs/gate/design.md": "# Design\n\n## Architecture\n\n- One counter\n",
};
const openspec = {
  "openspec/changes/add-gate/proposal.md": "## Why\n\nToo many calls.\n\n## What Changes\n\n- A bound on calls\n",
  "openspec/changes/add-gate/tasks.md": "## 1. Core\n\n- [ ] 1.1 Count in `src/count.ts`\n",
};
const backlog = {
  "backlog/tasks/task-1 - Gate.md":
    "---\nid: task-1\ntitle: Gate\nstatus: To Do\n---\n\n## Description\n\nA gate.\n\n## Acceptance Criteria\n\n- [ ] #1 It counts\n",
  "backlog/tasks/task-2 - Wall.md":
    "---\nid: task-2\ntitle: Wall\nstatus: To Do\ndependencies: [task-1]\n---\n\n## Description\n\nA wall.\n",
};

const all = {
  "specs/001-gate/tasks.md": tasks,
  "specs/001-gate/plan.md": "# Plan\n",
  ...kiro,
  ...openspec,
  ...backlog,
};

interface Finding {
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
}

/** What says only that a person has to write something. */
const placeholders = /\[[^\]]+\]|-NNN\b/;

describe("a plan imported from", () => {
  test.each([
    ["tasks of spec-kit", "specs/001-gate/tasks.md", "spec-kit", 2],
    ["a folder of spec-kit", "specs/001-gate", "spec-kit", 2],
    ["a change of OpenSpec", "openspec/changes/add-gate", "openspec", 1],
    ["a specification of Kiro", ".kiro/specs/gate/", "kiro", 1],
    ["a task of Backlog.md", "backlog/tasks/task-1 - Gate.md", "backlog", 1],
    ["all tasks of Backlog.md", "backlog/tasks", "backlog", 2],
  ])("%s is right but for what only a person can say", async (_name, path, format, count) => {
    const world = createSessionWorld(all);
    const made = (await world.data(["new", "iplan", "--import", path])) as {
      path: string;
      id: string;
      imported: object;
    };
    expect(made.imported).toMatchObject({ format, tasks: count });
    const { stdout } = await world.call(["check", made.id, "--json"]);
    const { findings } = JSON.parse(stdout) as { findings: readonly Finding[] };
    expect(findings.length).toBeGreaterThan(4);
    expect(findings.filter(({ message, severity }) => severity !== "info" && !placeholders.test(message))).toEqual([]);
    const shown = (await world.data(["show", made.id])) as {
      plan: { phases: { tasks: { ticked: boolean }[] }[]; steps: object[] };
    };
    expect(shown.plan.phases.flatMap((phase) => phase.tasks.map(({ ticked }) => ticked))).toEqual(
      Array.from({ length: count }, () => false),
    );
    expect(shown.plan.steps).toHaveLength(count);
  });

  test("another tool tells line by line what it left", async () => {
    const { stdout } = await createSessionWorld(all).call(["new", "iplan", "--import", "specs/001-gate"]);
    expect(stdout).toContain("2 tasks in 1 phase from 1 file (spec-kit). Not taken over as it stands:\n");
    expect(stdout).toContain("  3 has no place in a plan; it stays in this file: **Input**: Design documents\n");
    expect(stdout).toContain(
      "  9 was ticked there; here it counts when a check proves it: - [x] T001 Create src/gate/index.ts\n",
    );
    expect(stdout).toContain("specs/001-gate/plan.md\n  was not read; a plan has no place for it\n");
  });

  test("two parallel tasks is handed out in parallel order: the second waits for the first alone", async () => {
    const world = createSessionWorld(all);
    const { path } = (await world.data(["new", "iplan", "--import", "specs/001-gate"])) as { path: string };
    expect(world.text(path)).toContain(
      "<!-- iplan: needs=TASK-1.1 -->\n\n**Step 2: Test in tests/gate.test.ts** (TASK-1.2)",
    );
  });

  test("another tool carries tags of a parent, too, and takes a title of its own", async () => {
    const world = createSessionWorld({
      ...all,
      "docs/TASKS/TASKS-001_gate.md": "# TASKS-001: Gate\n\n## Traceability Tags\n\n- `@brd: BRD-001`\n",
    });
    const { path } = (await world.data([
      "new",
      "iplan",
      "--import",
      "specs/001-gate",
      "--from",
      "TASKS-001",
      "--title",
      "Mine",
    ])) as { path: string };
    expect(world.text(path)).toContain("# IPLAN-001: Mine\n");
    expect(world.text(path)).toContain("`@tasks: TASKS-001`");
  });
});

describe("what proves an imported task", () => {
  const files = {
    "package.json": '{ "devDependencies": { "vitest": "4" } }',
    "src/old.ts": "x",
    "t/tasks.md":
      "- [ ] T001 Make src/new.ts\n- [ ] T002 Test in tests/new.test.ts\n- [ ] T003 Change src/old.ts\n- [ ] T004 Think\n",
  };

  test("is what the project runs, where it would fail now; else a person has to say it", async () => {
    const world = createSessionWorld(files);
    const { path } = (await world.data(["new", "iplan", "--import", "t"])) as { path: string };
    const fences = [...world.text(path).matchAll(/```bash\n([^`]*)```/g)].map(([, text]) => text);
    expect(fences).toEqual([
      "test -s src/new.ts\nnpx --no-install vitest run\n",
      "test -s tests/new.test.ts\nnpx --no-install vitest run tests/new.test.ts\n",
      "[command that fails until TASK-1.3 is done]\n",
      "[command that fails until TASK-1.4 is done]\n",
    ]);
    expect(world.text(path)).not.toContain("`src/old.ts` exists");
  });
});

describe("an import is refused", () => {
  test.each([
    ["of what is not there", ["--import", "nowhere"], "There is no nowhere."],
    ["of what no tool wrote", ["--import", "README.md"], "README.md holds no plan that can be imported."],
    [
      "of a file without tasks",
      ["--import", "openspec/changes/empty"],
      "There is no task in openspec/changes/empty; nothing was written.",
    ],
    ["from outside the workspace", ["--import", "/etc/tasks.md"], "lies outside the workspace"],
  ])("%s", async (_name, words, message) => {
    const world = createSessionWorld({
      "README.md": "# Hello\n",
      "openspec/changes/empty/proposal.md": "## Why\n\nx\n",
    });
    world.host.files.put("/etc/tasks.md", tasks);
    const { code, stderr } = await world.call(["new", "iplan", ...words]);
    expect([code, stderr.includes(message)], stderr).toEqual([2, true]);
  });

  test("for other types than plans", async () => {
    const { code } = await createSessionWorld(all).call(["new", "req", "--import", "specs/001-gate"]);
    expect(code).toBe(2);
  });
});
