import { IplanError } from "#model/errors";
import type { Trust } from "#model/ports";
import type { PlannedCommand, UnderstoodPlan } from "#model/understanding";
import type { RunContext, RunOptions } from "./run-options.ts";

/** How the commands of a run came to be approved. */
export type Approval = "stored" | "for-this-run";

/**
 * Makes sure that every command that may run was approved by this user: one by one before, or as the reviewed set named by
 * `options.trust`. Throws IplanError `run/not-approved`, or `usage/assistant-refused` when an assistant names a set.
 */
export function requireApproval(
  plan: UnderstoodPlan,
  commands: readonly PlannedCommand[],
  context: RunContext,
  options: RunOptions,
): Approval {
  if (options.trust !== undefined) return requireReviewed(plan, context, options.trust);
  const open = unapproved(plan, commands, context.host.trust(context.root));
  if (open.length === 0) return "stored";
  const count = open.length === commands.length ? "none of its commands is" : `${open.length} of its commands are not`;
  throw new IplanError(
    "run/not-approved",
    `${plan.id}: ${count} approved on this machine, the first is in ${open[0]?.unit}`,
    `Review and approve them: iplan trust ${plan.id}\nWithout a terminal, for this run only: iplan run ${plan.id} --trust=${plan.approvalHash}`,
  );
}

/** The commands nobody approved on this machine. */
export function unapproved(
  plan: UnderstoodPlan,
  commands: readonly PlannedCommand[],
  trust: Trust,
): readonly PlannedCommand[] {
  if (trust.isApproved(plan.id, plan.approvalHash)) return [];
  const approved = trust.approvedCommands(plan.id);
  return commands.filter((command) => !approved.has(command.sha256));
}

function requireReviewed(plan: UnderstoodPlan, context: RunContext, hash: string): Approval {
  if (context.actor.kind === "assistant") {
    throw new IplanError(
      "usage/assistant-refused",
      `${context.actor.name} is an assistant: it cannot approve commands`,
      `Ask a person to run: iplan trust ${plan.id}`,
    );
  }
  if (hash.replace(/^sha256:/, "") === plan.approvalHash.replace(/^sha256:/, "")) return "for-this-run";
  throw new IplanError(
    "run/not-approved",
    `the commands of ${plan.id} are not the set that was reviewed`,
    `Review them again: iplan trust ${plan.id} --json\nThen: iplan run ${plan.id} --trust=${plan.approvalHash}`,
  );
}

/** Asks for each destructive command, and each marked `confirm`, unless destructive ones are allowed. Throws `run/not-allowed`. */
export async function requireConsent(
  plan: UnderstoodPlan,
  commands: readonly PlannedCommand[],
  confirmed: ReadonlySet<string>,
  context: RunContext,
  options: RunOptions,
): Promise<void> {
  if (options.allow?.includes("destructive") === true) return;
  for (const command of commands) {
    if (command.risk !== "destructive" && !confirmed.has(command.sha256)) continue;
    if ((await context.confirm?.(command)) === true) continue;
    const reason = command.risks.find((note) => note.risk === "destructive")?.reason ?? "it is marked `confirm`";
    throw new IplanError(
      "run/not-allowed",
      `${command.unit} wants a confirmation: ${reason}`,
      `Look at it: iplan trust ${plan.id}\nThen allow it: iplan run ${plan.id} --allow=destructive`,
    );
  }
}
