import { replaceDocument } from "#author/write-document";
import type { Edit } from "#model/edit";
import { IplanError } from "#model/errors";
import { createSource, type Source } from "#model/source";
import { createDocument } from "./create-document.ts";
import type { Session } from "./session.ts";

/** A file that a command wants to write. */
export interface PlannedFile {
  /** Workspace-relative. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** As it was read; absent for a file that is to be made. */
  readonly before?: Source;
}

/**
 * Writes planned files in their order: new ones must not be there yet, others must be as they were read. Throws `usage/exists`,
 * `host/changed`, `host/not-writable` and `host/outside-workspace`; what can be told before anything is written is told before.
 */
export function writePlanned(session: Session, files: readonly PlannedFile[]): void {
  for (const { path, before } of files) if (before !== undefined) refuseUnwritable(session, path);
  for (const { path, bytes, before } of files) {
    if (before === undefined) createDocument(session, path, bytes);
    else replaceDocument(session.host.files, session.root, before, bytes);
  }
}

/** Why: a new document whose parent cannot list it would be half of what was asked for. */
function refuseUnwritable({ host, root }: Session, path: string): void {
  if (host.files.allows(`${root}/${path}`, "write")) return;
  throw new IplanError(
    "host/not-writable",
    `${path} may not be written; nothing was made.`,
    "Give write permission, or make the document without --from.",
  );
}

/** A planned file as an edit of what is there now, for showing. */
export function plannedEdit({ path, bytes, before }: PlannedFile): { readonly source: Source; readonly edit: Edit } {
  const source = before ?? createSource(path, new Uint8Array());
  const after = createSource(path, bytes).text;
  let start = 0;
  const shorter = Math.min(source.text.length, after.length);
  while (start < shorter && source.text[start] === after[start]) start++;
  let same = 0;
  while (same < shorter - start && source.text.at(-1 - same) === after.at(-1 - same)) same++;
  const end = source.text.length - same;
  return { source, edit: { start, end, text: after.slice(start, after.length - same) } };
}
