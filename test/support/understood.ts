import { createHash } from "node:crypto";
import type { PlanBlock, Task } from "#model/plan";
import type { Range } from "#model/source";
import type {
  BlockSettings,
  Claim,
  PhaseUnit,
  PlannedCommand,
  RiskClass,
  StepUnit,
  TaskUnit,
  UnderstoodBlock,
  UnderstoodOutcome,
  UnderstoodPlan,
  Vacuity,
} from "#model/understanding";

const place = { line: 1, column: 1, offset: 0 };
const range: Range = { start: place, end: place };

/** A digest as the model writes it. */
export function digestOf(text: string): string {
  return `sha256:${createHash("sha256").update(text).digest("hex")}`;
}

/** What a test says of a block; the rest is as harmless as can be. */
export interface BlockSketch {
  readonly risk?: RiskClass;
  readonly vacuity?: Vacuity["kind"];
  readonly recognised?: readonly string[];
  readonly settings?: Partial<BlockSettings>;
  readonly placeholders?: readonly string[];
  readonly closed?: boolean;
  readonly syntax?: UnderstoodBlock["syntax"];
}

/** An action block of this text. */
export function action(text: string, sketch: BlockSketch = {}): UnderstoodBlock {
  return block(text, "action", { vacuity: "unknown", ...sketch });
}

/** A verification block of these statements, one per line. */
export function verification(text: string, sketch: BlockSketch = {}): UnderstoodBlock {
  return block(text, "verification", { risk: "read", ...sketch });
}

function block(text: string, role: "action" | "verification", sketch: BlockSketch): UnderstoodBlock {
  const kind = sketch.vacuity ?? "checks";
  let at = 0;
  const statements = text.split("\n").map((line) => {
    const start = at;
    at += line.length + 1;
    return { start, end: start + line.length, text: line, checks: kind === "checks" };
  });
  const planBlock: PlanBlock = {
    language: "bash",
    info: "bash",
    text,
    range,
    toDocument: (offset) => offset,
    rangeOf: () => range,
    closed: sketch.closed ?? true,
    expectations: [],
  };
  return {
    block: planBlock,
    role,
    why: "the test says so",
    digest: digestOf(text),
    risk: sketch.risk ?? "workspace",
    risks: [],
    vacuity: {
      kind,
      notes: kind === "vacuous" ? [{ reason: "it only prints", range, masked: false }] : [],
      checks: kind === "checks" ? statements.map((each) => each.text) : [],
      statements,
      recognised: sketch.recognised ?? [],
      changesState: false,
    },
    placeholders: (sketch.placeholders ?? []).map((each) => ({ text: each, range })),
    ...(sketch.syntax === undefined ? {} : { syntax: sketch.syntax }),
    settings: {
      background: false,
      keep: false,
      isolated: false,
      confirm: false,
      unsafe: false,
      needs: [],
      tasks: [],
      ...sketch.settings,
    },
  };
}

/** An outcome, with claims or as prose. */
export function outcome(text: string, claims: readonly Claim[] = [], key = `outcome:${text}`): UnderstoodOutcome {
  return { key, kind: "outcome", text, range, claims, why: "the test says so", digest: digestOf(text) };
}

/** What a test says of a step. */
export interface StepSketch {
  readonly blocks?: readonly UnderstoodBlock[];
  readonly outcomes?: readonly UnderstoodOutcome[];
  readonly needs?: readonly string[];
  readonly files?: readonly string[];
  readonly task?: string;
  readonly handoff?: string;
}

/** What a test says of a plan: its steps by number. */
export interface PlanSketch {
  readonly id?: string;
  readonly path?: string;
  readonly template?: boolean;
  readonly items?: readonly UnderstoodOutcome[];
  /** Tasks of phase 1 with the state of their boxes. */
  readonly tasks?: readonly {
    readonly id: string;
    readonly ticked?: boolean;
    readonly blocks?: readonly UnderstoodBlock[];
    readonly verify?: readonly UnderstoodOutcome[];
  }[];
}

