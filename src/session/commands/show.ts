import { IplanError } from "#model/errors";
import { isMarkdownPath } from "#model/source";
import type { StepUnit } from "#model/understanding";
import { escapeControls, withoutBlockFile } from "#render/escape";
import { renderDocumentPage } from "#render/document-page";
import { renderExplainPage } from "#render/explain-page";
import { renderPlanPage } from "#render/plan-page";
import {
  argument,
  type CommandContext,
  type CommandHandler,
  type CommandInput,
  type CommandOutcome,
  flag,
} from "../command.ts";
import { documentModel } from "../document-model.ts";
import { everyOutput } from "../output.ts";
import { type PlanView, viewPlan } from "../plan-view.ts";
import { findPlan, isPlanFile } from "../plans.ts";
import { openSession, type Session } from "../session.ts";
import { showModel } from "../show-model.ts";
import { locate } from "../targets.ts";
import { readTraces, sourceText } from "../trace-documents.ts";
import { openGraph } from "../trace-graph.ts";
import { namedDocument, type WorkspaceDocument } from "../workspace.ts";

/** Most bytes of a step's output that are printed; the file holds all of it. */
const shownBytes = 1_000_000;

/** `iplan show DOCUMENT [STEP]`: a document as a page; a plan also explained, or what one of its steps printed. */
export const show: CommandHandler = async (context, input) => {
  const session = await openSession(context.host, context.cwd);
  const reference = argument(input, "document") ?? "";
  const other = otherDocument(session, reference);
  if (other !== undefined) return showDocument(context, session, other, input);
  const document = findPlan(session, reference);
  const view = await viewPlan(session, document);
  const step = findStep(view, argument(input, "step"));
  if (flag(input, "output")) return showOutput(context, session, view, step);
  const page = (): string => {
    if (flag(input, "explain") || step !== undefined)
      return renderExplainPage(view.understood, context.paint, context.width, step?.key);
    return renderPlanPage(view.understood, view.standing, context.paint, context.width);
  };
  const parts = document.parts.flatMap(({ path }) => documentAt(session, path) ?? []);
  return { kind: "show", exitCode: 0, data: showModel(session, view, await readTraces(session, parts)), page };
};

/** The document that a user named when it is none of the type of plans: by path, or by id. */
function otherDocument(session: Session, reference: string): WorkspaceDocument | undefined {
  const place = locate(session, reference);
  const wanted = reference.toUpperCase();
  const found =
    place?.kind === "file"
      ? documentAt(session, place.path)
      : session.documents().find(({ artifactId, template }) => !template && artifactId?.toUpperCase() === wanted);
  if (found === undefined || found.type === session.profile.plan.type) return undefined;
  return found.type === undefined && isShownAsPlan(session, found) ? undefined : found;
}

/** Why: a plan may have any name, and nothing can be told of a file without text. */
function isShownAsPlan(session: Session, { path }: WorkspaceDocument): boolean {
  return (isMarkdownPath(path) && isPlanFile(session, path)) || (sourceText(session, path) ?? "").trim() === "";
}

function documentAt(session: Session, path: string): WorkspaceDocument | undefined {
  const { host, root, profile } = session;
  return (
    session.documents().find((document) => document.path === path) ?? namedDocument(host.files, root, profile, path)
  );
}

async function showDocument(
  context: CommandContext,
  session: Session,
  document: WorkspaceDocument,
  input: CommandInput,
): Promise<CommandOutcome> {
  const wanted = ["explain", "output"].find((name) => flag(input, name));
  if (wanted !== undefined || argument(input, "step") !== undefined) {
    throw new IplanError(
      "usage/not-a-plan",
      `${document.path} is no plan, and ${wanted === undefined ? "only a plan has steps" : `--${wanted} is about the steps of one`}.`,
      `Show the document: iplan show ${document.path}`,
    );
  }
  const data = documentModel(session, await openGraph(session, [document]), document.path);
  return { kind: "show", exitCode: 0, data, page: () => renderDocumentPage(data, context.paint, context.width) };
}

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
