import type { Hash, Host } from "#model/ports";
import { type FileChange, findTarget } from "./file-change.ts";

/**
 * How a written file becomes what it was: where its bytes have this digest, `length` bytes at `start` are replaced by `bytes`.
 * Nothing of the file itself is kept but what was overwritten.
 */
export interface UndoStep {
  readonly after: string;
  readonly start: number;
  readonly length: number;
  /** Hex. */
  readonly bytes: string;
  /** The file was not there. */
  readonly created?: true;
}

/** What `init` did on this machine, so that it can be undone to the byte. */
export interface SetupRecord {
  readonly v: 1;
  readonly files: Readonly<Record<string, readonly UndoStep[]>>;
  /** Folders that were made, workspace-relative, the outermost first. */
  readonly folders: readonly string[];
}

/** Where the record lies. */
export const recordPath = ".iplan/setup.json";

const empty: SetupRecord = { v: 1, files: {}, folders: [] };

/** The record of a workspace; empty where there is none that can be read. It only ever decides how a file of ours is taken back. */
export function readRecord({ files }: Host, root: string): SetupRecord {
  const found = findTarget(files, root, recordPath);
  if (typeof found === "string" || found.source === undefined) return empty;
  try {
    const read = JSON.parse(found.source.text) as SetupRecord;
    const isRecord =
      read.v === 1 &&
      Array.isArray(read.folders) &&
      read.folders.every((folder) => typeof folder === "string" && isInside(folder)) &&
      Object.entries(read.files).every(([path, steps]) => isInside(path) && steps.every(isStep));
    return isRecord ? read : empty;
  } catch {
    return empty;
  }
}

function isInside(path: string): boolean {
  return path !== "" && !path.startsWith("/") && !path.split("/").includes("..");
}

function isStep(step: UndoStep): boolean {
  const { after, start, length, bytes } = step;
  return (
    typeof after === "string" &&
    Number.isInteger(start) &&
    Number.isInteger(length) &&
    /^(?:[0-9a-f]{2})*$/u.test(bytes)
  );
}

/** The record with changes that were made added to it. */
export function recordWith(
  record: SetupRecord,
  hash: Hash,
  changes: readonly FileChange[],
  folders: readonly string[],
): SetupRecord {
  const files: Record<string, readonly UndoStep[]> = { ...record.files };
  for (const change of changes) {
    if (change.after === undefined) continue;
    files[change.path] = [...(files[change.path] ?? []), stepOf(hash, change.before, change.after)];
  }
  return { v: 1, files, folders: [...new Set([...record.folders, ...folders])] };
}

function stepOf(hash: Hash, before: Uint8Array | undefined, after: Uint8Array): UndoStep {
  const digest = hash.sha256(after);
  if (before === undefined) return { after: digest, start: 0, length: after.length, bytes: "", created: true };
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < most - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  const bytes = hexOf(before.subarray(start, before.length - end));
  return { after: digest, start, length: after.length - end - start, bytes };
}

function hexOf(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What a file was before `init` first wrote it, as far as nobody changed it since; `created`: it was not there. */
export interface Undone {
  readonly bytes: Uint8Array;
  readonly created: boolean;
  /** Steps that could not be taken back, as the file was changed behind them. */
  readonly left: number;
}

/** Takes the recorded steps back, the last one first, until the file is not what a step left. */
export function undoSteps(hash: Hash, bytes: Uint8Array, steps: readonly UndoStep[]): Undone {
  let now = bytes;
  for (let index = steps.length - 1; index >= 0; index--) {
    const step = steps[index];
    if (step === undefined || hash.sha256(now) !== step.after) return { bytes: now, created: false, left: index + 1 };
    if (step.created === true) return { bytes: now, created: true, left: 0 };
    const put = (step.bytes.match(/../gu) ?? []).map((pair) => Number.parseInt(pair, 16));
    now = Uint8Array.from([...now.subarray(0, step.start), ...put, ...now.subarray(step.start + step.length)]);
  }
  return { bytes: now, created: false, left: 0 };
}
