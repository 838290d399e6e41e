import type { RunContext, RunSignal } from "#execute/run-options";
import { IplanError } from "#model/errors";
import type { JournalEvent, Verdict } from "#model/run";
import type { PlannedCommand } from "#model/understanding";
import { escapeControls } from "#render/escape";
import { createRunProgress, type RunProgress } from "#render/run-progress";
import type { CommandContext } from "./command.ts";
import { beat, holderOf } from "./leases.ts";
import type { PlanView } from "./plan-view.ts";
import type { Session } from "./session.ts";
import { readYamlValue } from "./read-yaml-value.ts";
import { type SettleFacts, settlePlan } from "./settle.ts";

/** Milliseconds between two drawings of the line that shows what runs now. */
const redrawMs = 250;

/** Least milliseconds between two write-backs of one run; its end writes what is left, and so does the next command after a crash. */
const settleMs = 1000;

/** Verdicts that change what the document says. */
const telling: ReadonlySet<Verdict> = new Set(["verified", "failed", "stale"]);

/** A run's connection to the person and the document. */
export interface RunWire {
  readonly context: RunContext;
  /** Ends the drawing; the last state stays. */
  close(): void;
}

/** Connects a run with progress, events, write-back after each verdict that changes the document, and questions. */
export function wireRun(command: CommandContext, session: Session, view: PlanView): RunWire {
  const progress = createProgress(command, session, view);
  const stop = new Stop();
  void redraw(session, progress, stop, command.live !== undefined);
  const commit = commitOnce(session);
  let settledAt = Number.NEGATIVE_INFINITY;
  const context: RunContext = {
    host: session.host,
    root: session.root,
    actor: command.actor,
    signal: command.signal,
    readYaml: readYamlValue,
    measure: async () => (await import("./criteria.ts")).measuredOf(session, view.understood),
    listener: (signal) => listen(command, progress, signal),
    onVerdict: async (event, durable, record) => {
      const now = session.host.clock.monotonic();
      if (!telling.has(event.verdict) || now - settledAt < settleMs) return;
      settledAt = now;
      durable();
      beat(session, holderOf(session, command.actor));
      await settleQuietly(session, view, { actor: command.actor, commit, record: record(), former: view }, progress);
    },
    ...(command.ask === undefined ? {} : { confirm: (planned: PlannedCommand) => confirm(command, progress, planned) }),
  };
  return { context, close: () => (stop.set(), progress.end()) };
}

function createProgress(command: CommandContext, session: Session, view: PlanView): RunProgress {
  const quiet = command.events !== undefined;
  const sink = {
    line: (text: string) => (quiet ? undefined : command.progress(text)),
    live: quiet ? undefined : command.live,
    now: () => session.host.clock.monotonic(),
  };
  return createRunProgress(view.understood, sink, command.progressPaint, command.width);
}

function listen(command: CommandContext, progress: RunProgress, signal: RunSignal): void {
  if (signal.kind === "output") progress.output(signal.unit, signal.text);
  else if (signal.kind === "notice") progress.notice(signal.text);
  else report(command, progress, signal.event);
}

function report(command: CommandContext, progress: RunProgress, event: JournalEvent): void {
  command.events?.(event);
  progress.event(event);
}

/** Why: the journal holds the verdict already; a document that cannot be written now is brought up to date by the next command. */
async function settleQuietly(
  session: Session,
  view: PlanView,
  facts: SettleFacts,
  progress: RunProgress,
): Promise<void> {
  try {
    await settlePlan(session, view.document.path, facts);
  } catch (error) {
    if (!(error instanceof IplanError)) throw error;
    progress.notice(`not written back yet: ${error.message} ${error.cure}`);
  }
}

async function confirm(command: CommandContext, progress: RunProgress, planned: PlannedCommand): Promise<boolean> {
  progress.end();
  const body = escapeControls(planned.text.trimEnd(), { keepLines: true })
    .split("\n")
    .map((line) => `  ${command.progressPaint.dim("│")} ${line}\n`)
    .join("");
  const reasons = [...new Set(planned.risks.map((note) => escapeControls(note.reason)))].join("; ");
  command.progress(
    `${command.progressPaint.yellow(`! ${escapeControls(planned.unit)} ${planned.role}: ${planned.risk}`)}${reasons === "" ? "" : ` (${reasons})`}\n${body}`,
  );
  const answer = await command.ask?.("Run it? Type yes: ");
  return answer?.trim().toLowerCase() === "yes";
}

class Stop {
  readonly #listeners: (() => void)[] = [];
  aborted = false;

  set(): void {
    this.aborted = true;
    for (const listener of this.#listeners.splice(0)) listener();
  }

  addEventListener(_type: "abort", listener: () => void): void {
    this.#listeners.push(listener);
  }

  removeEventListener(_type: "abort", listener: () => void): void {
    const at = this.#listeners.indexOf(listener);
    if (at >= 0) this.#listeners.splice(at, 1);
  }
}

async function redraw(session: Session, progress: RunProgress, stop: Stop, isLive: boolean): Promise<void> {
  if (!isLive) return;
  while (!stop.aborted) {
    await session.host.timer.sleep(redrawMs, stop).catch(() => undefined);
    if (!stop.aborted) progress.tick();
  }
}

/** Why: git is asked when a receipt is first written, not per verdict; a run that writes none never asks. */
function commitOnce(session: Session): () => string | undefined {
  let asked: { readonly commit: string | undefined } | undefined;
  return () => {
    asked ??= { commit: session.host.git(session.root).head() };
    return asked.commit;
  };
}
