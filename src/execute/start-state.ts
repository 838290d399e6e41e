import { IplanError } from "#model/errors";
import type { StepUnit, UnitRecord } from "#model/understanding";
import type { LiveRun } from "./live-run.ts";

/** Where a block starts: from a saved state, or fresh in a directory. */
export interface StartState {
  readonly state?: string;
  readonly directory: string;
}

/**
 * Where a step starts: from the state the nearest step before it left; fresh in the workspace when none did. Throws IplanError
 * `host/state-unusable` when that state was saved and is gone.
 */
export function stateBefore(run: LiveRun, step: StepUnit): StartState {
  const { endStates } = run.state();
  const index = run.plan.steps.findIndex((each) => each.key === step.key);
  for (const former of run.plan.steps.slice(0, index).reverse()) {
    const state = endStates.get(former.key);
    if (state !== undefined) return fromState(run, state, former);
    if (ranHere(run, former)) continue;
    const remembered = run.unit(former.key)?.directory ?? receiptDirectory(run, former);
    if (remembered !== undefined) return { directory: absolute(run, remembered) };
  }
  return { directory: run.context.root };
}

/** Why: only of a step that was done elsewhere is its directory all that is known; one that ran here left its state, or none on purpose. */
function ranHere(run: LiveRun, step: StepUnit): boolean {
  const ended = run.state().progress.get(step.key)?.ended ?? [];
  return ended.some((evidence) => evidence.role === "action");
}

/** Where the verification of a step starts that is asked alone: from what its action left, as far as that is known. */
export function stateAfter(run: LiveRun, step: StepUnit): StartState {
  const state = run.state().endStates.get(step.key);
  if (state !== undefined) return fromState(run, state, step);
  const directory = run.unit(step.key)?.directory ?? receiptDirectory(run, step);
  return directory === undefined ? stateBefore(run, step) : { directory: absolute(run, directory) };
}

/** A saved state, which must still be there. */
export function fromState(run: LiveRun, state: string, step: StepUnit): StartState {
  if (run.context.host.files.stat(state) !== undefined) return { state, directory: run.context.root };
  throw new IplanError(
    "host/state-unusable",
    `the shell state that step ${step.number} left (${state}) is gone`,
    `Its directory and variables cannot be brought back. Run that step again: iplan run ${run.plan.id} --redo ${step.number}`,
  );
}

/** Where the verification of a step starts on a machine that has no saved state of it: in the directory that is recorded, else the root. */
export function recordedStart(run: LiveRun, step: StepUnit, record: UnitRecord | undefined): StartState {
  const directory = run.unit(step.key)?.directory ?? insideOnly(run, record?.directory);
  return { directory: directory === undefined ? run.context.root : absolute(run, directory) };
}

/** The saved state a step left, if it is still there. */
export function keptState(run: LiveRun, step: StepUnit): StartState | undefined {
  const state = run.state().endStates.get(step.key);
  return state !== undefined && run.context.host.files.stat(state) !== undefined
    ? { state, directory: run.context.root }
    : undefined;
}

/** Why: a receipt came with the repository; it may name a place inside, and nothing else. */
function receiptDirectory(run: LiveRun, step: StepUnit): string | undefined {
  return insideOnly(run, run.options.receipt?.units.get(step.key)?.directory);
}

function insideOnly(run: LiveRun, directory: string | undefined): string | undefined {
  const { root, host } = run.context;
  if (directory === undefined || directory.startsWith("/") || /(?:^|\/)\.\.(?:\/|$)|\0/.test(directory))
    return undefined;
  const real = host.files.realPath(`${root}/${directory}`);
  return real === undefined || `${real}/`.startsWith(`${host.files.realPath(root) ?? root}/`) ? directory : undefined;
}

/** The directory a block starts in; undefined when the record does not tell it. */
export function directoryOf(run: LiveRun, { state, directory }: StartState): string | undefined {
  if (state === undefined) return directory;
  const { endStates, progress } = run.state();
  for (const [unit, left] of endStates) {
    if (left !== state) continue;
    const ended = progress.get(unit)?.ended.findLast((evidence) => evidence.directory !== undefined);
    const known = ended?.directory ?? run.unit(unit)?.directory;
    if (known !== undefined) return absolute(run, known);
  }
  return undefined;
}

function absolute(run: LiveRun, directory: string): string {
  if (directory === ".") return run.context.root;
  return directory.startsWith("/") ? directory : `${run.context.root}/${directory}`;
}
