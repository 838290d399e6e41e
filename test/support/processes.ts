import { readFileSync } from "node:fs";
import type { CliWorld } from "./cli.ts";

/** True while a process lives; one that only waits to be collected does not. */
export function isAlive(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, "latin1"));
  } catch {
    return false;
  }
}

/** The process id that a block wrote into a file. */
export function pidIn(world: CliWorld, name: string): number {
  return Number(world.read(name));
}
