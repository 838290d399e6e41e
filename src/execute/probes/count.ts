import type { DirectoryEntry, Files } from "#model/ports";
import { holds } from "../compare-versions.ts";
import { candidatesOf } from "./path.ts";
import type { ClaimOf, ClaimProbe } from "./probe.ts";

/** Most entries that are looked at. */
const mostEntries = 200_000;

/** Counts what lies in a directory. */
export const probeCount: ClaimProbe<"count"> = (claim, scene) => {
  const directory = candidatesOf(claim.directory, scene).find((path) => scene.files.stat(path)?.kind === "directory");
  if (directory === undefined) return { holds: false, observed: `${claim.directory} is no directory` };
  const count = countEntries(scene.files, directory, claim);
  const what = claim.pattern === undefined ? "" : ` ${claim.pattern}`;
  return {
    holds: holds(count - claim.count, claim.operator),
    observed: `${claim.directory} holds ${count}${what}, expected ${claim.operator} ${claim.count}`,
  };
};

function countEntries(files: Files, directory: string, claim: ClaimOf<"count">): number {
  const waiting = [directory];
  let count = 0;
  let seen = 0;
  for (let next = waiting.pop(); next !== undefined && seen < mostEntries; next = waiting.pop()) {
    for (const entry of files.list(next)) {
      seen++;
      if (isCounted(entry, claim)) count++;
      if (claim.recursive && entry.kind === "directory") waiting.push(`${next}/${entry.name}`);
    }
  }
  return count;
}

function isCounted(entry: DirectoryEntry, { of, pattern }: ClaimOf<"count">): boolean {
  if (of === "file" && entry.kind === "directory") return false;
  if (of === "directory" && entry.kind !== "directory") return false;
  return pattern === undefined || matchesGlob(entry.name, pattern);
}

/** True when a name matches a pattern of `*` and `?`; time grows with the product of both lengths at most. */
export function matchesGlob(name: string, pattern: string): boolean {
  let at = 0;
  let star = -1;
  let mark = 0;
  let index = 0;
  while (index < name.length) {
    const expected = pattern[at];
    if (expected === "*") {
      star = at++;
      mark = index;
    } else if (expected === "?" || expected === name[index]) {
      at++;
      index++;
    } else if (star >= 0) {
      at = star + 1;
      index = ++mark;
    } else {
      return false;
    }
  }
  while (pattern[at] === "*") at++;
  return at === pattern.length;
}
