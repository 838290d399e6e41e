import { calibration, planEffort, type PlanEffort } from "#guide/effort";
import { IplanError } from "#model/errors";
import { renderEffortPage } from "#render/effort-page";
import type { CommandContext, CommandOutcome } from "./command.ts";
import { noPlans } from "./next-step.ts";
import { viewPlan } from "./plan-view.ts";
import { allPlans, findPlan } from "./plans.ts";
import type { Session } from "./session.ts";

/** `iplan status --effort`: estimates beside the time that was worked, and how estimates turned out over all plans. */
export async function statusOfEffort(
  context: CommandContext,
  session: Session,
  named: string | undefined,
): Promise<CommandOutcome> {
  const wanted = named === undefined ? undefined : findPlan(session, named);
  const all = new Map<string, PlanEffort>();
  for (const plan of allPlans(session)) {
    const effort = await effortOf(session, plan.path === wanted?.path ? wanted : plan, plan.path === wanted?.path);
    if (effort !== undefined) all.set(plan.path, effort);
  }
  if (wanted !== undefined && !all.has(wanted.path)) {
    const effort = await effortOf(session, wanted, true);
    if (effort !== undefined) all.set(wanted.path, effort);
  }
  const shown =
    wanted === undefined ? [...all.values()] : [...all].flatMap(([path, row]) => (path === wanted.path ? [row] : []));
  if (shown.length === 0) throw noPlans(session);
  const rows = calibration([...all.values()]);
  return {
    kind: "effort",
    exitCode: 0,
    data: { plans: shown, calibration: rows },
    page: () => renderEffortPage(shown, rows, context.paint, context.width),
  };
}

/** Why: a plan that cannot be understood keeps none of the others away, unless it is the one that was asked for. */
async function effortOf(
  session: Session,
  plan: ReturnType<typeof findPlan>,
  isAsked: boolean,
): Promise<PlanEffort | undefined> {
  try {
    const { understood, standing, record } = await viewPlan(session, plan);
    return planEffort(understood, standing, record?.active ?? new Map());
  } catch (error) {
    if (isAsked || !(error instanceof IplanError)) throw error;
    return undefined;
  }
}
