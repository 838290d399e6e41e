import type { Phase, Plan, Step, Task } from "../../src/model/plan.ts";
import { createSourceFromText } from "../../src/model/source.ts";
import type {
  PhaseUnit,
  StepUnit,
  TaskUnit,
  UnderstoodOutcome,
  UnderstoodPlan,
} from "../../src/model/understanding.ts";

const nowhere = createSourceFromText("p.md", "").range(0, 0);

/** A plan with nothing in it but what a test gives. */
export function planWith(over: Partial<Plan> = {}): Plan {
  const lists = [
    "sections",
    "deliverables",
    "currentState",
    "previousWork",
    "decisions",
    "phases",
    "prerequisites",
    "steps",
  ] as const;
  const more = [
    "checklists",
    "fileTree",
    "modules",
    "configuration",
    "scenarioMapping",
    "tags",
    "links",
    "upstream",
    "downstream",
  ] as const;
  const rest = [
    "related",
    "risks",
    "criteria",
    "references",
    "glossary",
    "commandReference",
    "troubleshooting",
    "nextActions",
    "blocks",
    "annotations",
  ] as const;
  const empty = Object.fromEntries([...lists, ...more, ...rest].map((key) => [key, []]));
  return { path: "docs/p.md", template: false, markers: { completed: [] }, ...empty, ...over } as unknown as Plan;
}

/** A step unit; its subject is `s:<number>` unless given. */
export function stepWith(number: string, over: Partial<StepUnit> = {}): StepUnit {
  const step: Step = {
    number,
    title: `Do ${number}`,
    range: nowhere,
    head: nowhere,
    prose: [],
    blocks: [],
    outcomes: [],
    mentions: [],
    files: [],
  };
  return {
    key: `step:${number}`,
    number,
    title: step.title,
    step,
    blocks: [],
    others: [],
    outcomes: [],
    ties: [],
    needs: [],
    files: [],
    subject: `s:${number}`,
    risk: "read",
    ...over,
  };
}

/** A task unit tied to steps by key. */
export function taskWith(
  id: string,
  steps: readonly string[] = [],
  over: Partial<TaskUnit> = {},
  task: Partial<Task> = {},
): TaskUnit {
  const full: Task = {
    id,
    hasId: true,
    name: `Task ${id}`,
    range: nowhere,
    nameRange: nowhere,
    files: [],
    verify: [],
    targets: [],
    details: [],
    blocks: [],
    ...task,
  };
  return { key: `task:${id}`, id, phase: "1", task: full, steps, verify: [], blocks: [], subject: `t:${id}`, ...over };
}

/** A phase unit. */
export function phaseWith(
  number: string,
  tasks: readonly TaskUnit[],
  steps: readonly string[] = [],
  phase: Partial<Phase> = {},
): PhaseUnit {
  const full: Phase = {
    number,
    name: `Phase ${number}`,
    range: nowhere,
    heading: nowhere,
    tasks: tasks.map((task) => task.task),
    ...phase,
  };
  return { key: `phase:${number}`, number, phase: full, tasks, steps };
}

/** An outcome; with `claims` it became a check. */
export function outcomeWith(key: string, claimed: boolean, over: Partial<UnderstoodOutcome> = {}): UnderstoodOutcome {
  return {
    key,
    kind: "outcome",
    text: `${key} holds`,
    range: nowhere,
    claims: claimed ? [{ kind: "path", path: "a", expect: "exists" }] : [],
    why: "",
    digest: `d:${key}`,
    ...over,
  };
}

/** An understood plan made of units. */
export function understoodWith(over: Partial<UnderstoodPlan> = {}): UnderstoodPlan {
  return {
    plan: planWith(),
    id: "IPLAN-001",
    steps: [],
    phases: [],
    items: [],
    targets: [],
    blocks: [],
    annotationProblems: [],
    approvalHash: "a".repeat(64),
    planHash: "sha256:p",
    commands: [],
    ...over,
  };
}
