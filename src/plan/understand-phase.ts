import type { Phase, Task } from "#model/plan";
import type { PhaseUnit, StepUnit, TaskUnit } from "#model/understanding";
import { readAnnotations } from "./annotation.ts";
import { digestOfAll } from "./digest.ts";
import { type PlanScene, sceneOf } from "./planned-checks.ts";
import { type BlockTools, understandBlock } from "./understand-block.ts";
import { understandOutcome } from "./understand-outcome.ts";
import type { KeyOf } from "./understand-step.ts";

/** What a phase is understood in. */
export interface PhaseScene {
  readonly steps: readonly StepUnit[];
  readonly keyOf: KeyOf;
  readonly scene: PlanScene;
}

/** Understands a phase: its tasks, and the steps tied to it or to one of them. */
export function understandPhase(phase: Phase, scene: PhaseScene, tools: BlockTools): PhaseUnit {
  const { steps } = scene;
  const tied = steps.filter(({ ties }) => ties.some((tie) => tie.phase === phase.number));
  return {
    key: `phase:${phase.number}`,
    number: phase.number,
    phase,
    tasks: phase.tasks.map((task) => understandTask(task, phase, { ...scene, steps: tied }, tools)),
    steps: tied.map(({ key }) => key),
  };
}

function understandTask(
  task: Task,
  phase: Phase,
  { steps: tied, keyOf, scene }: PhaseScene,
  tools: BlockTools,
): TaskUnit {
  const { annotation } = task;
  for (const problem of readAnnotations([annotation]).problems) tools.report(problem);
  const own = tied.filter(({ ties }) => ties.some((tie) => tie.task === task.id && tie.phase === phase.number));
  const blocks = task.blocks
    .map((block) => understandBlock(block, { place: "task", above: annotation }, tools))
    .filter(({ role }) => role === "verification");
  const speaking = [...blocks, ...own.flatMap((step) => step.blocks)];
  const claimScene = sceneOf(speaking, scene);
  const verify = task.verify.map(({ text, range }, index) =>
    understandOutcome(
      { key: `verify:${task.id}.${index + 1}`, kind: "task-verify", text, range, phase: phase.number },
      claimScene,
      tools.hash,
    ),
  );
  return {
    key: keyOf(task.id),
    id: task.id,
    phase: phase.number,
    task,
    steps: own.map(({ key }) => key),
    verify,
    blocks,
    subject: digestOfAll(tools.hash, [
      ...own.map(({ subject }) => subject),
      ...blocks.map(({ digest }) => digest),
      ...verify.map(({ digest }) => digest),
    ]),
  };
}
