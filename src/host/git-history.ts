import type { GitChange, GitHistory } from "#model/ports";
import { type AskGit, readBlobs } from "./git-tree.ts";

/** Why: a repository may ask git to check signatures, for which git starts a program that the repository names. */
const log = [
  "log",
  "--first-parent",
  "-m",
  "--raw",
  "-z",
  "--no-abbrev",
  "--no-renames",
  "--no-show-signature",
  "--no-ext-diff",
  "--no-textconv",
  "--relative",
  "--format=%x01%H %ct",
  "HEAD",
  "--",
  ".",
];

/** How the files below the directory git is asked in changed on the branch that is checked out. */
export function readGitHistory(ask: AskGit): GitHistory | undefined {
  const shallow = ask(["rev-parse", "--is-shallow-repository"])?.toString("utf8").trim();
  const listed = shallow === undefined ? undefined : ask(log)?.toString("utf8");
  if (listed === undefined) return undefined;
  return {
    shallow: shallow === "true",
    changes: readChanges(listed),
    read: (blobs) => readBlobs(ask, blobs),
  };
}

const commitLine = /^\x01([0-9a-f]{40,64}) (\d+)$/u;
const rawLine = /^:\d{6} (\d{6}) [0-9a-f]+ ([0-9a-f]+) ([A-Z])\d*$/u;

/** Why: with `-z` the parts are separated by NUL; the first change of a commit follows a line break. */
function readChanges(listed: string): readonly GitChange[] {
  const parts = listed.split("\0").map((part) => part.replace(/^\n/u, ""));
  const changes: GitChange[] = [];
  let [commit, date, order] = ["", "", 0];
  for (let index = 0; index < parts.length; index++) {
    const named = commitLine.exec(parts[index] ?? "");
    if (named !== null) {
      [commit, date] = [named[1] ?? "", dateOf(Number(named[2]))];
      order--;
      continue;
    }
    const raw = rawLine.exec(parts[index] ?? "");
    if (raw === null) continue;
    const isFile = raw[3] !== "D" && raw[1]?.startsWith("100") === true;
    const path = parts[++index] ?? "";
    changes.push({ commit, date, order, path, ...(isFile && raw[2] !== undefined ? { blob: raw[2] } : {}) });
  }
  return changes.reverse().map((change) => ({ ...change, order: change.order - order }));
}

function dateOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}
