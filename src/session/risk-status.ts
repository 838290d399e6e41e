import { byWeight, type RiskRow, riskRows } from "#guide/risks";
import { IplanError } from "#model/errors";
import { renderRiskPage } from "#render/risk-page";
import type { CommandContext, CommandOutcome } from "./command.ts";
import { noPlans } from "./next-step.ts";
import { type PlanView, viewPlan } from "./plan-view.ts";
import { allPlans, findPlan } from "./plans.ts";
import type { Session } from "./session.ts";

/** `iplan status --risks`: the risks of one plan or of all, those first whose trigger came about. */
export async function statusOfRisks(
  context: CommandContext,
  session: Session,
  named: string | undefined,
): Promise<CommandOutcome> {
  const plans = named === undefined ? allPlans(session) : [findPlan(session, named)];
  if (plans.length === 0) throw noPlans(session);
  const risks: RiskRow[] = [];
  for (const plan of plans) {
    try {
      risks.push(...risksOf(await viewPlan(session, plan)));
    } catch (error) {
      // Why: a plan that cannot be understood keeps none of the others away.
      if (named !== undefined || !(error instanceof IplanError)) throw error;
    }
  }
  risks.sort(byWeight);
  return {
    kind: "risks",
    exitCode: 0,
    data: { risks },
    page: () => renderRiskPage(risks, context.paint, context.width),
  };
}

/** The risks of a plan as they stand by its record. */
export function risksOf({ understood, record }: PlanView): readonly RiskRow[] {
  return riskRows(understood, record);
}

/** Those risks of a plan whose trigger came about. */
export function activeRisks(view: PlanView): readonly RiskRow[] {
  return risksOf(view).filter(({ state }) => state === "active");
}
