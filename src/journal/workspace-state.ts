import { IplanError } from "#model/errors";
import type { Files } from "#model/ports";

/** The folders of the machine-local state below a workspace's root. */
export interface StateFolders {
  readonly runs: string;
  readonly notes: string;
  readonly evidence: string;
  readonly locks: string;
}

/** Where the state of a workspace lies. */
export function stateFolders(root: string): StateFolders {
  const state = `${root}/.iplan`;
  return { runs: `${state}/runs`, notes: `${state}/notes`, evidence: `${state}/evidence`, locks: `${state}/locks` };
}

/**
 * Makes the state folder and keeps it out of git: it holds an ignore file of its own that covers everything in it. Throws IplanError
 * `host/outside-workspace` where a link stands in the place of a folder: links come with repositories, and lead anywhere.
 */
export function prepareState(files: Files, root: string): StateFolders {
  const folders = stateFolders(root);
  for (const folder of [`${root}/.iplan`, ...Object.values(folders)]) refuseLink(files, folder);
  const ignore = `${root}/.iplan/.gitignore`;
  if (files.stat(ignore) === undefined) files.writeAtomic(ignore, new TextEncoder().encode("*\n"));
  for (const folder of Object.values(folders)) files.makeDirectory(folder);
  return folders;
}

function refuseLink(files: Files, folder: string): void {
  const kind = files.stat(folder)?.kind;
  if (kind === undefined || kind === "directory") return;
  throw new IplanError(
    "host/outside-workspace",
    `${folder} is ${kind === "link" ? "a link" : "no directory"}; nothing is recorded through it.`,
    "Remove it: the directory is made anew.",
  );
}
