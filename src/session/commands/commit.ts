import { commitMessage, type CommitMessage } from "#guide/commit-message";
import { type ChosenFiles, declaredPaths } from "#guide/commit-files";
import { satisfiedBy } from "#guide/commit-work";
import { type Completion, completionOf, worstOpen } from "#guide/completion";
import { recordNote } from "#journal/notes";
import { createRedaction } from "#journal/redact";
import { secretValues } from "#journal/secret-values";
import { type ExitCode, IplanError } from "#model/errors";
import type { GitCommitResult, GitGround } from "#model/ports";
import type { Verdict } from "#model/run";
import { type CommitReport, renderCommitPage } from "#render/commit-page";
import { escapeControls } from "#render/escape";
import {
  argument,
  type CommandContext,
  type CommandHandler,
  type CommandOutcome,
  flag,
  option,
  optionList,
} from "../command.ts";
import { commitGround } from "../commit-ground.ts";
import { commitTrailers } from "../commit-trailers.ts";
import { chosenFiles, holdForCommit, keepOwn, ownPaths, recordAsCommitted } from "../committing.ts";
import { type PlanView, viewPlan } from "../plan-view.ts";
import { notePlace } from "../note-place.ts";
import { findPlan, readPlan } from "../plans.ts";
import { openSession, type Session } from "../session.ts";
import { settlePlan } from "../settle.ts";
import { refuseAssistants } from "./trust.ts";

/** `iplan commit PLAN`: commits the plan's own files, with its own message and the trailers of the graph, when it is green. */
export const commit: CommandHandler = async (context, input) => {
  const session = await openSession(context.host, context.cwd);
  const document = findPlan(session, argument(input, "plan") ?? "");
  const reason = (option(input, "reason") ?? "").trim();
  if (option(input, "reason") !== undefined) checkReason(context, document.id, reason);
  const ground = commitGround(session);
  const request = { reason, also: optionList(input, "with"), isTrial: flag(input, "dry-run") };
  const view = await viewPlan(session, document);
  if (request.isTrial) return trial({ context, session, ground, request }, view);
  const hold = holdForCommit(session, document);
  try {
    return await commitPlan({ context, session, ground, request }, view);
  } finally {
    hold.release();
  }
};

interface Scene {
  readonly context: CommandContext;
  readonly session: Session;
  readonly ground: GitGround;
  readonly request: { readonly reason: string; readonly also: readonly string[]; readonly isTrial: boolean };
}

function checkReason(context: CommandContext, plan: string, reason: string): void {
  refuseAssistants(context, "commit what is not verified");
  if (reason === "")
    throw new IplanError(
      "usage/arguments",
      "--reason needs words.",
      `iplan commit ${plan} --reason 'why it is committed as it stands'`,
    );
}

/** What would be committed, and whether it would be. */
async function trial(scene: Scene, view: PlanView): Promise<CommandOutcome> {
  const completion = completionOf(view.understood, view.standing, view.record);
  const chosen = chosenFiles(scene.session, view, scene.ground, scene.request.also);
  const message = await messageFor(scene, view, chosen);
  const isRefused = !completion.verified && scene.request.reason === "";
  if (isRefused) return answer(scene, view, { state: "refused", completion, chosen, message });
  if (chosen.files.length > 0) return answer(scene, view, { state: "trial", completion, chosen, message });
  const found = unrecordedCommit(scene, view, completion);
  return answer(scene, view, { state: "nothing", completion, chosen, message, ...found });
}

async function commitPlan(scene: Scene, before: PlanView): Promise<CommandOutcome> {
  const { context, session, ground, request } = scene;
  const first = completionOf(before.understood, before.standing, before.record);
  if (!first.verified && request.reason === "") {
    const chosen = chosenFiles(session, before, ground, request.also);
    return answer(scene, before, { state: "refused", completion: first, chosen });
  }
  const kept = keepOwn(session, before.document);
  const at = new Date(session.host.clock.now()).toISOString();
  const record = recordAsCommitted(before, first, at);
  const { view } = await settlePlan(session, before.document.path, {
    actor: context.actor,
    commit: () => ground.head,
    record,
  });
  const chosen = chosenFiles(session, before, ground, request.also);
  if (chosen.files.length === 0) return nothingToCommit(scene, before, first, chosen);
  const message = await messageFor(scene, view, chosen);
  const made = await makeCommit(scene, chosen, message, kept);
  if ("failed" in made) return answer(scene, before, { state: "failed", completion: first, chosen, message, made });
  return recordCommit(scene, before, first, { chosen, message, made });
}

async function makeCommit(
  { context, session }: Scene,
  { files }: ChosenFiles,
  { text }: CommitMessage,
  kept: ReturnType<typeof keepOwn>,
): Promise<GitCommitResult> {
  try {
    const made = await session.host.git(session.root).commit({
      paths: files.map(({ path }) => path),
      message: text,
      signal: context.signal,
      onOutput: (printed) => context.progress(escapeControls(printed, { keepLines: true })),
    });
    if ("failed" in made) kept.restore();
    return made;
  } catch (error) {
    kept.restore();
    throw error;
  }
}

/** The plan's files are in a commit already: of the plan's own step, or of an earlier call. */
async function nothingToCommit(
  scene: Scene,
  view: PlanView,
  completion: Completion,
  chosen: ChosenFiles,
): Promise<CommandOutcome> {
  const found = unrecordedCommit(scene, view, completion);
  if (found === undefined) return answer(scene, view, { state: "nothing", completion, chosen });
  return recordCommit(scene, view, completion, { chosen, ...found });
}

