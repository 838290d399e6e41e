import type { Host } from "#model/ports";
import { type PlanView, viewPlan } from "../plan-view.ts";
import { readPlan } from "../plans.ts";
import { openSession } from "../session.ts";
import { archiveRoot } from "./archive-files.ts";
import { archiveHost } from "./archive-host.ts";
import type { BundledVerdict } from "./manifest.ts";

/** What is in a bundle, as far as it decides where the plan stands. */
export interface StandingContent {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly declared: Readonly<Record<string, string>>;
  /** Workspace-relative path of the plan. */
  readonly path: string;
}

/** The plan of a bundle, computed afresh from its documents, its receipt and its journals by the same code as in a workspace. */
export async function bundleStanding(host: Host, { files, declared, path }: StandingContent): Promise<PlanView> {
  const session = await openSession(archiveHost(host, { files, declared }), archiveRoot);
  return viewPlan(session, readPlan(session, path));
}

/** Every part's verdict, in the order of the plan. */
export function verdictsOf({ standing }: Pick<PlanView, "standing">): readonly BundledVerdict[] {
  const { phases, tasks, steps, items } = standing;
  return [phases, tasks, steps, items].flatMap((map) => [...map].map(([unit, { verdict }]) => ({ unit, verdict })));
}
