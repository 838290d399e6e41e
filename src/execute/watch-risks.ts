import type { LiveRun } from "./live-run.ts";
import { probeOutcome } from "./probes/registry.ts";
import { sceneOf } from "./step-claims.ts";

/** Looks whether what triggers the plan's risks has come about, and records what changed; a trigger that nothing decides is left alone. */
export async function watchRisks(run: LiveRun): Promise<void> {
  const triggers = (run.plan.triggers ?? []).filter((trigger) => trigger.claims.length > 0);
  if (triggers.length === 0) return;
  const scene = sceneOf(run, undefined);
  for (const trigger of triggers) {
    const { holds, undecided, observed } = await probeOutcome(trigger, scene);
    const former = run.state().risks.get(trigger.key);
    const isKnown = former?.subject === trigger.digest && former.active === holds;
    if (undecided === true || isKnown) continue;
    run.record({ type: "risk", unit: trigger.key, subject: trigger.digest, active: holds, observed });
  }
}
