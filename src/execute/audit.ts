import type { DriftKind, Verdict } from "#model/run";
import type { StepUnit, TaskUnit, UnderstoodOutcome, UnderstoodPlan, UnitRecord } from "#model/understanding";
import { askStep, canAsk, verificationsOf, verificationsOnly } from "./ask-step.ts";
import { confirmedBlocks, requireApproval, requireConsent } from "./approval.ts";
import { askTask } from "./finish-run.ts";
import type { LiveRun } from "./live-run.ts";
import { findObstacles, refuseObstacles } from "./preflight.ts";
import { measuredNow, recordOutcomes, recordStep } from "./record-verdict.ts";
import { adoptOpenBlock } from "./resume.ts";
import type { RunContext, RunOptions } from "./run-options.ts";
import { withRun } from "./run-plan.ts";
import { keptState, recordedStart } from "./start-state.ts";
import { endLeftovers } from "./services.ts";
import { servicesOf } from "./verify.ts";

/** Who calls a unit done. */
export type DoneBy = "journal" | "receipt" | "signature" | "tick";

/** A unit that document, receipt or journal call done. */
export interface CalledDone {
  readonly unit: string;
  readonly title: string;
  readonly by: DoneBy;
  /** What it was called done with; absent for a tick without one. */
  readonly record?: UnitRecord;
  /** What is wrong with it before anything is asked. */
  readonly drift?: DriftKind;
  readonly reason?: string;
}

/** What the audit found of one unit. */
export interface AuditedUnit {
  readonly unit: string;
  readonly title: string;
  readonly by: DoneBy;
  readonly now: Verdict;
  /** Absent when it still holds. */
  readonly drift?: DriftKind;
  readonly reason: string;
}

/** What came of the audit of one plan. */
export interface PlanAudit {
  readonly run: string;
  readonly units: readonly AuditedUnit[];
  /** Units whose check was carried out. */
  readonly asked: number;
  readonly held: number;
  readonly interrupted: boolean;
}

/**
 * Asks everything that is called done afresh: each verification from the state its action left, or from the directory the receipt names,
 * each claim by looking. Records the answers and the drift in the journal; document and receipt stay as they are. Throws IplanError
 * when nothing could start.
 */
export async function auditPlan(
  plan: UnderstoodPlan,
  called: readonly CalledDone[],
  context: RunContext,
  options: RunOptions = {},
): Promise<PlanAudit> {
  const open = new Map(called.filter(isAskable).map(byUnit));
  const steps = plan.steps.filter((step) => open.has(step.key) && open.get(step.key)?.by !== "signature");
  const tasks = plan.phases.flatMap((phase) => phase.tasks).filter((task) => open.has(task.key) && hasChecks(task));
  const units = [...steps.filter(canAsk), ...tasks];
  refuseObstacles(findObstacles(plan, [...steps.map(verificationsOnly), ...tasks]), plan.plan.path);
  const keys = new Set(units.map((unit) => unit.key));
  const services = servicesOf(plan);
  const commands = plan.commands.filter(
    (each) => (each.role === "verification" && keys.has(each.unit)) || services.has(each.sha256),
  );
  const approval = requireApproval(plan, commands, context, options, "verify --audit");
  await requireConsent(plan, commands, confirmedBlocks(units), context, options);
  return withRun(plan, context, options, approval, ["plan"], async (run) => {
    await adoptOpenBlock(run);
    const before = new Set(run.state().leftovers.map(({ pid }) => pid));
    const answers = new Map<string, Answer>();
    for (const step of steps) {
      if (run.isInterrupted()) break;
      const call = open.get(step.key);
      if (call !== undefined) answers.set(step.key, await auditStep(run, step, call));
    }
    for (const task of tasks) if (!run.isInterrupted()) answers.set(task.key, await auditTask(run, task));
    const measured = itemsOf(plan).some(({ key }) => open.has(key)) ? await measuredNow(run) : undefined;
    for (const item of itemsOf(plan)) {
      if (run.isInterrupted() || open.get(item.key)?.by === "signature" || !open.has(item.key)) continue;
      answers.set(item.key, await auditItem(run, item, measured));
    }
    await endLeftovers(
      run,
      run.state().leftovers.filter(({ pid }) => !before.has(pid)),
    );
    return closeAudit(run, called, answers);
  });
}

interface Answer {
  readonly now: Verdict;
  readonly drift?: DriftKind;
  readonly reason: string;
  readonly asked: boolean;
}

