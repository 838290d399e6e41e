import { readdirSync, readFileSync } from "node:fs";
import type { ShellProcess } from "#model/ports";

/** One row of the system's process table. */
export interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  readonly isZombie: boolean;
  readonly startTime: string;
}

let bootId: string | undefined;

/** Why: start times count from boot, so pid and start time name one process only together with the boot. */
function boot(): string {
  bootId ??= readText("/proc/sys/kernel/random/boot_id")?.slice(0, 8) ?? "";
  return bootId;
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return undefined;
  }
}

function linuxRow(pid: number): ProcessRow | undefined {
  const text = readText(`/proc/${pid}/stat`);
  return text === undefined ? undefined : readRow(pid, text);
}

/** Reads `/proc/PID/stat` (proc(5)): the name in parentheses may hold anything, so fields count from its last `)`. */
export function readRow(pid: number, text: string): ProcessRow {
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return {
    pid,
    isZombie: fields[0] === "Z" || fields[0] === "X",
    parent: Number(fields[1]),
    group: Number(fields[2]),
    session: Number(fields[3]),
    startTime: `${fields[19]}@${boot()}`,
  };
}

const psColumns = "pid=,ppid=,pgid=,sess=,stat=,lstart=";

function psRows(args: readonly string[]): ProcessRow[] {
  const { execFileSync } = process.getBuiltinModule("node:child_process");
  let text: string;
  try {
    text = execFileSync("ps", [...args, "-o", psColumns], {
      encoding: "latin1",
      env: { ...process.env, LC_ALL: "C", TZ: "UTC" },
      stdio: ["ignore", "pipe", "ignore"],
      timeout: 5000,
    });
  } catch {
    return [];
  }
  return text.split("\n").flatMap((line) => {
    const [pid, parent, group, session, state, ...start] = line.trim().split(/\s+/);
    if (pid === undefined || pid === "" || state === undefined) return [];
    return [
      {
        pid: Number(pid),
        parent: Number(parent),
        group: Number(group),
        session: Number(session),
        isZombie: state.startsWith("Z"),
        startTime: start.join(" "),
      },
    ];
  });
}

/** The row of one process; undefined when there is none. */
export function processRow(pid: number): ProcessRow | undefined {
  return process.platform === "linux" ? linuxRow(pid) : psRows(["-p", String(pid)])[0];
}

/** All processes that can be seen. */
export function processRows(): ProcessRow[] {
  if (process.platform !== "linux") return psRows(["-ax"]);
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => linuxRow(Number(name)) ?? []);
}

/** True when that very process still runs; a zombie does not. */
export function isAlive(wanted: ShellProcess): boolean {
  const row = processRow(wanted.pid);
  return row !== undefined && !row.isZombie && row.startTime === wanted.startTime;
}

/** Names the process so that a later process can find it again. */
export function identify(pid: number): ShellProcess | undefined {
  const row = processRow(pid);
  return row === undefined ? undefined : { pid, startTime: row.startTime };
}

/** Sends a signal; false when nothing received it. A negative pid is a group. */
export function sendSignal(pid: number, signal: NodeJS.Signals | 0): boolean {
  const { stackTraceLimit } = Error;
  // Why: that nobody is there is the usual answer, and the trace of an error nobody sees is most of what it costs.
  Error.stackTraceLimit = 0;
  try {
    process.kill(pid, signal);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** Living members of a process group; the table is read only when the group is not empty. */
export function groupMembers(group: number): ProcessRow[] {
  if (!sendSignal(-group, 0)) return [];
  return processRows().filter((row) => row.group === group && !row.isZombie);
}

/** Start times as the table gives them, comparable within one boot. */
function startOrder(startTime: string): number {
  return /^\d+@/.test(startTime) ? Number.parseInt(startTime, 10) : Date.parse(startTime);
}

/** True when one process began before the other. */
export function isOlder(row: ProcessRow, other: ProcessRow): boolean {
  return startOrder(row.startTime) < startOrder(other.startTime);
}

/** Where a block's processes are looked for. */
export interface TreePlace {
  readonly root: ShellProcess;
  /** Session the keeper made. */
  readonly session: number;
  /** Process groups of the keeper and of other blocks. */
  readonly known: ReadonlySet<number>;
  /** True for a process that carries the mark of this run. */
  readonly isMarked: (row: ProcessRow) => boolean;
}

/**
 * The living tree of a block: members of its group, all that descends from them, and processes of its session or with its mark that
 * left the group but began after it. Groups in `known` belong to other blocks and are left alone, as is the keeper's next child.
 */
export function processTree({ root, session, known, isMarked }: TreePlace): ProcessRow[] {
  const isOther = (row: ProcessRow) => known.has(row.group) || (row.parent === session && row.pid !== root.pid);
  const rows = processRows().filter((row) => !row.isZombie && !isOther(row));
  const began = startOrder(root.startTime);
  const isStray = (row: ProcessRow) => startOrder(row.startTime) >= began && (row.session === session || isMarked(row));
  const members = rows.filter((row) => row.group === root.pid || isStray(row));
  const tree = withDescendants(new Set([root.pid, ...members.map(({ pid }) => pid)]), rows);
  return rows.filter((row) => tree.has(row.pid));
}

/** All that descends from processes of a set of ids. */
function withDescendants(pids: ReadonlySet<number>, rows: readonly ProcessRow[]): ReadonlySet<number> {
  const tree = new Set(pids);
  for (let before = 0; before !== tree.size; ) {
    before = tree.size;
    for (const row of rows) if (tree.has(row.parent)) tree.add(row.pid);
  }
  return tree;
}

/**
 * Living processes among these, with all that descends from them or shares their group. One that is gone stands for its group, of
 * which only marked members count: its number may be somebody else's by now.
 */
export function processFamily(
  processes: readonly ShellProcess[],
  isMarked: (row: ProcessRow) => boolean,
): readonly ProcessRow[] {
  if (processes.length === 0) return [];
  const rows = processRows().filter((row) => !row.isZombie);
  const wanted = new Map(processes.map(({ pid, startTime }) => [pid, startTime]));
  const living = rows.filter((row) => wanted.get(row.pid) === row.startTime);
  const groups = new Set(living.map(({ group }) => group));
  const isMember = (row: ProcessRow) => groups.has(row.group) || (wanted.has(row.group) && isMarked(row));
  const tree = withDescendants(new Set(rows.filter(isMember).map(({ pid }) => pid)), rows);
  return rows.filter((row) => tree.has(row.pid));
}
