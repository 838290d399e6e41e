import { keepEvidence } from "#journal/evidence";
import type { Leftover } from "#journal/run-state";
import type { OutputEvidence } from "#model/run";
import type { StepUnit, UnderstoodBlock, UnderstoodPlan } from "#model/understanding";
import { againText, isService, signOf } from "./background.ts";
import { hasPassed } from "#journal/replay";
import type { LiveRun } from "./live-run.ts";
import { runBlock } from "./run-block.ts";
import { type StartState, fromState, stateBefore } from "./start-state.ts";

/** A service that a step needs: a block of it or of an earlier step that ran before. */
interface Needed {
  readonly unit: StepUnit;
  readonly block: UnderstoodBlock;
}

/** Verdicts of steps whose services ran, and are there for later steps. */
const served: ReadonlySet<string> = new Set(["verified", "unverifiable", "stale"]);

/**
 * Makes sure that the services of earlier steps are there, and with `own` those of a step's blocks that ran: what lives is asked
 * once whether it is ready, what is gone is started again. Gives the reason in one sentence when one cannot be had.
 */
export async function ensureServices(run: LiveRun, step: StepUnit, own: boolean): Promise<string | undefined> {
  const at = run.plan.steps.indexOf(step);
  const before = servingSteps(run.plan).filter((other) => run.plan.steps.indexOf(other) < at);
  const earlier = before.filter(({ key }) => served.has(run.unit(key)?.verdict ?? ""));
  const needed = [...earlier, ...(own ? [step] : [])].flatMap((unit) => servicesIn(run, unit, unit === step));
  for (const each of needed) {
    const problem = await ensure(run, each);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

const serving = new WeakMap<UnderstoodPlan, readonly StepUnit[]>();

/** The plan's steps that start a service, found once. */
function servingSteps(plan: UnderstoodPlan): readonly StepUnit[] {
  const known = serving.get(plan) ?? plan.steps.filter((step) => step.blocks.some(isService));
  serving.set(plan, known);
  return known;
}

/** Services of a step; of one under way only those whose blocks ran to their end. */
function servicesIn(run: LiveRun, unit: StepUnit, ran: boolean): readonly Needed[] {
  const services = unit.blocks.filter(isService);
  if (services.length === 0) return [];
  const ended = run.state().progress.get(unit.key)?.ended ?? [];
  const passed = new Set(ended.filter(hasPassed).map((evidence) => evidence.block));
  return services.flatMap((block) => (ran && !passed.has(block.digest) ? [] : [{ unit, block }]));
}

async function ensure(run: LiveRun, { unit, block }: Needed): Promise<string | undefined> {
  const { shell } = run.context.host;
  const own = run.state().leftovers.filter((each) => isOf(each, unit, block));
  const wasService =
    own.length > 0 ||
    run
      .state()
      .logs.get(unit.key)
      ?.some((log) => log.block === block.digest);
  // Why: a job that ended by itself before it was seen as a service is none, unless the plan calls it one.
  if (!block.settings.background && wasService !== true) return undefined;
  const alive = own.some((process) => shell.isAlive(process));
  const key = `${unit.key} ${block.digest}`;
  if (alive && run.asked.has(key)) return undefined;
  const name = `the service of step ${unit.number}`;
  if (alive && (await stillReady(run, block))) {
    run.asked.add(key);
    run.notice(`${name} still runs (process ${own.map(({ pid }) => pid).join(", ")}) and is ready`);
    return undefined;
  }
  run.notice(alive ? `${name} still runs, but is not ready; it is ended` : `${name} is gone`);
  await endLeftovers(run, own);
  return startAgain(run, { unit, block }, name, key);
}

async function startAgain(
  run: LiveRun,
  { unit, block }: Needed,
  name: string,
  key: string,
): Promise<string | undefined> {
  const taken = await isTaken(run, block);
  if (taken) {
    run.notice(`something else answers in the place of ${name}; it is not started again`);
    run.asked.add(key);
    return undefined;
  }
  run.notice(`starting ${name} again`);
  const attempt = run.state().progress.get(unit.key)?.attempt ?? 1;
  const text = againText(block);
  const start = startOf(run, unit, block);
  const { evidence } = await runBlock(run, { unit: unit.key, block, attempt, service: true, text, ...start });
  run.asked.add(key);
  return hasPassed(evidence) ? undefined : `${name}, which it needs, could not be started again`;
}

async function stillReady(run: LiveRun, block: UnderstoodBlock): Promise<boolean> {
  const { ready = "" } = block.settings;
  // Why: what was printed, made or waited for once does not happen again; only what answers can be asked.
  if (!/^(?:port|url):/.test(ready)) return true;
  const sign = signOf(run, block, "");
  return (await sign?.isReady()) ?? true;
}

/** True when somebody answers already where the block's service would. */
export async function isTaken(run: LiveRun, block: UnderstoodBlock): Promise<boolean> {
  return isService(block) && ((await signOf(run, block, "")?.isTaken?.()) ?? false);
}

/** Where a service starts again: in the state its block left when only its last command is started, else in the one it began in. */
function startOf(run: LiveRun, unit: StepUnit, block: UnderstoodBlock): StartState {
  const progress = run.state().progress.get(unit.key);
  const index = progress?.ended.findIndex((evidence) => evidence.block === block.digest) ?? -1;
  const last = block.leaves === undefined ? index : index + 1;
  const state = index < 0 ? undefined : progress?.states.slice(0, last).findLast((each) => each !== undefined);
  return state === undefined ? stateBefore(run, unit) : fromState(run, state, unit);
}

function isOf(leftover: Leftover, unit: StepUnit, block: UnderstoodBlock): boolean {
  return leftover.unit === unit.key && leftover.block === block.digest && leftover.service !== undefined;
}

/** Ends the services that earlier attempts at a step left running: a new attempt starts its own. */
export async function endServicesOf(run: LiveRun, unit: string): Promise<void> {
  await endLeftovers(
    run,
    run.state().leftovers.filter((each) => each.unit === unit && each.service !== undefined),
  );
}

/** Ends what a run left running, the last started first, each with what it printed kept as evidence. */
export async function endLeftovers(run: LiveRun, which: readonly Leftover[]): Promise<void> {
  for (const group of grouped(which).reverse()) await endGroup(run, group);
}

/** Processes of one service together, in the order they were listed. */
function grouped(which: readonly Leftover[]): Leftover[][] {
  const groups = new Map<string, Leftover[]>();
  for (const each of which) {
    const key = `${each.unit} ${each.service ?? ""}`;
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups.values()];
}

async function endGroup(run: LiveRun, group: readonly Leftover[]): Promise<void> {
  await (await run.session()).terminate(group);
  const { unit = run.plan.id, block, service } = group[0] ?? {};
  const output = service === undefined ? undefined : logOf(run, service);
  run.record({
    type: "leftover",
    unit,
    processes: group.map(({ pid, startTime }) => ({ pid, startTime })),
    action: "terminated",
    ...(block === undefined ? {} : { block }),
    ...(service === undefined ? {} : { service }),
    ...(output === undefined ? {} : { output }),
  });
  if (service !== undefined) run.context.host.files.remove(`${service}/output`);
}

function logOf(run: LiveRun, service: string): OutputEvidence | undefined {
  const { host, root } = run.context;
  return keepEvidence(host, { output: `${service}/output`, root, draft: run.id, redaction: run.byteRedaction }).output;
}
