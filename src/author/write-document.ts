import { applyEdits, type Edit } from "#model/edit";
import { IplanError } from "#model/errors";
import type { Files } from "#model/ports";
import type { Source } from "#model/source";

/**
 * Writes edits into a document of the workspace and returns true when bytes changed. Only the edited bytes differ.
 * Throws `host/changed` when the file is not what was read, and `host/outside-workspace` when it is a link or leads out.
 */
export function writeDocument(files: Files, root: string, source: Source, edits: readonly Edit[]): boolean {
  return replaceDocument(files, root, source, applyEdits(source, edits));
}

/** Writes new bytes over a document as it was read, and returns true when they differ. Throws as `writeDocument` does. */
export function replaceDocument(files: Files, root: string, source: Source, bytes: Uint8Array): boolean {
  if (sameBytes(bytes, source.bytes)) return false;
  const path = `${root}/${source.path}`;
  refuseLinks(files, root, path, source.path);
  const now = files.read(path);
  if (now === undefined || !sameBytes(now, source.bytes)) {
    throw new IplanError(
      "host/changed",
      `${source.path} changed while it was being worked on; nothing was written.`,
      "Save it and run the command again: the new text will be read.",
    );
  }
  files.writeAtomic(path, bytes);
  return true;
}

function refuseLinks(files: Files, root: string, path: string, shown: string): void {
  const realRoot = files.realPath(root) ?? root;
  const real = files.realPath(path);
  const inside = real !== undefined && real.startsWith(`${realRoot}/`);
  if (inside && files.stat(path)?.kind === "file") return;
  throw new IplanError(
    "host/outside-workspace",
    `${shown} is a link or lies outside the workspace; it is not written to.`,
    "Put the document itself into the workspace, or open the workspace it lies in with --cwd.",
  );
}

/** True when two byte strings are equal. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}
