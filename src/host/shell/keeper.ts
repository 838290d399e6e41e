import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { IplanError } from "#model/errors";
import type { ShellProcess } from "#model/ports";
import { systemCode } from "../file-errors.ts";
import { toLatin1 } from "./bytes.ts";
import { type Dump, dumpFields, readDump } from "./dump.ts";
import { type Remains, remainsAt } from "./remains.ts";
import { makePrivateDirectory, nameOwners, sweepPrivateDirectories } from "./private-directory.ts";
import { identify, readRow } from "./process-table.ts";
import { writePrivate } from "./spool.ts";
import { keeperScript, ownFunctions } from "./keeper-script.ts";

/** What a block's child reads before it runs: its files and how it is to run. */
export interface Order {
  readonly mode: "action" | "verification";
  readonly spool: string;
  readonly state: string;
  /** Bash text run before the state is restored; never written to disk. */
  readonly preparation: string;
}

/** A bash that runs no user code: it forks one child per block ahead of time and tells how each ended. */
export interface Keeper {
  readonly pid: number;
  /** Private directory of the session, in memory where the system has such. */
  readonly directory: string;
  /** Version of the bash. */
  readonly version: string;
  /** What the last block's shell wrote of itself. */
  readonly remains: Remains;
  /** The shell's state before any block. */
  readonly baseline: Dump;
  /** Exact text of the session's own functions. */
  readonly own: readonly string[];
  /** The child that waits for an order; undefined when the keeper is dead. */
  ready(): Promise<ShellProcess | undefined>;
  /** Lets the waiting child run. */
  order(pid: number, order: Order): void;
  /** Status of that child, as `$?` tells it; undefined when the keeper died first. */
  ended(pid: number): Promise<number | undefined>;
  isDead(): boolean;
  kill(): void;
  close(): void;
}

/** NUL-terminated fields from a stream, one at a time; undefined at its end. */
interface Fields {
  next(): Promise<string | undefined>;
  /** Nobody waits for what is still to come. */
  close(): void;
}

function readFields(child: ChildProcess): Fields {
  const ready: string[] = [];
  let rest = "";
  const stream = { isOver: false };
  let wake: (() => void) | undefined;
  child.stdout?.setEncoding("latin1");
  child.stdout?.on("data", (piece: string) => {
    const fields = (rest + piece).split("\0");
    rest = fields.pop() ?? "";
    ready.push(...fields);
    wake?.();
  });
  const over = () => {
    stream.isOver = true;
    wake?.();
  };
  child.stdout?.on("close", over);
  // Why: a waiting child holds the keeper's output open, so its end alone does not show that the keeper died.
  child.on("exit", () => stream.isOver || setTimeout(over, 20));
  child.on("error", over);
  return {
    close: over,
    async next() {
      while (ready.length === 0 && !stream.isOver) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return ready.shift();
    },
  };
}

const cure = "Install bash 5 or later and put it first on PATH (macOS: `brew install bash`; Windows: use WSL).";

async function greet(fields: Fields, bash: string): Promise<string> {
  const version = (await fields.next())?.slice(2);
  if (version === undefined) throw new IplanError("host/no-bash", `${bash} does not start`, cure);
  if (Number.parseInt(version, 10) < 5) throw new IplanError("host/no-bash", `${bash} is version ${version}`, cure);
  return version;
}

async function take(fields: Fields, count: number): Promise<string[]> {
  const taken: string[] = [];
  while (taken.length < count) taken.push((await fields.next()) ?? "");
  return taken;
}

/** Why: a machine that has no process or file left to give throws at once; nothing of the attempt may stay. */
function started(directory: string, bash: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  try {
    return spawn(bash, args, options);
  } catch (error) {
    rmSync(directory, { recursive: true, force: true });
    throw new IplanError("host/no-bash", `${bash} does not start (${systemCode(error) ?? String(error)})`, cure);
  }
}

/** Starts a keeper; throws IplanError `host/no-bash` when `bash` is missing or too old. */
export async function createKeeper(bash: string, environment: Readonly<Record<string, string>>): Promise<Keeper> {
  const directory = makePrivateDirectory(environment);
  const script = join(directory, "keeper");
  writePrivate(script, keeperScript);
  const remains = remainsAt(directory);
  for (const path of Object.values(remains)) writePrivate(path, "");
  const child = started(directory, bash, ["--norc", "--noprofile", script, directory], {
    cwd: "/",
    env: environment,
    stdio: ["pipe", "pipe", "ignore"],
    // Why: a session of its own, so that Ctrl-C reaches the tool alone and nothing can ask the terminal for a password.
    detached: true,
  });
  child.stdin?.on("error", () => undefined);
  const fields = readFields(child);
  const close = () => {
    // Why: killed, because a keeper that merely lost its tool keeps the last block's result for the next one.
    child.kill("SIGKILL");
    fields.close();
    child.stdin?.destroy();
    child.stdout?.destroy();
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    // Why: inside, because a keeper that nobody closes would keep the program from ending.
    nameOwners(directory, [process.pid, child.pid ?? 0]);
    sweepPrivateDirectories(dirname(directory));
    const version = await greet(fields, bash);
    const own = await take(fields, ownFunctions.length);
    const baseline = readDump(await take(fields, dumpFields), own);
    if (baseline === undefined) throw new IplanError("host/no-bash", `${bash} cannot tell its state`, cure);
    return { pid: child.pid ?? 0, directory, version, remains, baseline, own, close, ...conversation(child, fields) };
  } catch (error) {
    close();
    throw error;
  }
}

type Conversation = Pick<Keeper, "ready" | "order" | "ended" | "isDead" | "kill">;

/** A child with the row of the process table it told, where the system has such. */
function waitingChild(pid: number, row: string): ShellProcess | undefined {
  return row === "" ? identify(pid) : { pid, startTime: readRow(pid, row).startTime };
}

/** What the session is told: `p PID ROW` a child waits, `x PID STATUS` it ended. */
function conversation(child: ChildProcess, fields: Fields): Conversation {
  let isDead = false;
  const until = async (kind: string, pid?: number): Promise<string[] | undefined> => {
    for (;;) {
      const line = await fields.next();
      if (line === undefined) {
        isDead = true;
        return undefined;
      }
      const words = line.split(" ");
      if (words[0] === kind && (pid === undefined || Number(words[1]) === pid)) return words;
    }
  };
  return {
    async ready() {
      const words = await until("p");
      return words === undefined ? undefined : waitingChild(Number(words[1]), words.slice(2).join(" "));
    },
    order(pid, { mode, spool, state, preparation }) {
      child.stdin?.write(`${[pid, mode, toLatin1(spool), toLatin1(state), preparation].join("\0")}\0`, "latin1");
    },
    async ended(pid) {
      const words = await until("x", pid);
      return words === undefined ? undefined : Number(words[2]);
    },
    isDead: () => isDead,
    kill() {
      isDead = true;
      child.kill("SIGKILL");
    },
  };
}
