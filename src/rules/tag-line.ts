import type { Edit } from "#model/edit";
import type { TraceFacts } from "./facts.ts";
import { tagFlag } from "#model/trace";
import { cellsOf, rowLike } from "./table-line.ts";
import { liveTags, type TagRow } from "./tag-rows.ts";

/** A tag to be written. */
export interface NewTag {
  readonly name: string;
  readonly value: string;
}

/** What may stand before a tag on its line so that the next line may begin the same way. */
const opening = /^[ \t]*(?:(?:[-*+>#;]|\/\/|--)[ \t]+)?(?:\*\*|[`"'])?@?$/;
/** What may stand between name and value. */
const between = /^(?:\*\*|[`"'])?[ \t]*:(?:\*\*|[`"'])?[ \t]*(?:\[[ \t]*)?[`"']?$/;
/** What stands between a key of YAML and the first entry of its list. */
const betweenEntry = /^["']?[ \t]*:[ \t]*\r?\n[ \t]*-[ \t]+["']?$/;
/** What closes a value: repeated on the next line. What follows it belongs to this tag alone. */
const closing = /^[`"'*]*(?:[ \t]*\])?(?:[ \t]+$)?/;

/**
 * The edit that writes a tag after the last tag that a node wrote, in the style of that tag: list item, plain line, line of a fence, row of a
 * table, key of a YAML map with a value or a list, word of a Gherkin tag line. Undefined where no tag of the node stands in a style that can be repeated for certain.
 */
export function tagAfter(trace: TraceFacts, text: string, node: number, tag: NewTag): Edit | undefined {
  const rows = liveTags(trace);
  const owned = ownRows(trace, node);
  const last = rows.findLast((row) => owned.has(row.row) && (row.flags & unfit) === 0);
  if (last === undefined) return undefined;
  if (trace.path.endsWith(".feature")) return wordAfter(text, last, tag);
  return (last.flags & tagFlag.table) === 0 ? lineAfter(text, last, rows, tag) : rowAfter(text, last, rows, tag);
}

/** Why: links hold more than the tag, and what is not in normal form is no model. */
const unfit = tagFlag.link | tagFlag.untidy | tagFlag.alias | tagFlag.optional;

function ownRows({ graph, path }: TraceFacts, node: number): ReadonlySet<number> {
  const links = graph.linksOf(path);
  const rows = new Set<number>();
  for (let index = 0; index < links.length; index++) if (links.from(index) === node) rows.add(links.row(index));
  return rows;
}

function wordAfter(text: string, { end }: TagRow, { name, value }: NewTag): Edit | undefined {
  const word = `@${name}:${value}`;
  return /^[ \t]*(?:@|\r?\n|$)/.test(text.slice(end, end + 200)) ? { start: end, end, text: ` ${word}` } : undefined;
}

function lineAfter(text: string, last: TagRow, rows: readonly TagRow[], { name, value }: NewTag): Edit | undefined {
  const place = linesOf(text, last, rows);
  if (place === undefined) return undefined;
  const { lineStart, lineEnd, middle } = place;
  const before = text.slice(lineStart, last.nameStart);
  const isEntry = (last.flags & tagFlag.yaml) !== 0 && betweenEntry.test(middle);
  if (!opening.test(before) || !(isEntry || between.test(middle))) return undefined;
  const after = closing.exec(text.slice(last.end, lineEnd))?.[0] ?? "";
  if (middle.includes("[") !== after.includes("]")) return undefined;
  const line = `${before}${name}${middle}${value}${after}`;
  return { start: lineEnd, end: lineEnd, text: `${lineBreak(text, lineEnd)}${line}` };
}

/** The lines from a tag's name to its last value, unless they hold another tag; and what stands between its name and first value. */
function linesOf(
  text: string,
  last: TagRow,
  rows: readonly TagRow[],
): { readonly lineStart: number; readonly lineEnd: number; readonly middle: string } | undefined {
  const lineStart = text.lastIndexOf("\n", last.nameStart - 1) + 1;
  const lineEnd = endOfLine(text, last.end);
  const isShared = rows.some(
    (row) => row.nameStart !== last.nameStart && row.nameStart >= lineStart && row.end <= lineEnd,
  );
  const first = rows.find((row) => row.nameStart === last.nameStart) ?? last;
  return isShared ? undefined : { lineStart, lineEnd, middle: text.slice(last.nameEnd, first.start) };
}

/** Why: what stands in the other cells of a row belongs to its tag alone, so that those of the new row are empty. */
function rowAfter(text: string, last: TagRow, rows: readonly TagRow[], { name, value }: NewTag): Edit | undefined {
  const place = linesOf(text, last, rows);
  if (place === undefined || !between.test(place.middle) || place.middle.includes("[")) return undefined;
  const { lineStart, lineEnd, middle } = place;
  const line = text.slice(lineStart, lineEnd);
  const cells = cellsOf(line);
  const at = cells?.findIndex(({ start, end }) => start <= last.nameStart - lineStart && last.end - lineStart <= end);
  const cell = at === undefined ? undefined : cells?.[at];
  if (cells === undefined || at === undefined || cell === undefined) return undefined;
  const before = line.slice(cell.start, last.nameStart - lineStart);
  const after = line.slice(last.end - lineStart, cell.end);
  if (!/^[ \t]*(?:\*\*|`)?@$/.test(before) || !/^[`*]*[ \t]*$/.test(after)) return undefined;
  const row = rowLike(line, cells, new Map([[at, `${before}${name}${middle}${value}${after}`]]));
  return { start: lineEnd, end: lineEnd, text: `${lineBreak(text, lineEnd)}${row}` };
}

/** Where a line ends, before its line break. */
function endOfLine(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  if (end < 0) return text.length;
  return text[end - 1] === "\r" ? end - 1 : end;
}

function lineBreak(text: string, lineEnd: number): string {
  if (lineEnd < text.length) return text[lineEnd] === "\r" ? "\r\n" : "\n";
  return text.includes("\r\n") ? "\r\n" : "\n";
}
