import type { Edit } from "#model/edit";
import type { Source } from "#model/source";
import { escapeControls } from "./escape.ts";
import type { Paint } from "./paint.ts";

/** Lines shown before and after a change. */
const around = 2;

interface Hunk {
  /** First line and line after the last, from 0. */
  readonly first: number;
  readonly after: number;
  readonly edits: readonly Edit[];
}

/** Edits of one document as a unified diff, for reading: control characters are shown, not obeyed. Edits must not overlap. */
export function renderEditDiff(source: Source, edits: readonly Edit[], paint: Paint): string {
  const starts = lineStarts(source.text);
  const ordered = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  const hunks = hunksOf(ordered, starts, 2 * around);
  const path = escapeControls(source.path);
  let grown = 0;
  const shown = hunks.map((hunk) => {
    const { text, change } = hunkText(source.text, hunk, starts, grown, paint);
    grown += change;
    return text;
  });
  return `${paint.bold(`--- a/${path}`)}\n${paint.bold(`+++ b/${path}`)}\n${shown.join("")}`;
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

function lineAt(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Edits in groups of whole lines; those with up to `gap` lines between them are together, which at -1 are those that share a line. */
function hunksOf(edits: readonly Edit[], starts: readonly number[], gap: number): readonly Hunk[] {
  const hunks: { first: number; after: number; edits: Edit[] }[] = [];
  for (const edit of edits) {
    const first = lineAt(starts, edit.start);
    const after = lineAt(starts, edit.end) + 1;
    const last = hunks.at(-1);
    if (last === undefined || first > last.after + gap) hunks.push({ first, after, edits: [edit] });
    else {
      last.after = Math.max(last.after, after);
      last.edits.push(edit);
    }
  }
  return hunks;
}

function hunkText(
  text: string,
  { first, after, edits }: Hunk,
  starts: readonly number[],
  grown: number,
  paint: Paint,
): { readonly text: string; readonly change: number } {
  const top = Math.max(0, first - around);
  const rows: string[] = [];
  let [shown, removed, added] = [top, 0, 0];
  for (const part of hunksOf(edits, starts, -1)) {
    const from = starts[part.first] ?? 0;
    const to = starts[part.after] ?? text.length;
    const split = common(linesOf(text.slice(from, to)), linesOf(applied(text, from, to, part.edits)));
    rows.push(...unchanged(text.slice(starts[shown] ?? 0, from)), ...split.head.map((line) => ` ${line}`));
    rows.push(...split.removed.map((line) => paint.red(`-${line}`)));
    rows.push(...split.added.map((line) => paint.green(`+${line}`)), ...split.tail.map((line) => ` ${line}`));
    shown = part.after;
    removed += split.removed.length;
    added += split.added.length;
  }
  rows.push(...unchanged(text.slice(starts[after] ?? text.length, starts[after + around] ?? text.length)));
  const place = `@@ -${top + 1},${rows.length - added} +${top + 1 + grown},${rows.length - removed} @@`;
  return { text: [paint.cyan(place), ...rows].map((row) => `${row}\n`).join(""), change: added - removed };
}

function unchanged(text: string): readonly string[] {
  return linesOf(text).map((line) => ` ${line}`);
}

function applied(text: string, from: number, to: number, edits: readonly Edit[]): string {
  let at = from;
  let result = "";
  for (const edit of edits) {
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at, to);
}

/** Lines without their ends; a carriage return is shown only where it is what changed. */
function linesOf(text: string): readonly string[] {
  if (text === "") return [];
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines.map((line) => escapeControls(line.endsWith("\r") ? line.slice(0, -1) : line));
}

interface SplitLines {
  readonly head: readonly string[];
  readonly removed: readonly string[];
  readonly added: readonly string[];
  readonly tail: readonly string[];
}

/** Splits off equal lines at both ends, so that only what changes is shown as changed. */
function common(before: readonly string[], after: readonly string[]): SplitLines {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return {
    head: before.slice(0, start),
    removed: before.slice(start, before.length - end),
    added: after.slice(start, after.length - end),
    tail: before.slice(before.length - end),
  };
}
