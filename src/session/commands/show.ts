import { IplanError } from "#model/errors";
import type { StepUnit } from "#model/understanding";
import { escapeControls, withoutBlockFile } from "#render/escape";
import { renderExplainPage } from "#render/explain-page";
import { renderPlanPage } from "#render/plan-page";
import { argument, type CommandContext, type CommandHandler, type CommandOutcome, flag } from "../command.ts";
import { everyOutput } from "../output.ts";
import { type PlanView, viewPlan } from "../plan-view.ts";
import { findPlan } from "../plans.ts";
import { openSession, type Session } from "../session.ts";
import { showModel } from "../show-model.ts";

/** Most bytes of a step's output that are printed; the file holds all of it. */
const shownBytes = 1_000_000;

/** `iplan show PLAN [STEP]`: the plan as a page, explained, as JSON, or what one of its steps printed. */
export const show: CommandHandler = async (context, input) => {
  const session = await openSession(context.host, context.cwd);
  const document = findPlan(session, argument(input, "document") ?? "");
  const view = await viewPlan(session, document);
  const step = findStep(view, argument(input, "step"));
  if (flag(input, "output")) return showOutput(context, session, view, step);
  const page = (): string => {
    if (flag(input, "explain") || step !== undefined)
      return renderExplainPage(view.understood, context.paint, context.width, step?.key);
    return renderPlanPage(view.understood, view.standing, context.paint, context.width);
  };
  return { kind: "show", exitCode: 0, data: showModel(session, view), page };
};

/** The step of that number or key. Throws `usage/no-such-step` and lists the steps there are. */
export function findStep(view: PlanView, name: string | undefined): StepUnit | undefined {
  if (name === undefined) return undefined;
  const bare = name.replace(/^step[: ]?/i, "");
  const found = view.understood.steps.find(
    (step) => step.key === name || step.key === `step:${bare}` || step.number === bare,
  );
  if (found !== undefined) return found;
  const known = view.understood.steps.map((step) => step.number).join(", ");
  throw new IplanError(
    "usage/no-such-step",
    `${view.understood.id} has no step ${name}.`,
    known === "" ? "It has no steps at all." : `Its steps are ${known}.`,
  );
}

function showOutput(
  context: CommandContext,
  session: Session,
  view: PlanView,
  step: StepUnit | undefined,
): CommandOutcome {
  if (step === undefined) {
    throw new IplanError(
      "usage/arguments",
      "--output needs a step.",
      `Name one: iplan show ${view.understood.id} 1 --output`,
    );
  }
  const outputs = everyOutput(session, view, step.key, shownBytes);
  if (outputs.length === 0) {
    throw new IplanError(
      "usage/no-such-step",
      `Step ${step.number} has not run on this machine.`,
      `Run it: iplan run ${view.understood.id}`,
    );
  }
  const last = Math.max(0, ...outputs.map(({ attempt }) => attempt ?? 0));
  const data = outputs.map(({ evidence: { text: command, ...evidence }, attempt, file, text, cut }) => ({
    ...evidence,
    ...(attempt === undefined ? {} : { attempt }),
    ...(command === undefined ? {} : { command }),
    ...(file === undefined ? {} : { file }),
    text,
    cut,
  }));
  const progress = (view.memory?.run ?? view.memory?.proven)?.progress.get(step.key);
  const files = { before: progress?.before ?? {}, after: view.record?.units.get(step.key)?.files ?? {} };
  const page = (): string =>
    data
      .map((entry) => {
        const where = entry.file === undefined ? "no output" : entry.file;
        const which = entry.attempt === undefined || last === 1 ? "" : ` · attempt ${entry.attempt} of ${last}`;
        const head = context.paint.bold(`${entry.role}${which} · ${describeExit(entry.exit)} · ${where}`);
        const note = entry.cut ? context.paint.dim("… only the last part is shown\n") : "";
        const body = escapeControls(withoutBlockFile(entry.text), { keepLines: true });
        return `${head}\n${note}${body}${body === "" || body.endsWith("\n") ? "" : "\n"}`;
      })
      .join("\n");
  return {
    kind: "output",
    exitCode: 0,
    data: { plan: view.understood.id, step: step.number, attempt: progress?.attempt ?? 0, files, outputs: data },
    page,
  };
}

function describeExit(
  exit: { readonly status?: number; readonly signal?: string; readonly timedOut?: boolean } | undefined,
): string {
  if (exit === undefined) return "ended";
  if (exit.timedOut === true) return "timed out";
  return exit.signal === undefined ? `exit status ${exit.status ?? "unknown"}` : `killed by ${exit.signal}`;
}
