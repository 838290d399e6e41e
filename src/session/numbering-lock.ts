import { type Lock, takeLock } from "#journal/lock";
import { IplanError } from "#model/errors";
import type { Session } from "./session.ts";

/** How often, and with what pause in milliseconds, a lock that another process holds is asked for. */
const tries = 200;
const pauseMs = 50;

/**
 * Does something while no other process gives out numbers, in this worktree or in another one of the repository. Throws
 * `journal/locked` when another process does not come to an end.
 */
export async function whileNumbering<Result>(session: Session, work: () => Promise<Result>): Promise<Result> {
  const lock = await waitForLock(session);
  try {
    return await work();
  } finally {
    lock.release();
  }
}

async function waitForLock(session: Session): Promise<Lock> {
  const { host, root } = session;
  // Why: all worktrees of a repository draw from one series of numbers, so they share the lock of the main one.
  const trust = host.trust(host.git(root).worktrees()?.[0] ?? root);
  const key = trust.key({ create: true }) ?? "";
  const request = { folder: trust.stateDirectory(), name: "numbers", purpose: "iplan new", key };
  for (let left = tries; ; left--) {
    try {
      return takeLock(request, host);
    } catch (error) {
      if (!(error instanceof IplanError) || error.code !== "journal/locked" || left === 0) throw error;
      await host.timer.sleep(pauseMs);
    }
  }
}