async function auditStep(run: LiveRun, step: StepUnit, { record, by }: CalledDone): Promise<Answer> {
  if (!canAsk(step)) {
    const why = "it has no verification that could fail and no outcome that became a claim";
    return by === "receipt"
      ? { ...unasked(`no journal here knows of it, and ${why}`), drift: "receipt-unbacked" }
      : unasked(why);
  }
  const state = keptState(run, step);
  const missing = state === undefined ? missingNames(run, step, record) : [];
  if (missing.length > 0)
    return unasked(`its verification uses ${missing.join(", ")}, which was exported then and is not set here`);
  const answer = await askStep(run, step, state ?? recordedStart(run, step, record));
  if (answer.verdict === "unknown") return unasked(answer.reason);
  await recordStep(run, step, answer);
  return judged(answer.verdict, answer.reason);
}

async function auditTask(run: LiveRun, task: TaskUnit): Promise<Answer> {
  await askTask(run, task);
  const record = run.unit(task.key);
  return record === undefined ? unasked("nothing answered") : judged(record.verdict, record.reason);
}

async function auditItem(
  run: LiveRun,
  item: UnderstoodOutcome,
  measured: Awaited<ReturnType<typeof measuredNow>> | undefined,
): Promise<Answer> {
  const step = run.plan.steps.find((each) => each.outcomes.includes(item));
  const [claim] = await recordOutcomes(run, [item], step?.key, measured);
  if (claim === undefined) return unasked("no claim could be made of its words, and nobody signed it");
  if (claim.undecided === true) return unasked(claim.observed);
  return judged(claim.holds ? "verified" : "failed", claim.observed);
}

/** Why: a verification that starts elsewhere has no variable of the session it was written for; those it reads must be there. */
function missingNames(run: LiveRun, step: StepUnit, record: UnitRecord | undefined): readonly string[] {
  const { environment } = run.context.host.machine;
  const texts = verificationsOf(step).map((block) => block.block.text);
  return (record?.exported ?? []).filter(
    (name) =>
      name !== "PROJECT_ROOT" &&
      environment[name] === undefined &&
      texts.some((text) => new RegExp(`\\$\\{?${name}(?!\\w)`).test(text)),
  );
}

function judged(now: Verdict, reason: string): Answer {
  return { now, reason, asked: true, ...(now === "verified" ? {} : { drift: "failed" }) };
}

function unasked(reason: string): Answer {
  return { now: "unverifiable", drift: "cannot-be-asked", reason, asked: false };
}

function closeAudit(run: LiveRun, called: readonly CalledDone[], answers: ReadonlyMap<string, Answer>): PlanAudit {
  const interrupted = run.isInterrupted();
  const units = called.flatMap((each): AuditedUnit[] => {
    const answer = answers.get(each.unit);
    const told = answer ?? untold(each);
    if (told === undefined) return [];
    const { now } = told;
    const drift = told.drift ?? each.drift;
    const reason = told.drift === undefined && each.drift !== undefined ? (each.reason ?? "") : told.reason;
    return [{ unit: each.unit, title: each.title, by: each.by, now, ...(drift && { drift }), reason }];
  });
  const asked = [...answers.values()].filter((answer) => answer.asked);
  const held = asked.filter((answer) => answer.drift === undefined).length;
  const drift = units.flatMap((each) =>
    each.drift === undefined ? [] : [{ unit: each.unit, drift: each.drift, reason: each.reason }],
  );
  if (interrupted) run.record({ type: "interrupted", signal: "SIGINT" });
  run.record({ type: "audited", asked: asked.length, held, drift });
  run.sync();
  return { run: run.id, units, asked: asked.length, held, interrupted };
}

/** What is told of a unit that was not asked; undefined for one whose verdict only follows from others, and after an interruption. */
function untold({ by, drift, reason = "", record }: CalledDone): Omit<Answer, "asked"> | undefined {
  if (drift !== undefined) return { now: drift === "stale" ? "stale" : "unverifiable", drift, reason };
  if (by !== "signature") return undefined;
  return { now: "verified", reason: record?.reason ?? "signed" };
}

function hasChecks(task: TaskUnit): boolean {
  return task.blocks.length > 0 || task.verify.some((outcome) => outcome.claims.length > 0);
}

function itemsOf(plan: UnderstoodPlan): readonly UnderstoodOutcome[] {
  return [...plan.steps.flatMap((step) => step.outcomes), ...plan.items, ...plan.targets];
}

/** Why: what a receipt says wrongly is told, and what it is about is asked all the same. */
function isAskable({ drift, by }: CalledDone): boolean {
  return by !== "tick" && (drift === undefined || drift === "receipt-differs");
}

function byUnit(each: CalledDone): readonly [string, CalledDone] {
  return [each.unit, each];
}
