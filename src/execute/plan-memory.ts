import { type PlanMemory, readPlanMemory } from "#journal/plan-record";
import type { UnderstoodPlan } from "#model/understanding";
import type { RunContext, RunOptions } from "./run-options.ts";

/** What this machine remembers of a plan, checked against what its receipt says of its journals. Throws `journal/newer-format`. */
export function rememberedOf(
  plan: UnderstoodPlan,
  { host, root }: Pick<RunContext, "host" | "root">,
  { told = [] }: Pick<RunOptions, "told">,
  key: string | undefined = host.trust(root).key({ create: false }),
): PlanMemory {
  return readPlanMemory(host, root, plan.id, key, { path: plan.plan.path, told });
}
