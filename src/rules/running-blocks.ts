import { onceFor } from "#model/lazily";
import type { UnderstoodBlock, UnderstoodPlan } from "#model/understanding";

/** A block that runs, with what it belongs to. */
export interface RunningBlock {
  readonly block: UnderstoodBlock;
  /** `step 3` or `TASK-1.2`. */
  readonly owner: string;
}

/** Every block of the plan that runs: those of the steps in order, then the tasks' own verifications. */
export const runningBlocks: (understood: UnderstoodPlan) => readonly RunningBlock[] = onceFor(blocksThatRun);

function blocksThatRun(understood: UnderstoodPlan): readonly RunningBlock[] {
  const steps = understood.steps.flatMap((unit) =>
    unit.blocks.map((block) => ({ block, owner: `step ${unit.number}` })),
  );
  const tasks = understood.phases.flatMap((phase) =>
    phase.tasks.flatMap((task) => task.blocks.filter(runs).map((block) => ({ block, owner: task.id }))),
  );
  return [...steps, ...tasks];
}

function runs(block: UnderstoodBlock): boolean {
  return block.role === "action" || block.role === "verification";
}
