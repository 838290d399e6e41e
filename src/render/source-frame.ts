import type { Range, Source } from "#model/source";
import { escapeControls } from "./escape.ts";
import { displayWidth } from "./layout.ts";

/** A line of a document and the carets below what a finding covers, both escaped and cut to a width. */
export interface SourceFrame {
  readonly line: string;
  readonly carets: string;
}

/** Characters shown before what the finding covers when the line is long. */
const lead = 24;

/** The line a range begins on; undefined where it would show nothing: an empty range, a blank line, a range not in the text. */
export function sourceFrame(source: Source, range: Range, width: number): SourceFrame | undefined {
  const { start, end } = range;
  if (end.offset <= start.offset || start.offset >= source.text.length) return undefined;
  const lineStart = start.offset - (start.column - 1);
  const lineEnd = endOfLine(source.text, start.offset);
  const whole = source.text.slice(lineStart, lineEnd);
  if (whole.trim() === "") return undefined;
  const indent = whole.length - whole.trimStart().length;
  const from = start.column - 1 > width - lead ? start.column - 1 - lead : Math.min(indent, start.column - 1);
  const before = escapeControls(whole.slice(from, start.column - 1));
  const covered = escapeControls(source.text.slice(start.offset, Math.min(end.offset, lineEnd)));
  const prefix = from > indent ? "…" : "";
  const line = cut(
    `${prefix}${before}${covered}${escapeControls(source.text.slice(Math.min(end.offset, lineEnd), lineEnd))}`,
    width,
  );
  const offset = displayWidth(prefix + before);
  const carets = "^".repeat(Math.max(1, Math.min(displayWidth(covered), width - offset)));
  return { line, carets: " ".repeat(offset) + carets };
}

function endOfLine(text: string, offset: number): number {
  const feed = text.indexOf("\n", offset);
  const end = feed < 0 ? text.length : feed;
  const back = text.indexOf("\r", offset);
  return back >= 0 && back < end ? back : end;
}

function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}
