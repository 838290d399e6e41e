import type { ShellProcess } from "#model/ports";
import { isAlive, type ProcessRow, processRow, processTree, sendSignal, type TreePlace } from "./process-table.ts";

/** How long a tree may take to end after TERM before it is killed. */
const termGraceMs = 1500;
/** How long an interrupted block may take to end after INT. */
const interruptGraceMs = 4000;
const pollMs = 20;

/** Waits; resolves early with nothing when told so. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function waitUntilGone(processes: readonly ShellProcess[], ms: number): Promise<boolean> {
  const limit = performance.now() + ms;
  while (processes.some(isAlive)) {
    if (performance.now() > limit) return false;
    await pause(pollMs);
  }
  return true;
}

/** Ends processes that are still the same: TERM, then KILL. */
export async function endProcesses(processes: readonly ShellProcess[], graceMs: number = termGraceMs): Promise<void> {
  for (const one of processes) if (isAlive(one)) sendSignal(one.pid, "SIGTERM");
  if (await waitUntilGone(processes, graceMs)) return;
  for (const one of processes) if (isAlive(one)) sendSignal(one.pid, "SIGKILL");
  await waitUntilGone(processes, graceMs);
}

/** A running block and what must be left alone when it is ended. */
export type BlockTree = TreePlace;

function members(tree: BlockTree): ProcessRow[] {
  return processTree(tree);
}

/** Kills the whole tree of a block at once, and again what it started meanwhile. */
export function killTree(tree: BlockTree): void {
  for (let round = 0; round < 5; round += 1) {
    const rows = members(tree);
    if (rows.length === 0) return;
    sendSignal(-tree.root.pid, "SIGKILL");
    for (const row of rows) sendSignal(row.pid, "SIGKILL");
  }
}

/** Ends the whole tree of a block: TERM, then KILL for what is left. */
export async function endTree(tree: BlockTree): Promise<void> {
  const rows = members(tree);
  sendSignal(-tree.root.pid, "SIGTERM");
  for (const row of rows) if (row.group !== tree.root.pid) sendSignal(row.pid, "SIGTERM");
  await waitUntilGone(rows, termGraceMs);
  killTree(tree);
  for (const row of rows) if (isAlive(row)) sendSignal(row.pid, "SIGKILL");
}

/** Interrupts a block as Ctrl-C does; what does not end in time is ended as a whole. */
export async function interruptTree(tree: BlockTree): Promise<void> {
  sendSignal(-tree.root.pid, "SIGINT");
  if (await waitUntilGone([tree.root], interruptGraceMs)) return;
  await endTree(tree);
}

/** The session a process belongs to; its own pid when it is gone. */
export function sessionOf(pid: number): number {
  return processRow(pid)?.session ?? pid;
}