/** An understood plan of these steps, numbered from 1. */
export function planOf(steps: readonly StepSketch[], sketch: PlanSketch = {}): UnderstoodPlan {
  const units = steps.map((step, index) => stepOf(step, String(index + 1)));
  const phases = phasesOf(units, sketch);
  const commands = [...units, ...phases.flatMap((phase) => phase.tasks)].flatMap(({ key, blocks }) =>
    blocks.map((each) => commandOf(key, each)),
  );
  const id = sketch.id ?? "IPLAN-001";
  const path = sketch.path ?? "IPLAN/IPLAN-001_test.md";
  return {
    plan: { ...emptyPlan, path, id, template: sketch.template ?? false },
    id,
    steps: units,
    phases,
    items: sketch.items ?? [],
    targets: [],
    blocks: [...units, ...phases.flatMap((phase) => phase.tasks)].flatMap((unit) => unit.blocks),
    annotationProblems: [],
    approvalHash: digestOf(commands.map((each) => each.sha256).join(" ")).slice(7),
    planHash: digestOf(units.map((unit) => unit.subject).join(" ")),
    commands,
  };
}

function stepOf(sketch: StepSketch, number: string): StepUnit {
  const blocks = sketch.blocks ?? [];
  const outcomes = sketch.outcomes ?? [];
  return {
    key: `step:${number}`,
    number,
    title: `Step ${number}`,
    step: { number, title: "", range, head: range, prose: [], blocks: [], outcomes: [], mentions: [], files: [] },
    blocks,
    others: [],
    outcomes,
    ties: [{ phase: "1", by: "mention", ...(sketch.task === undefined ? {} : { task: sketch.task }) }],
    needs: sketch.needs ?? [],
    files: sketch.files ?? [],
    subject: digestOf([...blocks, ...outcomes].map((each) => each.digest).join(" ")),
    risk: "workspace",
    ...(sketch.handoff === undefined ? {} : { handoff: sketch.handoff }),
  };
}

function phasesOf(steps: readonly StepUnit[], sketch: PlanSketch): readonly PhaseUnit[] {
  const tasks = (sketch.tasks ?? []).map((task): TaskUnit => {
    const tied = steps.filter((step) => step.ties.some((tie) => tie.task === task.id)).map((step) => step.key);
    const box = {
      mark: { text: task.ticked ? "x" : " ", range },
      form: "brackets",
      ticked: task.ticked ?? false,
    } as const;
    const written: Task = {
      id: task.id,
      hasId: true,
      name: `Task ${task.id}`,
      range,
      nameRange: range,
      box,
      files: [],
      verify: [],
      targets: [],
      details: [],
      blocks: [],
    };
    return {
      key: `task:${task.id}`,
      id: task.id,
      phase: "1",
      task: written,
      steps: tied,
      verify: task.verify ?? [],
      blocks: task.blocks ?? [],
      subject: digestOf(task.id),
    };
  });
  const phase = { number: "1", name: "Phase", range, heading: range, tasks: [] };
  return [{ key: "phase:1", number: "1", phase, tasks, steps: steps.map((step) => step.key) }];
}

function commandOf(unit: string, { block: { text }, role, risk, digest }: UnderstoodBlock): PlannedCommand {
  return {
    unit,
    role: role === "verification" ? "verification" : "action",
    text,
    sha256: digest.slice(7),
    risk,
    risks: risk === "destructive" ? [{ risk, command: text, reason: "it removes", range }] : [],
  };
}

const emptyPlan: UnderstoodPlan["plan"] = {
  path: "",
  template: false,
  sections: [],
  deliverables: [],
  currentState: [],
  previousWork: [],
  decisions: [],
  phases: [],
  prerequisites: [],
  steps: [],
  checklists: [],
  fileTree: [],
  modules: [],
  configuration: [],
  scenarioMapping: [],
  tags: [],
  links: [],
  upstream: [],
  downstream: [],
  related: [],
  risks: [],
  criteria: [],
  references: [],
  glossary: [],
  commandReference: [],
  troubleshooting: [],
  nextActions: [],
  markers: { completed: [] },
  blocks: [],
  annotations: [],
};
