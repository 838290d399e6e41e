import { existsSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import type { GitGround, UnfinishedWork } from "#model/ports";

/** Asks git a question that only reads, in a directory; undefined when it fails. */
export type AskText = (args: readonly string[]) => string | undefined;

/** Variables that point git at another repository; the directory alone decides. */
export const pointing: readonly string[] = [
  "GIT_DIR",
  "GIT_WORK_TREE",
  "GIT_INDEX_FILE",
  "GIT_OBJECT_DIRECTORY",
  "GIT_COMMON_DIR",
  "GIT_EXTERNAL_DIFF",
  "GIT_CEILING_DIRECTORIES",
];

/** Files of the git directory that tell of work which has begun and not ended. */
const signs: readonly (readonly [string, UnfinishedWork])[] = [
  ["rebase-merge", "rebase"],
  ["rebase-apply/applying", "apply"],
  ["rebase-apply", "rebase"],
  ["MERGE_HEAD", "merge"],
  ["CHERRY_PICK_HEAD", "cherry-pick"],
  ["REVERT_HEAD", "revert"],
];

/** What a commit would be made on; undefined where git does not answer. */
export function groundOf(ask: AskText): GitGround | undefined {
  const directory = gitDirectory(ask);
  const listed = ask(["ls-files", "--stage", "-z"]);
  if (directory === undefined || listed === undefined) return undefined;
  const head = ask(["rev-parse", "--verify", "--quiet", "HEAD"])?.trim();
  const branch = ask(["symbolic-ref", "--quiet", "--short", "HEAD"])?.trim();
  const entries = listed.split("\0");
  // Why: a stage other than 0 is a conflict that nobody settled, whatever git was doing when it came.
  const unmerged = entries.some((entry) => /^\d{6} [0-9a-f]+ [123]\t/.test(entry));
  const unfinished = signs.find(([name]) => existsSync(join(directory, name)))?.[1] ?? (unmerged ? "merge" : undefined);
  return {
    ...(head === undefined || head === "" ? {} : { head }),
    ...(branch === undefined || branch === "" ? {} : { branch }),
    ...(unfinished === undefined ? {} : { unfinished }),
    submodules: entries.flatMap((entry) => (entry.startsWith("160000 ") ? [entry.slice(entry.indexOf("\t") + 1)] : [])),
  };
}

/** The git directory of the work tree, absolute; undefined outside a repository. */
export function gitDirectory(ask: AskText): string | undefined {
  const said = ask(["rev-parse", "--absolute-git-dir"])?.replace(/\n$/, "");
  return said !== undefined && isAbsolute(said) ? said : undefined;
}
