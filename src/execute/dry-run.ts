import type { PlannedCommand, StepUnit, UnderstoodPlan, UnitRecord } from "#model/understanding";
import { unapproved } from "./approval.ts";
import { canAsk } from "./ask-step.ts";
import { type ExpectedTime, type ExpectedWhole, expectedTime, expectedWhole } from "./expected-time.ts";
import { rememberedOf } from "./plan-memory.ts";
import { type Obstacle, findObstacles } from "./preflight.ts";
import { type PrerequisiteFinding, probePrerequisites } from "./prerequisites.ts";
import type { RunContext, RunOptions } from "./run-options.ts";
import { refuseEmpty, selectSteps } from "./select-steps.ts";
import { isTicked } from "./takeover.ts";

/** What a run would do with a step. */
export interface PlannedStep {
  readonly unit: string;
  readonly number: string;
  readonly title: string;
  /** `skip`: done. `verify-first`: its verification is asked before anything is run. `handoff`: there is nothing to run. */
  readonly would: "run" | "skip" | "verify-first" | "handoff";
  readonly why: string;
  readonly commands: readonly PlannedCommand[];
  /** Absent for what is done, and where nothing is known. */
  readonly expected?: ExpectedTime;
}

/** A run as it would go, with nothing run and nothing expanded. */
export interface DryRun {
  readonly plan: string;
  readonly steps: readonly PlannedStep[];
  /** How long the steps that are not skipped take. */
  readonly expected: ExpectedWhole;
  readonly obstacles: readonly Obstacle[];
  readonly prerequisites: readonly PrerequisiteFinding[];
  /** Commands nobody approved on this machine yet. */
  readonly unapproved: readonly PlannedCommand[];
}

/** Tells what `runPlan` would do with the same options: order, commands and risks, what it would skip, and what stands in its way. */
export async function dryRun(plan: UnderstoodPlan, context: RunContext, options: RunOptions = {}): Promise<DryRun> {
  const { host, root } = context;
  refuseEmpty(plan);
  const steps = selectSteps(plan, options);
  const trust = host.trust(root);
  const memory = rememberedOf(plan, context, options);
  const units = options.over === true ? new Map<string, UnitRecord>() : memory.units;
  const open = memory.run?.open?.unit;
  const ticks = !memory.known && options.over !== true;
  const keys = new Set(steps.map((step) => step.key));
  const commands = plan.commands.filter((command) => keys.has(command.unit));
  const planned = steps.map((step): PlannedStep => {
    const scene = { open: open === step.key, ticks, damaged: memory.damage.length > 0, redo: options.redo };
    const intention = intentionFor(plan, step, units.get(step.key), scene);
    const expected = intention.would === "skip" ? undefined : expectedTime(plan, step, memory.took);
    return {
      unit: step.key,
      number: step.number,
      title: step.title,
      ...intention,
      commands: commands.filter((command) => command.unit === step.key),
      ...(expected === undefined ? {} : { expected }),
    };
  });
  return {
    plan: plan.id,
    steps: planned,
    expected: expectedWhole(planned.filter((step) => step.would !== "skip").map((step) => step.expected)),
    obstacles: findObstacles(plan, steps),
    prerequisites: await probePrerequisites(plan.plan.prerequisites, host, root, { versions: false }),
    unapproved: unapproved(plan, commands, trust),
  };
}

function intentionFor(
  plan: UnderstoodPlan,
  step: StepUnit,
  record: UnitRecord | undefined,
  scene: {
    readonly open: boolean;
    readonly ticks: boolean;
    readonly damaged: boolean;
    readonly redo: string | undefined;
  },
): Pick<PlannedStep, "would" | "why"> {
  if (scene.redo !== undefined && [step.key, step.number].includes(scene.redo))
    return { would: "run", why: "asked for" };
  if (record?.verdict === "verified" && record.subject === step.subject) {
    return { would: "skip", why: `verified ${record.at}: ${record.reason}` };
  }
  if (step.blocks.length === 0) return { would: "handoff", why: step.handoff ?? "nothing in it can be run" };
  if (scene.open) return { would: "verify-first", why: "it was started and its end is not known" };
  if (scene.damaged && canAsk(step)) return { would: "verify-first", why: "the journal is damaged" };
  if (scene.ticks && isTicked(plan, step) === true && canAsk(step))
    return { would: "verify-first", why: "it is ticked" };
  if (record === undefined) return { would: "run", why: "not run yet" };
  if (["unverifiable", "stale"].includes(record.verdict) && record.subject === step.subject) {
    return { would: canAsk(step) ? "verify-first" : "skip", why: `${record.verdict}: ${record.reason}` };
  }
  return { would: "run", why: `${record.verdict}: ${record.reason}` };
}
