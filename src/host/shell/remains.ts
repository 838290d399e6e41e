import { rmSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { type Declaration, readDeclarations } from "./declarations.ts";
import { type Dump, readDump } from "./dump.ts";
import { readLatin1 } from "./spool.ts";

/** Files in which a shell leaves what it was; the session's own directory, or the block's when its tool had died. */
export interface Remains {
  /** Pid and spool of the block that began last. */
  readonly current: string;
  readonly dump: string;
  /** Names of local variables that hid global ones when the shell ended inside a function. */
  readonly locals: string;
  /** The global variables behind them. */
  readonly shadows: string;
  /** Secret variables, as `declare` commands; emptied as soon as they were read. */
  readonly secrets: string;
}

/** The files under a directory. */
export function remainsAt(directory: string): Remains {
  return {
    current: join(directory, "current"),
    dump: join(directory, "dump"),
    locals: join(directory, "locals"),
    shadows: join(directory, "shadows"),
    secrets: join(directory, "secrets"),
  };
}

/** Global variables behind local ones of the function in which the shell ended. */
function withoutLocals(dump: Dump, remains: Remains): Dump {
  if (!dump.inFunction) return dump;
  const hidden = new Set((readLatin1(remains.locals) ?? "").split("\n"));
  const global = readDeclarations(readLatin1(remains.shadows) ?? "");
  const visible = [...dump.variables.values()].filter(({ name }) => !hidden.has(name));
  return { ...dump, variables: new Map([...visible, ...global].map((one) => [one.name, one])) };
}

/** The dump that the shell with this pid left; undefined when it left none, or a torn one. */
export function readRemains(remains: Remains, pid: number, own: readonly string[]): Dump | undefined {
  const dump = readDump((readLatin1(remains.dump) ?? "").split("\0"), own);
  return dump?.pid === pid ? withoutLocals(dump, remains) : undefined;
}

/** Removes what was read: a dump names everything, the inherited environment included. */
export function removeRemains(remains: Remains): void {
  for (const path of Object.values(remains)) rmSync(path, { force: true });
}

/** Secret variables the shell left, by name. */
export function takeSecrets(remains: Remains): ReadonlyMap<string, Declaration> {
  const declared = readDeclarations(readLatin1(remains.secrets) ?? "");
  if (declared.length > 0) truncateSync(remains.secrets);
  return new Map(declared.map((declaration) => [declaration.name, declaration]));
}
