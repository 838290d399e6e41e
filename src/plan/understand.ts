import type { Plan } from "#model/plan";
import type { Hash, ShellParser } from "#model/ports";
import type { UnderstoodBlock, UnderstoodPlan } from "#model/understanding";
import type { Profile } from "#profile/profile";
import type { AnnotationProblem } from "./annotation.ts";
import { approvalHashOf, plannedCommands } from "./approval.ts";
import { digestOfAll } from "./digest.ts";
import { groundOf } from "./plan-ground.ts";
import { once, withEachLazily } from "#model/lazily";
import { type PlanScene, plannedChecks, wholeScene } from "./planned-checks.ts";
import { orderSteps } from "./schedule.ts";
import { tieGround } from "./ties.ts";
import { type BlockTools, understandBlock } from "./understand-block.ts";
import { understandItems } from "./understand-items.ts";
import { understandTriggers } from "./understand-triggers.ts";
import { understandTargets } from "./understand-targets.ts";
import { createSessionFacts } from "./vacuity/session-facts.ts";
import { understandPhase } from "./understand-phase.ts";
import { type KeyOf, readStep, understandStep } from "./understand-step.ts";

/** What a plan is understood with. */
export interface UnderstandingTools {
  readonly parser: ShellParser;
  readonly hash: Hash;
  readonly profile: Profile;
}

/** A plan as a program: what runs, in which order, and what it proves. Pure: the same plan gives the same result everywhere. */
export function understandPlan(plan: Plan, { parser, hash }: UnderstandingTools): UnderstoodPlan {
  const problems: AnnotationProblem[] = [];
  const tools: BlockTools = {
    parser,
    hash,
    report: (problem) => problems.push(problem),
    session: createSessionFacts(),
  };
  const stepKey = uniqueKeys("step");
  const read = plan.steps.map((step) => readStep(step, tools));
  const ground = tieGround(plan);
  const running = read.flatMap(({ blocks }) => blocks);
  const scene: PlanScene = {
    planChecks: once(() => plannedChecks(running)),
    ground: once(() => groundOf(plan, running)),
  };
  const steps = read.map((each) => understandStep(each, { ground, keyOf: stepKey, scene }, tools));
  const { ordered, problems: unmet } = orderSteps(steps);
  const taskKey = uniqueKeys("task");
  const phases = plan.phases.map((phase) => understandPhase(phase, { steps, keyOf: taskKey, scene }, tools));
  const own = [
    ...steps.flatMap((step) => step.blocks),
    ...phases.flatMap(({ tasks }) => tasks.flatMap((task) => task.blocks)),
  ];
  const items = understandItems(plan, own, scene, tools);
  const blocks = allBlocks(plan, [...own, ...steps.flatMap((step) => step.others)], tools);
  const understood = {
    plan,
    id: plan.id ?? plan.path,
    steps: ordered,
    phases,
    items,
    blocks,
    annotationProblems: [
      ...distinct(problems),
      ...unmet.flatMap((problem) => atAnnotation(problem, plan)),
      ...unknownTasks(plan),
    ],
  };
  const units = [...steps, ...phases.flatMap(({ tasks }) => tasks)];
  return withEachLazily(understood, later, { ...understood, units, own, scene, hash });
}

/** What the parts of a plan that are made later are made from. */
interface UnderstoodGround extends Pick<UnderstoodPlan, "plan" | "steps" | "phases" | "items"> {
  readonly hash: Hash;
  /** Steps and tasks in the order of the document. */
  readonly units: readonly { readonly key: string; readonly subject: string }[];
  /** Blocks of steps and tasks. */
  readonly own: readonly UnderstoodBlock[];
  readonly scene: PlanScene;
}

type LaterParts = Pick<UnderstoodPlan, "targets" | "triggers" | "commands" | "approvalHash" | "planHash">;

/** Why: a check asks for none of these, as long as there is no receipt. */
const later: { readonly [Part in keyof Required<LaterParts>]: (ground: UnderstoodGround) => LaterParts[Part] } = {
  targets: ({ plan, hash }) => understandTargets(plan, hash),
  triggers: ({ plan, own, scene, hash }) => {
    const triggers = understandTriggers(plan, wholeScene(own, scene), hash);
    return triggers.length === 0 ? undefined : triggers;
  },
  commands: ({ steps, phases, hash }) => plannedCommands(steps, phases, hash),
  approvalHash: ({ steps, phases, hash }) => approvalHashOf(plannedCommands(steps, phases, hash), hash),
  planHash: ({ units, items, hash }) =>
    digestOfAll(hash, [...units.flatMap(({ key, subject }) => [key, subject]), ...items.map(({ digest }) => digest)]),
};

function uniqueKeys(kind: string): KeyOf {
  const used = new Map<string, number>();
  return (name) => {
    const count = (used.get(name) ?? 0) + 1;
    used.set(name, count);
    return count === 1 ? `${kind}:${name}` : `${kind}:${name}~${count}`;
  };
}

/** Every block of the document in order; those of steps and tasks as they were understood there. */
function allBlocks(plan: Plan, known: readonly UnderstoodBlock[], tools: BlockTools): readonly UnderstoodBlock[] {
  const byStart = new Map(known.map((each) => [each.block.range.start.offset, each]));
  const inTasks = new Set(
    plan.phases.flatMap(({ tasks }) => tasks.flatMap((task) => task.blocks.map((block) => block.range.start.offset))),
  );
  return plan.blocks.map((block) => {
    const start = block.range.start.offset;
    return byStart.get(start) ?? understandBlock(block, { place: inTasks.has(start) ? "task" : "elsewhere" }, tools);
  });
}

function distinct(problems: readonly AnnotationProblem[]): readonly AnnotationProblem[] {
  const seen = new Set<string>();
  return problems.filter(({ message, range }) => {
    const key = `${range.start.offset} ${message}`;
    return seen.has(key) ? false : seen.add(key) !== undefined;
  });
}

/** Problems of the schedule, at the annotation that names the need. */
function atAnnotation(
  problem: { readonly message: string; readonly range: AnnotationProblem["range"] },
  plan: Plan,
): readonly AnnotationProblem[] {
  const step = plan.steps.find(({ head }) => head.start.offset === problem.range.start.offset);
  const own = [step?.annotation, ...(step?.blocks.map((block) => block.annotation) ?? [])];
  for (const annotation of own) {
    const entry = annotation?.entries.find(({ key }) => key === "needs");
    if (annotation !== undefined && entry !== undefined)
      return [{ message: problem.message, range: entry.range, annotation }];
  }
  return [];
}

function unknownTasks(plan: Plan): readonly AnnotationProblem[] {
  const tasks = new Set(plan.phases.flatMap((phase) => phase.tasks.map((task) => task.id.toLowerCase())));
  return plan.annotations.flatMap((annotation) =>
    annotation.entries
      .filter(({ key }) => key === "task")
      .flatMap(({ value, range }) =>
        (value ?? "")
          .split(",")
          .flatMap((id) =>
            id.trim() === "" || tasks.has(id.trim().toLowerCase())
              ? []
              : [{ message: `the plan has no task ${id.trim()}`, range, annotation }],
          ),
      ),
  );
}
