import type { TraceGraph } from "#graph/graph";
import type { Host } from "#model/ports";
import { checkOnce } from "./check-cache.ts";
import type { Checked } from "./checking.ts";
import { type Observation, observe } from "./observed-host.ts";
import { cacheFolder } from "./sealed-file.ts";
import { openSession, type Session } from "./session.ts";
import { writingTime } from "./times.ts";
import { WholeCheck } from "./whole-check.ts";

/** A workspace as it is now, and what a check of it gives. */
export interface CheckedWorkspace {
  readonly session: Session;
  readonly observation: Observation;
  readonly checked: Checked;
}

/** A workspace as it is now, and its graph, which is not to be changed. */
export interface KnownWorkspace {
  readonly session: Session;
  readonly graph: TraceGraph;
  readonly observation: Observation;
  /** What a check of some documents gives; undefined when one of them is none that a walk finds. */
  checkedPart(paths: readonly string[]): Checked | undefined;
}

interface Kept {
  readonly cwd: string;
  readonly session: Session;
  readonly observation: Observation;
  readonly check: WholeCheck;
  /** What it gives, once somebody asked since the last change. */
  checked: Checked | undefined;
  /** How often changes were taken over. */
  changes: number;
}

/** Checks whole workspaces for a process that goes on: what changed since the last check is taken over, where that can be told. */
export class KeptChecks {
  #kept: Kept | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  /** Checks the workspace a directory lies in, as a new check would. Calls take turns. */
  check(host: Host, cwd: string): Promise<CheckedWorkspace> {
    return this.#inTurn(async () => {
      const kept = await this.#takeOver(host, cwd);
      if (kept === undefined) return this.#anew(host, cwd);
      kept.checked ??= kept.check.checked();
      return { session: kept.session, observation: kept.observation, checked: kept.checked };
    });
  }

  /** The workspace a directory lies in, when it was checked before and what changed since could be taken over. */
  known(host: Host, cwd: string): Promise<KnownWorkspace | undefined> {
    return this.#inTurn(async () => {
      const kept = await this.#takeOver(host, cwd);
      if (kept === undefined) return undefined;
      const { session, observation, check } = kept;
      return { session, observation, graph: check.graph, checkedPart: (paths) => check.checkedPart(paths) };
    });
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  async #takeOver(host: Host, cwd: string): Promise<Kept | undefined> {
    const kept = this.#kept;
    // Why: what fails on the way leaves nothing half taken over.
    this.#kept = undefined;
    if (kept === undefined || kept.cwd !== cwd || kept.check.day !== writingTime(host.clock).date) return undefined;
    const { session, observation, check } = kept;
    const changed = observation.changed();
    if (changed === undefined || changed.length > mostChanged) return undefined;
    if (changed.length > 0) {
      kept.changes += 1;
      if (kept.changes > mostChanges) return undefined;
      observation.forget(changed);
      const inside = changed.map((path) => path.slice(session.root.length + 1));
      if ((await check.change(inside)) === undefined) return undefined;
      kept.checked = undefined;
    }
    this.#kept = kept;
    return kept;
  }

  async #anew(host: Host, cwd: string): Promise<CheckedWorkspace> {
    const { observation, session } = await openObserved(host, cwd);
    let check: WholeCheck | undefined;
    const checked = await checkOnce(session, observation, async () => {
      check = await WholeCheck.of(session);
      return check.checked();
    });
    if (check !== undefined) this.#kept = { cwd, session, observation, check, checked, changes: 0 };
    return { session, observation, checked };
  }
}

/** Why: what much has to do with is sooner checked as a whole. */
const mostChanged = 50;
/** Why: names that came and went stay in the graph, a few kilobytes for each change. */
const mostChanges = 300;

/** Opens the workspace of a directory so that all it looks at is noted, but for what is kept only to be faster. */
export async function openObserved(
  host: Host,
  cwd: string,
): Promise<Pick<CheckedWorkspace, "session" | "observation">> {
  let cache: string | undefined;
  const observation = observe(host, (path) => cache !== undefined && path.startsWith(cache));
  const session = await openSession(observation.host, cwd);
  cache = `${session.root}/${cacheFolder}`;
  return { session, observation };
}
