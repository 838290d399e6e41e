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
  claim(path, bytes, request, ports);
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

/** Writes the lock at `path`, in the place of one whose holder is gone. */
function claim(path: string, bytes: Uint8Array, request: Omit<LockRequest, "purpose">, ports: LockPorts): void {
  if (ports.files.createExclusive(path, bytes, 0o600)) return;
  // Why: several processes may find the same dead lock. Only one gets the guard, and looks again while it holds it. The guard is a lock
  // itself, so that one left by a crash is taken over in the same way.
  const guard = `${path}.takeover`;
  claim(guard, bytes, { folder: request.folder, name: request.name, key: request.key }, ports);
  try {
    const found = ports.files.read(path);
    const holder = found === undefined ? undefined : lockIn(found, request.key, ports);
    refuseHeld(path, holder, request, ports);
    // Why: a lock of the dead goes by this hand alone; one that was let go meanwhile may by now be somebody else's fresh one.
    if (found !== undefined) ports.files.remove(path);
    if (!ports.files.createExclusive(path, bytes, 0o600)) {
      throw locked(path, readLock(path, request.key, ports) ?? ports.shell.self());
    }
  } finally {
    ports.files.remove(guard);
  }
}

/** Refuses a lock whose holder lives, or left something running. */
function refuseHeld(
  path: string,
  holder: LockContent | undefined,
  { orphanOf }: Pick<LockRequest, "orphanOf">,
  { shell }: LockPorts,
): void {
  if (holder === undefined) return;
  if (shell.isAlive(holder)) throw locked(path, holder);
  const orphan = orphanOf?.(holder.purpose);
  if (orphan === undefined) return;
  throw locked(path, {
    ...orphan,
    purpose: `a block of \`${holder.purpose}\`, which is gone; run it again to go on`,
  });
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
