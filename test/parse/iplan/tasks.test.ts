import { describe, expect, test } from "vitest";
import { read } from "./read-plan.ts";

describe("a phase", () => {
  test.each([
    ["### Phase 1: Foundation (8 hours) - PENDING", ["1", "Foundation", 8, "pending", "PENDING"]],
    ["### Phase 0: Review (COMPLETED ✅)", ["0", "Review", undefined, "completed", "COMPLETED ✅"]],
    ["### ✅ Phase 3: Move", ["3", "Move", undefined, "completed", "✅"]],
    ["### Phase 2 (Continued): Core", ["2", "Core", undefined, undefined, undefined]],
    ["### Phase 2 (IN PROGRESS): Core", ["2", "Core", undefined, "in-progress", "IN PROGRESS"]],
    ["### Phase 2 - COMPLETED", ["2", "", undefined, "completed", "COMPLETED"]],
    ["### 5.1 Phase 1: Setup (30 min) 🟡 50%", ["1", "Setup", 0.5, "in-progress", "🟡 50%"]],
    ["### Phase 2.1: Core – ⏸️ NOT STARTED (3-4 hours)", ["2.1", "Core", 4, "pending", "⏸️ NOT STARTED"]],
    ["### Phase 1: Setup ([X hours])", ["1", "Setup", undefined, undefined, undefined]],
    ["### Phase 1: Write (5 files)", ["1", "Write (5 files)", undefined, undefined, undefined]],
    ["### Phase 1: Write (2 hours) (MANDATORY)", ["1", "Write (2 hours) (MANDATORY)", 2, undefined, undefined]],
    ["**Phase 4: Bold** (2 hours)", ["4", "Bold", 2, undefined, undefined]],
    ["### Phase 2-5: Rest", ["2-5", "Rest", undefined, undefined, undefined]],
  ])("%s", (line, [number, name, hours, status, raw]) => {
    const [phase, ...more] = read(`## Task List\n\n${line}\n\n- [ ] a\n`).phases;
    expect(more).toEqual([]);
    expect([phase?.number, phase?.name, phase?.hours?.maxHours, phase?.status?.value, phase?.status?.raw]).toEqual([
      number,
      name,
      hours,
      status,
      raw,
    ]);
  });

  test("without a heading of its own is numbered behind the written ones", () => {
    const { phases } = read(
      "## Task List\n\n- [ ] a\n\n### Phase 2: B\n\n- [x] b\n\n### Later\n\n- [ ] c\n\n### Notes\n\ntext\n",
    );
    expect(phases.map(({ number, name }) => [number, name])).toEqual([
      ["3", "Task List"],
      ["2", "B"],
      ["4", "Later"],
    ]);
    expect(phases.flatMap(({ tasks }) => tasks.map(({ id }) => id))).toEqual(["P3.1", "P2.1", "P4.1"]);
  });

  test("stands anywhere when there is no task list", () => {
    expect(
      read("## Phase 1: A\n\n- [ ] a\n\n## Phase 2: B\n\n### Phase 2.1: C\n\n- [ ] b\n").phases.map(
        ({ number, tasks }) => [number, tasks.length],
      ),
    ).toEqual([
      ["1", 1],
      ["2", 0],
      ["2.1", 1],
    ]);
    expect(read("## To do\n\n- [ ] a\n\n## Success Criteria\n\n- [ ] b\n").phases.map(({ name }) => name)).toEqual([
      "To do",
    ]);
    expect(read("## Phase 6 Accomplishments\n\ntext\n").phases).toEqual([]);
  });
});

describe("a task", () => {
  test.each([
    ["- [ ] **TASK-1.1**: Name (2 hours)", ["TASK-1.1", "Name", false, 2]],
    ["- [x] **TASK-1.1: Name** (2 hours)", ["TASK-1.1", "Name", true, 2]],
    ["- [X] TASK-1.1: Name ✅", ["TASK-1.1", "Name", true, undefined]],
    ["- [-] **1.1** Name", ["TASK-1.1", "Name", false, undefined]],
    ["- TASK-1.1: Name", ["TASK-1.1", "Name", undefined, undefined]],
    ["- ☐ `TASK-1.1` Name", ["TASK-1.1", "Name", false, undefined]],
    ["- [x/☐] Name", ["P1.1", "Name", false, undefined]],
    ["- [~] Name (RESUME HERE 👈)", ["P1.1", "Name", false, undefined]],
    ["**TASK-1.1**: Name (90 min)", ["TASK-1.1", "Name", undefined, 1.5]],
    ["TASK-1.1: Name", ["TASK-1.1", "Name", undefined, undefined]],
    ["[ ] **TASK-1.1**: Name", ["TASK-1.1", "Name", false, undefined]],
    ["#### Task 1.1 - Name", ["TASK-1.1", "Name", undefined, undefined]],
    ["#### 2.1.1 TASK-1.1: Name", ["TASK-1.1", "Name", undefined, undefined]],
    ["1. [ ] Name", ["P1.1", "Name", false, undefined]],
    ["- [ ] **TASKS-000_LIST.md** first", ["P1.1", "TASKS-000_LIST.md first", false, undefined]],
  ])("%s", (line, [id, name, ticked, hours]) => {
    const [task, ...more] = read(`## Task List\n\n### Phase 1: A\n\n${line}\n`).phases[0]?.tasks ?? [];
    expect(more).toEqual([]);
    expect([task?.id, task?.name, task?.box?.ticked, task?.hours?.maxHours]).toEqual([id, name, ticked, hours]);
  });

  test("is no plain bullet, and no mention in prose", () => {
    expect(read("## Task List\n\n### Phase 1: A\n\n- a\n- b\n\nTask 1.1 is easy.\n").phases[0]?.tasks).toEqual([]);
  });

  test("has what stands below it until the next task or step", () => {
    const [first, second] =
      read(
        "## Phase 1: A\n\n**TASK-1.1**: A\nprose\n**TASK-1.2**: B\n- Files:\n  - `a.ts`\n  - b/c.ts\n\nVerification: prints 1\n\n```sh\nls\n```\n\n### Other\n\n- [ ] not mine\n\n**Step 1: S**\n\n```sh\npwd\n```\n",
      ).phases[0]?.tasks ?? [];
    expect([first?.files, first?.blocks]).toEqual([[], []]);
    expect(second?.files.map(({ text }) => text)).toEqual(["a.ts", "b/c.ts"]);
    expect(second?.verify.map(({ text }) => text)).toEqual(["prints 1"]);
    expect(second?.blocks.map(({ text }) => text)).toEqual(["ls\n"]);
  });
});
