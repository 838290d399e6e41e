import type { Git } from "./git-ports.ts";
import type { ShellExit } from "./run.ts";
import type { ShellSyntax } from "./shell-syntax.ts";
import type { FileText } from "./source.ts";

export type * from "./git-ports.ts";

/** What a path is. */
export interface FileStat {
  readonly kind: "file" | "directory" | "link" | "other";
  readonly size: number;
  readonly mtimeMs: number;
  /** When content or facts changed last, which nobody can set; where it is known. */
  readonly changedMs?: number;
  readonly inode: number;
  /** True for a file its owner may execute. */
  readonly executable?: boolean;
}

/** One entry of a directory. */
export interface DirectoryEntry {
  readonly name: string;
  readonly kind: FileStat["kind"];
}

/** How long writing lasts: until the disk has it, or until it can be read; a power cut may then leave anything in its place. */
export type WrittenUntil = "synced" | "readable";

/**
 * Files of the outside world. Paths are absolute. Missing files give undefined; anything else that goes wrong throws
 * IplanError `host/unreadable`, `host/not-writable` or `host/outside-workspace` and says what to do.
 */
export interface Files {
  read(path: string): Uint8Array | undefined;
  /**
   * A whole file as text, which is faster than its bytes; undefined when it is missing or has more than `most` bytes, and for what is
   * not plainly UTF-8: `read` that.
   */
  readText(path: string, most?: number): FileText | undefined;
  /** Facts of the path itself; a link is not followed. */
  stat(path: string): FileStat | undefined;
  /** True when this user may do that with what is there; a link is followed. */
  allows(path: string, access: "read" | "write"): boolean;
  list(path: string): readonly DirectoryEntry[];
  /** The real path with links resolved, or undefined. */
  realPath(path: string): string | undefined;
  /**
   * Replaces the file in one step: written beside it, synced, renamed; keeps its mode. Creates directories. `mode` for new files. Of
   * pieces, each is written before the next is made.
   */
  writeAtomic(path: string, bytes: Uint8Array | Iterable<Uint8Array>, mode?: number, until?: WrittenUntil): void;
  /** Creates the file with its whole content in one step, failing (false) when it exists. Used for locks. */
  createExclusive(path: string, bytes: Uint8Array, mode?: number): boolean;
  /** Removes a file, or a directory with what is in it; what is missing is no error. */
  remove(path: string): void;
  /** Moves a file over another of the same file system in one step. */
  rename(from: string, to: string): void;
  makeDirectory(path: string, mode?: number): void;
  /** Opens a file to which lines are appended durably. */
  openAppend(path: string, mode?: number): AppendFile;
  /** Reads a stretch of a file without loading it whole. */
  readSlice(path: string, offset: number, length: number): Uint8Array | undefined;
  /** The same as text of one character per byte. */
  readBinary(path: string, offset: number, length: number): string | undefined;
  /** `sha256:<hex>` of a file's content, streamed; undefined when it is missing. */
  digest(path: string): string | undefined;
}

/** A file open for appending. */
export interface AppendFile {
  /** Writes bytes at the end; they may still be lost in a power cut until `sync`. */
  append(bytes: Uint8Array): void;
  /** The same of text of one character per byte. */
  appendBinary(text: string): void;
  /** Returns when everything appended is on disk. */
  sync(): void;
  /** The same without waiting: resolves when everything appended until now is on disk. To be awaited before `close`. */
  synced(): Promise<void>;
  close(): void;
}

/** How a block is to be run. */
export interface ShellRequest {
  /** Bash text, run as it stands. */
  readonly text: string;
  /**
   * Absent: one action, `-e -o pipefail` set fresh, the state it leaves is kept. Present: a verification of these statements
   * (spans of `text`), run one by one without `-e`; the state they leave is dropped.
   */
  readonly statements?: readonly { readonly start: number; readonly end: number }[];
  /** Length of the commands at the text's start that establish the session: when one fails, nothing behind them runs. */
  readonly init?: number;
  /** Private directory, made when it is missing, that receives the block, its output, its result and its state. */
  readonly spool: string;
  /** State file to start from, as a former result named it; absent: a fresh session. */
  readonly state?: string;
  /** Directory a fresh session starts in. */
  readonly directory: string;
  /** Names of variables that must never be written to a state file. */
  readonly secrets: readonly string[];
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** Called once when the block's process waits for its first command, which it is given when this is done. */
  readonly onStart?: (process: ShellProcess) => void | Promise<void>;
  /**
   * Called with pieces of output as they appear, decoded as UTF-8 with replacement; for show only. Of an output that comes faster than
   * it can be shown parts are left out, and `isAfterGap` is true for the piece behind them.
   */
  readonly onOutput?: (text: string, isAfterGap: boolean) => void;
}