/** The commit that holds the plan's files; undefined where there is none, or it is recorded. */
function unrecordedCommit(
  { session: { host, root } }: Scene,
  view: PlanView,
  { commit: known, work }: Completion,
): { readonly found: string } | undefined {
  const paths = [...declaredPaths(view.understood).keys(), ...ownPaths(view.document)];
  const found = host.git(root).lastCommit(paths);
  const isKnown = known !== undefined && Object.keys(satisfiedBy(work, view.standing)).length === 0;
  return found === undefined || isKnown ? undefined : { found };
}

interface Made {
  readonly chosen: ChosenFiles;
  readonly message?: CommitMessage;
  readonly made?: Extract<GitCommitResult, { readonly commit: string }>;
  /** A commit that was there before. */
  readonly found?: string;
}

async function recordCommit(scene: Scene, view: PlanView, completion: Completion, made: Made): Promise<CommandOutcome> {
  const { context, session, request, ground } = scene;
  const { host, root } = session;
  const paths = made.made?.paths ?? [];
  recordNote(host, notePlace(session, view.document), {
    type: "committed",
    commit: made.made?.commit ?? made.found ?? "",
    subject: view.understood.planHash,
    ...(made.message === undefined ? {} : { title: made.message.subject }),
    units: satisfiedBy(completion.work, view.standing),
    files: Object.fromEntries(paths.flatMap((path) => digestOf(session, path))),
    ...overrideOf(completion, request.reason),
    actor: context.actor,
  });
  const head = (): string | undefined => host.git(root).head() ?? ground.head;
  const settled = await settlePlan(session, view.document.path, { actor: context.actor, commit: head });
  const after = completionOf(settled.view.understood, settled.view.standing, settled.view.record);
  const state = made.made === undefined ? "nothing" : "committed";
  return answer(scene, settled.view, { state, completion: after, ...made });
}

function digestOf({ host, root }: Session, path: string): readonly (readonly [string, string])[] {
  const absolute = `${root}/${path}`;
  const digest = host.files.stat(absolute)?.kind === "file" ? host.files.digest(absolute) : undefined;
  // Why: the receipt is written once more after the commit, to name it.
  return digest === undefined || path.endsWith(".receipt.ndjson") ? [] : [[path, digest]];
}

async function messageFor(
  scene: Scene,
  { document, understood }: PlanView,
  { files }: ChosenFiles,
): Promise<CommitMessage> {
  const { host, config } = scene.session;
  const own = ownPaths(document);
  const isRecord = files.length > 0 && files.every(({ path }) => own.includes(path));
  const message = commitMessage(
    understood,
    await commitTrailers(scene.session, readPlan(scene.session, document.path)),
    isRecord,
  );
  const redact = createRedaction(secretValues(host.machine.environment, config.secrets)).text;
  return { ...message, text: redact(message.text), subject: redact(message.subject) };
}

interface Answer extends Omit<Made, "made"> {
  readonly state: CommitReport["state"];
  readonly completion: Completion;
  readonly made?: GitCommitResult;
}

function answer(
  { context, ground, request }: Scene,
  view: PlanView,
  { state, completion, chosen, message, made, found }: Answer,
): CommandOutcome {
  const asFound = found === undefined ? undefined : { commit: found, ...overrideOf(completion, request.reason) };
  const isDone = state === "committed" || state === "nothing";
  const done = isDone ? (asFound ?? completion.commit) : undefined;
  const report: CommitReport = {
    plan: view.understood.id,
    state,
    ...(ground.branch === undefined ? {} : { branch: ground.branch }),
    ...(done === undefined ? {} : { commit: done.commit, override: done.override }),
    ...(done?.reason === undefined ? {} : { reason: done.reason }),
    files: made !== undefined && "paths" in made ? withHooks(chosen, made.paths) : chosen.files,
    left: chosen.left,
    ...(message === undefined ? {} : { message: message.text, trailers: message.trailers, notes: message.notes }),
    open: completion.open,
    waiting: completion.accepted.waiting,
    ask: completion.work.steps
      .filter(({ key }) => view.standing.steps.get(key)?.verdict !== "verified")
      .map(({ number }) => number),
    ...(made !== undefined && "failed" in made ? { failed: made.failed, output: made.output } : {}),
  };
  const isInterrupted = state === "failed" && context.signal.aborted;
  return {
    kind: "commit",
    exitCode: isInterrupted ? 130 : exitCodeOf(report, completion, request.isTrial),
    data: report,
    page: () => renderCommitPage(report, context.paint, context.width),
  };
}

/** Whether a person's reason stands for what is not verified, and which. */
function overrideOf(
  { verified }: Completion,
  reason: string,
): { readonly override: boolean; readonly reason?: string } {
  return verified ? { override: false } : { override: true, reason };
}

function withHooks({ files }: ChosenFiles, paths: readonly string[]): CommitReport["files"] {
  const why = new Map(files.map((file) => [file.path, file.why]));
  return paths.map((path) => ({ path, why: why.get(path) ?? "added by a hook" }));
}

const refusals: Readonly<Partial<Record<Verdict, ExitCode>>> = { unknown: 7, handoff: 4 };

function exitCodeOf({ state, commit: made }: CommitReport, completion: Completion, isTrial: boolean): ExitCode {
  if (state === "refused") return refusals[worstOpen(completion) ?? "pending"] ?? 1;
  if (state === "failed") return 1;
  return state === "nothing" && made === undefined && !isTrial ? 3 : 0;
}
