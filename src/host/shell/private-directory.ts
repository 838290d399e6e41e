import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { IplanError } from "#model/errors";
import { identify, isAlive } from "./process-table.ts";
import { readLatin1, writePrivate } from "./spool.ts";

const prefix = "iplan-session-";

/** Makes a directory that only this user can read, in memory where the system has such. */
export function makePrivateDirectory(environment: Readonly<Record<string, string>>): string {
  const candidates = [environment["XDG_RUNTIME_DIR"], process.platform === "linux" ? "/dev/shm" : undefined, tmpdir()];
  for (const candidate of candidates) {
    if (candidate === undefined || !existsSync(candidate)) continue;
    try {
      return mkdtempSync(join(candidate, prefix));
    } catch {
      // Why: a runtime directory may exist and still belong to someone else; the next one serves as well.
    }
  }
  throw new IplanError("host/not-writable", "No private directory for the shell session", `Make ${tmpdir()} writable.`);
}

const ownersFile = "owners";

/** Writes down which processes use the directory. */
export function nameOwners(directory: string, pids: readonly number[]): void {
  const owners = pids.flatMap((pid) => identify(pid) ?? []);
  writePrivate(join(directory, ownersFile), owners.map(({ pid, startTime }) => `${pid} ${startTime}\n`).join(""));
}

function isAbandoned(directory: string): boolean {
  const owners = (readLatin1(join(directory, ownersFile)) ?? "").split("\n").filter((line) => line !== "");
  const isOwned = (line: string): boolean => {
    const space = line.indexOf(" ");
    return isAlive({ pid: Number(line.slice(0, space)), startTime: line.slice(space + 1) });
  };
  return owners.length > 0 && !owners.some(isOwned);
}

/** Removes directories whose tool and keeper were both killed: nobody else would, and they hold a shell's variables. */
export function sweepPrivateDirectories(place: string): void {
  for (const name of readdirSync(place).filter((one) => one.startsWith(prefix))) {
    const directory = join(place, name);
    try {
      if (isAbandoned(directory)) rmSync(directory, { recursive: true, force: true });
    } catch {
      // Why: another session may sweep at the same moment; what stays is swept next time.
    }
  }
}