/** A running block: enough to find it again in another process. */
export interface ShellProcess {
  readonly pid: number;
  /** Start time as the system tells it; pid and start time together name one process. */
  readonly startTime: string;
}

/** Result of one statement of a verification. */
export interface StatementResult {
  readonly index: number;
  readonly status: number;
  readonly durationMs: number;
  /** Byte range of the statement's output in `output`. */
  readonly outputStart: number;
  readonly outputEnd: number;
}

/** One thing of a shell that no later block can be given. */
export interface Uncarried {
  readonly kind: "job" | "descriptor" | "trap" | "limit";
  /** In the words a person knows it by: `the open descriptor 3`. */
  readonly what: string;
}

/** How a block ended. */
export interface ShellResult {
  readonly exit: ShellExit;
  readonly durationMs: number;
  /** File with standard output and error in the order they came, byte for byte. */
  readonly output: string;
  readonly outputBytes: number;
  /** Bytes of the output, from its begin, that went through `onOutput` or were left out there. */
  readonly shownBytes: number;
  /** State file to continue from: the new state, or the one before when none could be captured. */
  readonly state?: string;
  /** The block ended in the commands that establish its session. */
  readonly unestablished?: boolean;
  /** Why the state could not be captured (`exec`, a kill), in one sentence; absent when it was. */
  readonly stateNote?: string;
  /** What of the captured state stays behind; absent when all of it goes on. */
  readonly uncarried?: readonly Uncarried[];
  /** Directory the shell ended in, when captured. */
  readonly directory?: string;
  /** Names of exported variables that differ from the inherited environment, when captured. */
  readonly exported?: readonly string[];
  /** Version of the shell. */
  readonly version?: string;
  /** Values of the variables that the request calls secret, as the block left them; for redaction, never to be kept. */
  readonly secretValues?: readonly string[];
  readonly statements?: readonly StatementResult[];
  /** A verification's shell came to an end of its own: statements without a result were never reached. */
  readonly isComplete?: boolean;
  /** Processes the block started that outlived its shell, those that left its group included where the system shows them. */
  readonly leftovers: readonly ShellProcess[];
  /** What of the former state could not be restored (its directory is gone), in one sentence. */
  readonly startNote?: string;
}

/** A bash session whose state survives every block, every process and every crash. */
export interface ShellSession {
  run(request: ShellRequest): Promise<ShellResult>;
  /**
   * Waits for a block that an earlier process started in the request's spool, or takes the result it left there; undefined when
   * neither is there. `process` is absent when the earlier process died before it wrote down what it had started; as `onStart` is
   * called before the first command, such a block ran only if it left its result.
   */
  adopt(process: ShellProcess | undefined, request: ShellRequest): Promise<ShellResult | undefined>;
  /**
   * Processes that began with the session's mark and were in no result yet: what left its group after its block had ended. The
   * families of those to be spared are no part of it.
   */
  strays(spared: readonly ShellProcess[]): Promise<readonly ShellProcess[]>;
  /** Ends processes that are still the same, with all that descends from them or shares their group: TERM, then KILL. */
  terminate(processes: readonly ShellProcess[]): Promise<void>;
  close(): Promise<void>;
}

/** Starts bash sessions. */
export interface Shell {
  /**
   * Throws IplanError `host/no-bash` or `host/unsupported` when no bash 5 is there. `mark` is given to every process in its
   * environment, so that one which left its group, session and parents behind is found again, also by a later session; `isNewMark`
   * says that none was given it yet.
   */
  open(options: {
    readonly environment?: Readonly<Record<string, string>>;
    readonly mark?: string;
    readonly isNewMark?: boolean;
  }): Promise<ShellSession>;
  /** True when that very process (pid and start time) still runs. */
  isAlive(process: ShellProcess): boolean;
  /** This process, for locks. */
  self(): ShellProcess;
}

