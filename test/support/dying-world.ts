import { expect } from "vitest";
import { MemoryCrash } from "#host/memory";
import { recordNote } from "#journal/notes";
import type { UnderstoodBlock, UnderstoodPlan } from "#model/understanding";
import { createRunWorld, perform, person, root, type RunWorld } from "./run-world.ts";
import { planOf } from "./understood.ts";

/** A world whose Nth block dies: before it does anything, or after it did all. */
export function dyingWorld(when: "before" | "after", nth = 1): RunWorld {
  let count = 0;
  return createRunWorld({
    script: (request, host) => {
      if (++count !== nth) return undefined;
      if (when === "after") perform(request, host);
      throw new MemoryCrash();
    },
  });
}

/** Runs a plan to the death of the process. */
export async function die(world: RunWorld, plan: UnderstoodPlan): Promise<void> {
  await expect(world.run(plan)).rejects.toBeInstanceOf(MemoryCrash);
  world.host.shell.alive.clear();
}

/** A plan of one step with these blocks. */
export const one = (...blocks: readonly UnderstoodBlock[]): UnderstoodPlan => planOf([{ blocks }]);

/** The key of the workspace. */
export function keyOf(world: RunWorld): string {
  return world.host.trust(root).key({ create: true }) ?? "";
}

/** Signs a step or item as a person does. */
export function sign(world: RunWorld, plan: UnderstoodPlan, unit: string): void {
  world.host.clock.advance(1);
  const subject =
    plan.steps.find((step) => step.key === unit)?.subject ?? plan.items.find((item) => item.key === unit)?.digest ?? "";
  recordNote(
    world.host,
    { root, plan: plan.id, key: keyOf(world) },
    { type: "signed", unit, subject, verdict: "verified", override: true, reason: "seen", actor: person },
  );
}
