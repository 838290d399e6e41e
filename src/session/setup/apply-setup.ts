import { IplanError } from "#model/errors";
import type { Files, Host } from "#model/ports";
import { type FileChange, findTarget, parentOf } from "./file-change.ts";
import { readRecord, recordPath, recordWith } from "./setup-record.ts";

/** Changes that write something. */
export function changing(changes: readonly FileChange[]): readonly FileChange[] {
  return changes.filter(({ state }) => state === "create" || state === "update" || state === "remove");
}

/**
 * Writes what was planned and records how to undo it. Throws `host/not-writable` before anything is written when one of the places may not
 * be written, and `host/changed` when a file is not what it was.
 */
export function applySetup(host: Host, root: string, changes: readonly FileChange[]): void {
  const writes = changing(changes);
  if (writes.length === 0) return;
  refuseReadOnly(host.files, root, [...writes.map(({ target }) => target), `${root}/${recordPath}`]);
  refuseChanged(host.files, writes);
  const folders = newFolders(host.files, root, [...writes.map(({ target }) => target), `${root}/${recordPath}`]);
  const record = recordWith(readRecord(host, root), host.hash, writes, folders);
  keepStateOut(host.files, root);
  // Why: the record is there before the files are, so that what a crash leaves behind can still be undone.
  host.files.writeAtomic(
    `${root}/${recordPath}`,
    new TextEncoder().encode(`${JSON.stringify(record, undefined, 1)}\n`),
    0o600,
  );
  for (const { target, after } of writes) if (after !== undefined) host.files.writeAtomic(target, after);
}

/** Takes away what was planned, then the folders that were made and are empty now. */
export function applyRemoval(host: Host, root: string, changes: readonly FileChange[]): void {
  const writes = changing(changes);
  const { folders } = readRecord(host, root);
  refuseReadOnly(
    host.files,
    root,
    writes.map(({ target }) => target),
  );
  refuseChanged(host.files, writes);
  for (const { target, after } of writes) {
    if (after === undefined) host.files.remove(target);
    else host.files.writeAtomic(target, after);
  }
  // Why: the folder of our own state goes even where the record died before it was written.
  for (const folder of new Set([...folders].reverse().concat(".iplan"))) removeEmpty(host.files, root, folder);
}

function refuseReadOnly(files: Files, root: string, targets: readonly string[]): void {
  for (const target of targets) {
    let folder = parentOf(target);
    while (folder.length > root.length && files.stat(folder) === undefined) folder = parentOf(folder);
    if (files.allows(folder, "write")) continue;
    throw new IplanError(
      "host/not-writable",
      `${folder} may not be written; nothing was changed.`,
      "Give yourself the right to write there, or set up a copy of the project.",
    );
  }
}

function refuseChanged(files: Files, writes: readonly FileChange[]): void {
  for (const { path, target, before } of writes) {
    const now = files.read(target);
    const isSame = now?.length === before?.length && (now ?? []).every((byte, index) => byte === before?.[index]);
    if (isSame) continue;
    throw new IplanError(
      "host/changed",
      `${path} changed while it was being looked at; nothing was written.`,
      "Run the command again: the new text will be read.",
    );
  }
}

/** Folders that writing makes, workspace-relative, the outermost first. */
function newFolders(files: Files, root: string, targets: readonly string[]): readonly string[] {
  const made = new Set<string>();
  for (const target of targets) {
    const above: string[] = [];
    for (
      let folder = parentOf(target);
      folder.length > root.length && files.stat(folder) === undefined;
      folder = parentOf(folder)
    ) {
      above.unshift(folder.slice(root.length + 1));
    }
    for (const folder of above) made.add(folder);
  }
  return [...made];
}

/** The folder of local state keeps itself out of git. */
function keepStateOut(files: Files, root: string): void {
  const path = ".iplan/.gitignore";
  const found = findTarget(files, root, path);
  if (typeof found === "string") {
    throw new IplanError(
      "host/outside-workspace",
      `${path} ${found}; nothing was written.`,
      "Remove it: it is made anew.",
    );
  }
  if (found.source === undefined) files.writeAtomic(found.target, new TextEncoder().encode("*\n"));
}

/** What may lie in the folder of our state when nothing is kept there: its ignore file, caches, and what a writer that died left. */
const ownLeft = /^(?:\.gitignore|cache|(?:\.gitignore|setup\.json|config\.schema\.json)\.[\d-]+\.tmp)$/u;

function removeEmpty(files: Files, root: string, folder: string): void {
  const path = `${root}/${folder}`;
  const kind = files.stat(path)?.kind;
  if (kind !== "directory" || files.realPath(path) !== `${files.realPath(root) ?? root}/${folder}`) return;
  const names = files.list(path).map(({ name }) => name);
  const isOwn = folder === ".iplan" && names.every((name) => ownLeft.test(name));
  if (names.length === 0 || isOwn) files.remove(path);
}
