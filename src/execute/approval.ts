import { IplanError } from "#model/errors";
import type { Hash, Trust } from "#model/ports";
import { defaultConfig } from "#model/config";
import type { PlannedCommand, RiskClass, StepUnit, TaskUnit, UnderstoodPlan } from "#model/understanding";
import type { RunContext, RunOptions } from "./run-options.ts";

/** How the commands of a run came to be approved; `none`: they were not, and nothing may be executed. */
export type Approval = "stored" | "for-this-run" | "none";

/**
 * Makes sure that every command that may run was approved by this user: one by one before, or as the reviewed set named by
 * `options.trust`; `asked` is the command that the cure repeats. Throws IplanError `run/not-approved`, or `usage/assistant-refused`
 * when an assistant names a set.
 */
export function requireApproval(
  plan: UnderstoodPlan,
  commands: readonly PlannedCommand[],
  context: RunContext,
  options: RunOptions,
  asked: "run" | "verify" | "verify --audit" = "run",
): Approval {
  if (options.trust !== undefined) return requireReviewed(plan, context, options.trust, asked);
  const trust = context.host.trust(context.root);
  const open = unapproved(plan, commands, trust);
  if (open.length === 0) {
    if (context.actor.kind === "assistant") requireAsReviewed(plan, commands, trust, context.host.hash);
    return "stored";
  }
  const count = open.length === commands.length ? "none of its commands is" : `${open.length} of its commands are not`;
  throw new IplanError(
    "run/not-approved",
    `${plan.id}: ${count} approved on this machine, the first is in ${open[0]?.unit}`,
    `Review and approve them: iplan trust ${plan.id}\nWithout a terminal, for this run only: iplan ${asked} ${plan.id} --trust=${plan.approvalHash}`,
  );
}

/** What stands among the approved hashes for a plan as a whole: its commands and its promises, step by step. */
export function reviewMark({ steps, phases, items }: UnderstoodPlan, hash: Hash): string {
  const units = [...steps, ...phases.flatMap(({ tasks }) => tasks)].map(({ key, subject }) => [key, subject]);
  // Why: counts in criteria are written by the tool itself.
  const promised = items.filter(({ kind }) => kind !== "criterion").map(({ digest }) => digest);
  return `plan ${hash.sha256(JSON.stringify([units, promised]))}`;
}

/**
 * Why: commands that are approved each still prove something else in another place, and a promise that is taken out no longer fails.
 * What an assistant runs is therefore the plan that a person reviewed.
 */
function requireAsReviewed(plan: UnderstoodPlan, commands: readonly PlannedCommand[], trust: Trust, hash: Hash): void {
  if (commands.length === 0 || trust.approvedCommands(plan.id).has(reviewMark(plan, hash))) return;
  throw new IplanError(
    "run/not-approved",
    `${plan.id} was edited since a person reviewed it: its commands are approved, but not in these places and with these promises`,
    `Ask a person to look at what changed and approve it again: iplan trust ${plan.id}`,
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

function requireReviewed(plan: UnderstoodPlan, context: RunContext, hash: string, asked: string): Approval {
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
    `Review them again: iplan trust ${plan.id} --json\nThen: iplan ${asked} ${plan.id} --trust=${plan.approvalHash}`,
  );
}

/**
 * Applies the policy: what it denies never runs; what it wants confirmed, and each command marked `confirm`, runs when the person says
 * so or the risk was allowed on the command line. Throws `run/not-allowed`.
 */
export async function requireConsent(
  plan: UnderstoodPlan,
  commands: readonly PlannedCommand[],
  confirmed: ReadonlySet<string>,
  context: RunContext,
  options: RunOptions,
): Promise<void> {
  const policy = { ...defaultConfig.policy, ...options.policy };
  const allowed = new Set(options.allow);
  for (const command of commands) {
    const risks = [...new Set([command.risk, ...command.risks.map((note) => note.risk)])];
    const denied = risks.find((risk) => policy[risk] === "deny");
    if (denied !== undefined) throw refusal(plan, command, denied, "deny");
    const open = risks.find((risk) => policy[risk] === "confirm" && !allowed.has(risk));
    const isMarked = confirmed.has(command.sha256) && !allowed.has("destructive");
    if (open === undefined && !isMarked) continue;
    if ((await context.confirm?.(command)) === true) continue;
    throw refusal(plan, command, open, "confirm");
  }
}

/** Hashes of the blocks whose annotation asks for a confirmation. */
export function confirmedBlocks(units: readonly Pick<StepUnit | TaskUnit, "blocks">[]): ReadonlySet<string> {
  const marked = units.flatMap((unit) => unit.blocks.filter((block) => block.settings.confirm));
  return new Set(marked.map((block) => block.digest.replace("sha256:", "")));
}

function refusal(
  plan: UnderstoodPlan,
  command: PlannedCommand,
  risk: RiskClass | undefined,
  decision: "confirm" | "deny",
): IplanError {
  const reason = command.risks.find((note) => note.risk === risk)?.reason ?? "it is marked `confirm`";
  if (decision === "deny") {
    return new IplanError(
      "run/not-allowed",
      `${command.unit} is denied by the policy of this workspace: ${risk} (${reason})`,
      "Change the step, or `policy` in iplan.config.yaml.",
    );
  }
  return new IplanError(
    "run/not-allowed",
    `${command.unit} wants a confirmation: ${reason}`,
    `Look at it: iplan trust ${plan.id}\nThen allow it: iplan run ${plan.id} --allow=${risk ?? "destructive"}`,
  );
}
