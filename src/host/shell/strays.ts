import { readdirSync, readFileSync } from "node:fs";
import type { ShellProcess } from "#model/ports";
import { isOlder, type ProcessRow, processRow } from "./process-table.ts";

/** Variable by which the processes of a run are found again. */
export const markVariable = "IPLAN_RUN";

/** The value of that variable for a session, and whether it is so new that no process can have it yet. */
export interface SessionMark {
  readonly mark?: string | undefined;
  readonly isNewMark?: boolean | undefined;
}

/** Finds processes that left their group, session and parents behind, by the mark in the environment they began with. */
export interface StrayFinder {
  /** Living processes with the mark that were not there at the last look; no keeper, no block. On systems without /proc: none. */
  look(): readonly ProcessRow[];
  /** The same after a block, at no cost when it can have started nothing. */
  lookAfter(root: ShellProcess): readonly ProcessRow[];
}

function readText(path: string): string {
  try {
    return readFileSync(path, "latin1");
  } catch {
    // Why: of other users' processes nothing is told, and one may end between two looks.
    return "";
  }
}

/** True when that process began with the mark. */
export function isMarked({ pid }: Pick<ShellProcess, "pid">, mark: string | undefined): boolean {
  if (mark === undefined || process.platform !== "linux") return false;
  return `\0${readText(`/proc/${pid}/environ`)}`.includes(`\0${markVariable}=${mark}\0`);
}

/** Keepers of this tool and of tools that were killed lead sessions of their own, and are known by what they run. */
function isOwn({ pid, parent, session }: ProcessRow): boolean {
  if (session !== pid && session !== parent) return false;
  return /\/iplan-session-[^/\0]+\/keeper\0/.test(readText(`/proc/${session}/cmdline`));
}

/** Process id that was given away last (proc(5), loadavg). */
function lastPid(): number {
  return Number(readText("/proc/loadavg").trim().split(" ").at(-1));
}

/** A finder that looks for the mark; without one it finds nothing. No process older than `first` can have it. */
export function createStrayFinder(mark: string | undefined, first?: ProcessRow): StrayFinder {
  const isBlind = mark === undefined || process.platform !== "linux";
  let known: ReadonlySet<string> = new Set();
  const look = (): readonly ProcessRow[] => {
    if (isBlind) return [];
    const pids = readdirSync("/proc").filter((name) => name >= "0" && name <= "9~");
    const fresh = pids.filter((pid) => !known.has(pid)).flatMap((pid) => processRow(Number(pid)) ?? []);
    known = new Set(pids);
    const young = first === undefined ? fresh : fresh.filter((row) => !isOlder(row, first));
    return young.filter((row) => !row.isZombie && isMarked(row, mark) && !isOwn(row));
  };
  return {
    look,
    lookAfter(root) {
      // Why: the next block's shell takes one id. What took it in its place is seen at the next look.
      const started = isBlind ? 0 : lastPid() - root.pid;
      return started === 0 || started === 1 ? [] : look();
    },
  };
}
