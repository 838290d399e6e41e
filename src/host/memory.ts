import { createHash, createHmac } from "node:crypto";
import type {
  Clock,
  Git,
  GitHistory,
  GitCommit,
  GitCommitResult,
  GitGround,
  GitTree,
  Hash,
  Host,
  Ids,
  Machine,
  ShellParser,
  Timer,
  Trust,
} from "#model/ports";
import { MemoryFiles } from "./memory-files.ts";
import { createSign } from "./sign.ts";
import { MemoryShell, type ShellScriptFunction } from "./memory-shell.ts";

export { type FileOperation, MemoryCrash, MemoryFiles } from "./memory-files.ts";
export { MemoryShell, type ScriptedBlock, type ShellScriptFunction } from "./memory-shell.ts";

/** What the world of a test starts with. */
export interface MemoryWorld {
  /** Contents by absolute path. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** What blocks do; absent: every block succeeds silently. */
  readonly script?: ShellScriptFunction;
  readonly shellParser?: ShellParser;
  /** Milliseconds since the epoch at which the clock starts; it moves only when told or slept on. */
  readonly now?: number;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly head?: string;
  readonly dirty?: boolean;
  /** Programs on PATH with what `--version` prints. */
  readonly programs?: Readonly<Record<string, string>>;
  readonly openPorts?: readonly number[];
  /** Statuses that servers of this machine answer with, by `PORT/path`. */
  readonly answers?: Readonly<Record<string, number>>;
}

/** A clock that stands still until it is moved. */
export class MemoryClock implements Clock {
  offsetMinutes = 0;
  zoneName = "UTC";
  #now: number;

  constructor(now: number) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  monotonic(): number {
    return this.#now;
  }

  zone(_at: number): { readonly offsetMinutes: number; readonly name: string } {
    return { offsetMinutes: this.offsetMinutes, name: this.zoneName };
  }

  /** Moves the time on. */
  advance(ms: number): void {
    this.#now += ms;
  }
}

/** Facts of git in memory; all undefined outside a repository. */
export interface MemoryRepository {
  head: string | undefined;
  dirty: boolean | undefined;
  /** Trees by the revisions that name them. */
  readonly trees: Map<string, GitTree>;
  branch?: string;
  changes?: readonly string[];
  tags?: readonly string[];
  tracked?: readonly string[];
  history?: GitHistory;
  tips?: readonly string[];
  worktrees?: readonly string[];
  ground?: GitGround;
  distrusted?: string;
  ignored?: readonly string[];
  lastCommit?: string;
  /** What committing does; absent: it succeeds. Every request is kept in `commits`. */
  answer?: (request: GitCommit) => GitCommitResult;
  readonly commits: GitCommit[];
}

/** A host that lives in memory: nothing it does leaves the process, everything it did can be asked. */
export interface MemoryHost extends Host {
  readonly files: MemoryFiles;
  readonly shell: MemoryShell;
  readonly clock: MemoryClock;
  /** Facts of git; may be changed between calls. */
  readonly repository: MemoryRepository;
  /** Warnings so far. */
  readonly warnings: string[];
}

const startOfTime = Date.UTC(2025, 10, 25, 12, 0, 0);

/** Makes a host in memory. Two hosts made alike behave alike: ids and times are counted, not drawn. */
export function createMemoryHost(world: MemoryWorld = {}): MemoryHost {
  const clock = new MemoryClock(world.now ?? startOfTime);
  const files = new MemoryFiles(() => clock.now());
  for (const [path, content] of Object.entries(world.files ?? {})) files.put(path, content);
  const warnings: string[] = [];
  const repository: MemoryRepository = { head: world.head, dirty: world.dirty, trees: new Map(), commits: [] };
  const git = gitOf(repository);
  const trusts = new Map<string, Trust>();
  return {
    files,
    shell: new MemoryShell(files, world.script ?? (() => ({}))),
    shellParser: () => parserOf(world),
    git: () => git,
    clock,
    timer: timerOf(clock),
    ids: countedIds(),
    hash: memoryHash,
    sign: createSign(),
    trust: (root) => trustOf(trusts, root),
    machine: machineOf(world),
    log: { warn: (message) => void warnings.push(message) },
    version: "0.0.0",
    repository,
    warnings,
  };
}

function gitOf(repository: MemoryRepository): Git {
  return {
    head: () => repository.head,
    isDirty: () => repository.dirty,
    tree: (revision) => repository.trees.get(revision),
    branch: () => repository.branch,
    changes: () => repository.changes,
    hasTag: (name) => repository.tags?.includes(name),
    isTracked: (path) => repository.tracked?.includes(path),
    history: () => repository.history,
    tips: () => repository.tips,
    worktrees: () => repository.worktrees,
    ground: () => repository.ground,
    distrusted: () => repository.distrusted,
    ignored: (paths) => paths.filter((path) => repository.ignored?.includes(path) === true),
    lastCommit: () => repository.lastCommit,
    commit: (request) => {
      repository.commits.push(request);
      const made = { commit: "c0ffee0".repeat(5), paths: request.paths, output: "" };
      return Promise.resolve(repository.answer?.(request) ?? made);
    },
  };
}

function parserOf(world: MemoryWorld): Promise<ShellParser> {
  if (world.shellParser === undefined) return Promise.reject(new Error("this world was made without a shell parser"));
  return Promise.resolve(world.shellParser);
}

function timerOf(clock: MemoryClock): Timer {
  return {
    sleep(ms, signal) {
      if (signal?.aborted !== true) clock.advance(ms);
      return Promise.resolve();
    },
  };
}

function countedIds(): Ids {
  let count = 0;
  const digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  return {
    next() {
      let rest = ++count;
      let id = "";
      for (let place = 0; place < 26; place++, rest = Math.floor(rest / 32)) id = (digits[rest % 32] ?? "0") + id;
      return id;
    },
  };
}

const memoryHash: Hash = {
  sha256: (bytes) => createHash("sha256").update(bytes).digest("hex"),
  hmacSha256: (key, text) => createHmac("sha256", Buffer.from(key, "hex")).update(text).digest("hex"),
};

function machineOf(world: MemoryWorld): Machine {
  const programs = world.programs ?? {};
  return {
    platform: "linux",
    environment: world.environment ?? {},
    user: "tester",
    host: "memory",
    which: (name) => (Object.hasOwn(programs, name) ? `/usr/bin/${name}` : undefined),
    isPortOpen: (port) => Promise.resolve(world.openPorts?.includes(port) ?? false),
    answerOf: (port, path) => Promise.resolve(world.answers?.[`${port}${path}`]),
    version: (path) => Promise.resolve(programs[path.slice(path.lastIndexOf("/") + 1)]),
  };
}

function trustOf(trusts: Map<string, Trust>, root: string): Trust {
  const known = trusts.get(root);
  if (known !== undefined) return known;
  const trust = createTrust(root);
  trusts.set(root, trust);
  return trust;
}

function createTrust(root: string): Trust {
  let key: string | undefined;
  const approved = new Map<string, { sha256: string; commands: Set<string> }>();
  return {
    key({ create }) {
      if (create) key ??= memoryHash.sha256(`key of ${root}`);
      return key;
    },
    isApproved: (plan, sha256) => approved.get(plan)?.sha256 === sha256,
    approvedCommands: (plan) => approved.get(plan)?.commands ?? new Set(),
    approve(plan, sha256, commands) {
      const before = approved.get(plan)?.commands ?? [];
      approved.set(plan, { sha256, commands: new Set([...before, ...commands]) });
    },
    stateDirectory: () => `/state/${memoryHash.sha256(root).slice(0, 16)}`,
  };
}