/** Reads bash text. Loaded once, then synchronous; never throws. */
export interface ShellParser {
  parse(text: string): ShellSyntax;
}

/** The time. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Minutes east of UTC of the local zone at that time, and its abbreviation. */
  zone(at: number): { readonly offsetMinutes: number; readonly name: string };
  /** Milliseconds of a clock that never goes back. */
  monotonic(): number;
}

/** Waiting. */
export interface Timer {
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** New identifiers. */
export interface Ids {
  /** Sortable by time, 26 characters of Crockford base 32. */
  next(): string;
}

/** Digests and keyed digests, hex. */
export interface Hash {
  sha256(bytes: Uint8Array | string): string;
  hmacSha256(key: string, text: string): string;
}

/** Signatures by ed25519, for what leaves the machine. Keys as PEM, made by `openssl genpkey -algorithm ed25519`. */
export interface Sign {
  /** Signs with a private key. Throws IplanError `usage/key` when the text is no such key. */
  sign(privateKey: string, bytes: Uint8Array): Signed;
  /** The 32 bytes of a public key in base64. Throws IplanError `usage/key` when the text is no such key. */
  publicKey(text: string): string;
  /** True when the signature was made of exactly these bytes with the private key that belongs to this public one. */
  holds(signed: Signed, bytes: Uint8Array): boolean;
}

/** A signature and the public key it can be checked with, both in base64. */
export interface Signed {
  readonly key: string;
  readonly signature: string;
}

/** What the user approved on this machine, and the workspace's key; kept outside the repository. */
export interface Trust {
  /** The workspace's key in hex; made at the first call with `create`; undefined when there is none. */
  key(options: { readonly create: boolean }): string | undefined;
  isApproved(plan: string, sha256: string): boolean;
  /** Hashes of single commands the user approved for the plan; an edited command is not among them. */
  approvedCommands(plan: string): ReadonlySet<string>;
  approve(plan: string, sha256: string, commands: readonly string[]): void;
  /** Private directory (0700) of this workspace, outside the repository, for spool and shell state. */
  stateDirectory(): string;
}

/** Facts about the machine, its environment and its user. */
export interface Machine {
  readonly platform: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly user: string;
  readonly host: string;
  /** Absolute path of the script this program was started from; absent where it is part of another program. */
  readonly program?: string;
  /** Absolute path of an executable on PATH, or undefined; runs nothing. */
  which(name: string): string | undefined;
  /** True when something accepts TCP connections on the port of 127.0.0.1 within the time. */
  isPortOpen(port: number, timeoutMs: number): Promise<boolean>;
  /** Status of the answer to a GET on a port of 127.0.0.1; the body is not read, redirects are not followed. Undefined without an answer. */
  answerOf(port: number, path: string, timeoutMs: number): Promise<number | undefined>;
  /**
   * Standard output of `NAME --version` and the like, for prerequisites and doctor only; undefined when it fails. It starts in the
   * root of the file system unless a directory is named: some tools obey files of the directory they are asked in.
   */
  version(path: string, args: readonly string[], directory?: string): Promise<string | undefined>;
}

/** Diagnostics for people; never results. */
export interface Log {
  warn(message: string): void;
}

/** What runs the program. */
export interface Engine {
  /** Says that a few seconds of work on many documents begin. It changes how soon they end, and no result. */
  expectMany(): void;
}

/** The outside world in one hand. */
export interface Host {
  readonly files: Files;
  readonly shell: Shell;
  /** Loads the bash parser on first use. */
  shellParser(): Promise<ShellParser>;
  git(root: string): Git;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly ids: Ids;
  readonly hash: Hash;
  readonly sign: Sign;
  trust(root: string): Trust;
  readonly machine: Machine;
  readonly log: Log;
  /** Absent where the program is a part of another, whose engine it is. */
  readonly engine?: Engine;
  /** The program's version. */
  readonly version: string;
}
