import type { Plan } from "#model/plan";
import type { Hash } from "#model/ports";
import type { UnderstoodOutcome } from "#model/understanding";
import type { ClaimScene } from "./claims/claim-scene.ts";
import { understandOutcome } from "./understand-outcome.ts";

/** The triggers of the plan's risks, with the claims they make; they are no part of what the plan promises. */
export function understandTriggers(plan: Plan, scene: () => ClaimScene, hash: Hash): readonly UnderstoodOutcome[] {
  return plan.risks.flatMap(({ trigger }, index) =>
    trigger === undefined
      ? []
      : [
          understandOutcome(
            { key: `risk:${index + 1}`, kind: "check", text: trigger.text, range: trigger.range },
            scene,
            hash,
          ),
        ],
  );
}
