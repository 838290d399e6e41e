import { recordNote } from "#journal/notes";
import { IplanError } from "#model/errors";
import type { Verdict } from "#model/run";
import { oneLine } from "#render/escape";
import { argument, type CommandHandler, option } from "../command.ts";
import { viewPlan } from "../plan-view.ts";
import { notePlace } from "../note-place.ts";
import { findPlan } from "../plans.ts";
import { openSession } from "../session.ts";
import { settlePlan } from "../settle.ts";
import { findUnit } from "../units.ts";
import { refuseAssistants } from "./trust.ts";

/** Verdicts that a signature settles without overruling a check. */
const open: ReadonlySet<Verdict> = new Set(["manual", "handoff"]);

/** `iplan sign PLAN UNIT --reason …`: a person's word for what only a person can judge, or a visible override. */
export const sign: CommandHandler = async (context, input) => {
  refuseAssistants(context, "sign");
  const session = await openSession(context.host, context.cwd);
  const document = findPlan(session, argument(input, "plan") ?? "");
  const view = await viewPlan(session, document);
  const unit = findUnit(view, argument(input, "unit") ?? "");
  const reason = (option(input, "reason") ?? "").trim();
  if (reason === "") {
    throw new IplanError(
      "usage/arguments",
      "A signature needs a reason.",
      `iplan sign ${document.id} ${unit.key} --reason 'what you saw'`,
    );
  }
  const override = !open.has(unit.standing?.verdict ?? "pending");
  if (unit.standing?.verdict === "verified") {
    throw new IplanError(
      "usage/arguments",
      `${unit.key} is verified already; a signature would add nothing.`,
      `See: iplan status ${document.id}`,
    );
  }
  recordNote(session.host, notePlace(session, document), {
    type: "signed",
    unit: unit.key,
    subject: unit.subject,
    verdict: "verified",
    override,
    reason,
    actor: context.actor,
  });
  const commit = (): string | undefined => session.host.git(session.root).head();
  const settled = await settlePlan(session, document.path, { actor: context.actor, commit });
  const word = override
    ? `Overridden: ${unit.key} was ${unit.standing?.verdict ?? "pending"} and counts as verified in your name`
    : `Signed: ${unit.key}`;
  return {
    kind: "sign",
    exitCode: 0,
    data: {
      plan: document.id,
      unit: unit.key,
      override,
      reason,
      actor: context.actor,
      verdict: settled.view.standing.verdict,
    },
    page: () => `${word}. ${oneLine(unit.title, 80)}\n`,
  };
};
