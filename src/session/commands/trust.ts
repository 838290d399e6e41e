import { reviewMark, unapproved } from "#execute/approval";
import { IplanError } from "#model/errors";
import type { UnderstoodPlan } from "#model/understanding";
import { renderTrustPage } from "#render/trust-page";
import { argument, type CommandContext, type CommandHandler, option } from "../command.ts";
import { viewPlan } from "../plan-view.ts";
import { findPlan } from "../plans.ts";
import { openSession, type Session } from "../session.ts";

/** `iplan trust PLAN`: shows what a run would start, and approves exactly that, for this user on this machine. */
export const trust: CommandHandler = async (context, input) => {
  const session = await openSession(context.host, context.cwd);
  const document = findPlan(session, argument(input, "plan") ?? "");
  const { understood } = await viewPlan(session, document);
  const wanted = option(input, "approve");
  const store = session.host.trust(session.root);
  const page = (isApproved: boolean, paint = context.paint): string =>
    renderTrustPage(understood, isApproved, paint, context.width);
  const { commands } = understood;
  let approved = commands.length > 0 && unapproved(understood, commands, store).length === 0;
  if (wanted !== undefined) approved = approve(context, session, understood, wanted);
  else if (
    !approved &&
    context.ask !== undefined &&
    context.actor.kind === "person" &&
    understood.commands.length > 0
  ) {
    context.progress(page(false, context.progressPaint));
    const answer = await context.ask(
      `Approve these ${understood.commands.length} commands for this machine? Type yes: `,
    );
    if (answer.trim().toLowerCase() === "yes")
      approved = approve(context, session, understood, understood.approvalHash);
    return outcome(understood, approved, () => (approved ? "Approved.\n" : "Not approved; nothing was changed.\n"));
  }
  return outcome(understood, approved, () => page(approved));
};

function outcome(
  understood: UnderstoodPlan,
  approved: boolean,
  page: () => string,
): Awaited<ReturnType<CommandHandler>> {
  const commands = understood.commands.map(({ unit, role, text, sha256, risk, risks }) => ({
    unit,
    role,
    text,
    sha256,
    risk,
    risks,
  }));
  const data = { plan: understood.id, sha256: understood.approvalHash, approved, commands };
  return { kind: "trust", exitCode: approved ? 0 : understood.commands.length === 0 ? 3 : 5, data, page };
}

function approve(context: CommandContext, session: Session, understood: UnderstoodPlan, wanted: string): boolean {
  refuseAssistants(context, "approve commands");
  const sha256 = wanted.toLowerCase().replace(/^sha256:/, "");
  if (sha256 !== understood.approvalHash) {
    throw new IplanError(
      "run/not-approved",
      `${wanted} is not the hash of the commands ${understood.id} has now; nothing was approved.`,
      `Review them again: iplan trust ${understood.id} (their hash is ${understood.approvalHash}).`,
    );
  }
  session.host
    .trust(session.root)
    .approve(understood.id, sha256, [
      ...understood.commands.map((command) => command.sha256),
      reviewMark(understood, session.host.hash),
    ]);
  return true;
}

/** Throws `usage/assistant-refused` when an assistant asks for what only people may do. */
export function refuseAssistants(context: CommandContext, act: string): void {
  if (context.actor.kind !== "assistant") return;
  throw new IplanError(
    "usage/assistant-refused",
    `${context.actor.name} may not ${act}; a person has to.`,
    "Ask the person you work for to run this command in a terminal of their own.",
  );
}
