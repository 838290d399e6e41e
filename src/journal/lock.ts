import { IplanError } from "#model/errors";
import type { Files, Hash, Shell, ShellProcess } from "#model/ports";

/** What locking needs from the outside world. */
export interface LockPorts {
  readonly files: Files;
  readonly hash: Hash;
  readonly shell: Pick<Shell, "isAlive" | "self">;
}

/** A lock that is held. */
export interface Lock {
  release(): void;
}

/** Which lock, and what for. */
export interface LockRequest {
  readonly folder: string;
  /** File name without extension: a plan's slug, or `worktree`. */
  readonly name: string;
  /** What the holder does, for the message of whoever comes second. */
  readonly purpose: string;
  readonly key: string;
  /** Tells of a holder that is gone, by its purpose, what it started and still runs: the lock is not taken over then. */
  readonly orphanOf?: (purpose: string) => ShellProcess | undefined;
}

interface LockContent extends ShellProcess {
  readonly purpose: string;
}

/**
 * Takes an exclusive lock. One of a process that is gone, or without this workspace's key, is taken over; throws IplanError
 * `journal/locked` naming the holder otherwise.
 */
export function takeLock(request: LockRequest, ports: LockPorts): Lock {
  const path = `${request.folder}/${request.name}.lock`;
  const own = { ...ports.shell.self(), purpose: request.purpose };
  const bytes = new TextEncoder().encode(sealed(own, request.key, ports.hash));
  if (!ports.files.createExclusive(path, bytes, 0o600)) takeOver(path, bytes, request, ports);
  return { release: () => releaseOwn(path, own, request, ports) };
}

/** The process that holds a lock now, if one does. */
export function lockHolder(
  request: Pick<LockRequest, "folder" | "name" | "key">,
  ports: LockPorts,
): ShellProcess | undefined {
  const content = readLock(`${request.folder}/${request.name}.lock`, request.key, ports);
  return content !== undefined && ports.shell.isAlive(content) ? content : undefined;
}

function takeOver(path: string, bytes: Uint8Array, request: LockRequest, ports: LockPorts): void {
  // Why: two processes may find the same dead lock. Only one gets the guard, and looks again while it holds it.
  const guard = `${path}.takeover`;
  const guarded = ports.files.createExclusive(guard, bytes, 0o600);
  const guardHolder = guarded ? undefined : readLock(guard, request.key, ports);
  if (!guarded && guardHolder !== undefined && ports.shell.isAlive(guardHolder)) throw locked(path, guardHolder);
  try {
    const found = ports.files.read(path);
    const holder = found === undefined ? undefined : lockIn(found, request.key, ports);
    if (holder !== undefined && ports.shell.isAlive(holder)) throw locked(path, holder);
    const orphan = holder === undefined ? undefined : request.orphanOf?.(holder.purpose);
    if (orphan !== undefined) {
      throw locked(path, {
        ...orphan,
        purpose: `a block of \`${holder?.purpose}\`, which is gone; run it again to go on`,
      });
    }
    // Why: a lock of the dead goes by this hand alone; one that was let go meanwhile may by now be somebody else's fresh one.
    if (found !== undefined) ports.files.remove(path);
    if (!ports.files.createExclusive(path, bytes, 0o600)) {
      throw locked(path, readLock(path, request.key, ports) ?? ports.shell.self());
    }
  } finally {
    ports.files.remove(guard);
  }
}

function releaseOwn(path: string, own: LockContent, request: LockRequest, ports: LockPorts): void {
  const holder = readLock(path, request.key, ports);
  if (holder?.pid === own.pid && holder.startTime === own.startTime) ports.files.remove(path);
}

function readLock(path: string, key: string, ports: LockPorts): LockContent | undefined {
  const bytes = ports.files.read(path);
  return bytes === undefined ? undefined : lockIn(bytes, key, ports);
}

/** Why: a lock file may come with a repository; without the key it names a process that has nothing to do with this plan. */
function lockIn(bytes: Uint8Array, key: string, ports: LockPorts): LockContent | undefined {
  try {
    const value = JSON.parse(new TextDecoder("utf-8").decode(bytes)) as LockContent & { readonly hash: string };
    const { pid, startTime, purpose } = value;
    return sealed({ pid, startTime, purpose }, key, ports.hash) === JSON.stringify(value)
      ? { pid, startTime, purpose }
      : undefined;
  } catch {
    return undefined;
  }
}

function sealed({ pid, startTime, purpose }: LockContent, key: string, hash: Hash): string {
  const content = { pid, startTime, purpose };
  return JSON.stringify({ ...content, hash: hash.hmacSha256(key, JSON.stringify(content)) });
}

function locked(path: string, holder: ShellProcess & { readonly purpose?: string }): IplanError {
  const what = holder.purpose === undefined ? "" : ` (${holder.purpose})`;
  return new IplanError(
    "journal/locked",
    `process ${holder.pid} holds ${path}${what}`,
    `Wait until it ends, or stop it: kill -INT ${holder.pid}`,
  );
}
