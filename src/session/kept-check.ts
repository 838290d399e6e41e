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

/** Checks whole workspaces for a process that goes on: what changed since the last check is taken over, where that can be told. */
export class KeptChecks {
  #kept: (CheckedWorkspace & { readonly cwd: string; readonly check: WholeCheck }) | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  /** Checks the workspace a directory lies in, as a new check would. Calls take turns. */
  check(host: Host, cwd: string): Promise<CheckedWorkspace> {
    const checked = this.#turn.then(async () => (await this.#takeOver(host, cwd)) ?? this.#anew(host, cwd));
    this.#turn = checked.catch(() => undefined);
    return checked;
  }

  async #takeOver(host: Host, cwd: string): Promise<CheckedWorkspace | undefined> {
    const kept = this.#kept;
    // Why: what fails on the way leaves nothing half taken over.
    this.#kept = undefined;
    if (kept === undefined || kept.cwd !== cwd || kept.check.day !== writingTime(host.clock).date) return undefined;
    const { session, observation, check } = kept;
    const changed = observation.changed();
    if (changed === undefined || changed.length > mostChanged) return undefined;
    if (changed.length > 0) {
      observation.forget(changed);
      const inside = changed.map((path) => path.slice(session.root.length + 1));
      if ((await check.change(inside)) === undefined) return undefined;
    }
    const now = changed.length === 0 ? kept : { ...kept, checked: check.checked() };
    this.#kept = now;
    return now;
  }

  async #anew(host: Host, cwd: string): Promise<CheckedWorkspace> {
    const { observation, session } = await openObserved(host, cwd);
    let check: WholeCheck | undefined;
    const checked = await checkOnce(session, observation, async () => {
      check = await WholeCheck.of(session);
      return check.checked();
    });
    const now = { session, observation, checked };
    if (check !== undefined) this.#kept = { ...now, cwd, check };
    return now;
  }
}

/** Why: what much has to do with is sooner checked as a whole. */
const mostChanged = 50;

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
