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
  const own = rows.filter((row) => owned.has(row.row) && (row.flags & unfit) === 0);
  if (trace.path.endsWith(".feature")) {
    const word = own.findLast((row) => !standsAboveExamples(text, row));
    return word === undefined ? undefined : wordAfter(text, word, tag);
  }
  // Why: a map of tags is what they are looked for in; elsewhere in YAML they stand in comments.
  const last = own.findLast((row) => (row.flags & tagFlag.yaml) !== 0) ?? own.at(-1);
  if (last === undefined) return undefined;
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
  const isKey = (last.flags & tagFlag.yaml) !== 0;
  if (isKey ? hasKey(text, lineStart, name) : mayGoOn(text, lineStart, lineEnd)) return undefined;
  const isEntry = isKey && betweenEntry.test(middle);
  if (!opening.test(before) || !(isEntry || between.test(middle))) return undefined;
  const after = closing.exec(text.slice(last.end, lineEnd))?.[0] ?? "";
  if (middle.includes("[") !== after.includes("]")) return undefined;
  // Why: values that were named before are no rows of their own, but go on here.
  if (/^[ \t]*,/.test(text.slice(last.end + after.length, lineEnd))) return undefined;
  const line = `${before}${name}${middle}${value}${after}`;
  return { start: lineEnd, end: lineEnd, text: `${lineBreak(text, lineEnd)}${line}` };
}

/** True for a tag of the rows of a scenario, not of the scenario. */
function standsAboveExamples(text: string, { end }: TagRow): boolean {
  const next = /^(?:[ \t]*(?:[@#].*)?\r?\n)*[ \t]*([A-Za-z]+):/.exec(text.slice(endOfLine(text, end)));
  return next?.[1] === "Examples" || next?.[1] === "Scenarios";
}

/** True for a map of YAML in which a line stands that has such a key. Lines of another indentation are no keys of it. */
function hasKey(text: string, lineStart: number, name: string): boolean {
  const indent = indentAt(text, lineStart);
  const isKey = (start: number): boolean => {
    const key = /^[ \t]*["']?@?([\w-]+)["']?[ \t]*:/.exec(text.slice(start, endOfLine(text, start)))?.[1];
    return indentAt(text, start) === indent && key?.toLowerCase() === name;
  };
  const belongs = (start: number): boolean => isBlank(text, start) || indentAt(text, start) >= indent;
  for (let at = lineStart; at < text.length && belongs(at); at = endOfLine(text, at, true)) if (isKey(at)) return true;
  for (let at = lineBefore(text, lineStart); at >= 0 && belongs(at); at = lineBefore(text, at)) {
    if (isKey(at)) return true;
  }
  return false;
}

/** What begins an item or a block of its own, so that the line before it has come to its end. */
const beginsAnew = /^[ \t]*(?:[-*+>#|@]|\d+[.)][ \t]|`{3}|~{3}|<|$)/;
/** A block of text in YAML begins behind such a line. */
const opensText = /[|>][-+\d]*[ \t]*(?:#.*)?$/;

/**
 * True for a line with which the next ones belong together, so that no line may come between them: those of an item of a list, and those of a
 * text in YAML.
 */
function mayGoOn(text: string, lineStart: number, lineEnd: number): boolean {
  const next = endOfLine(text, lineEnd, true);
  const indent = indentAt(text, lineStart);
  if (/^[ \t]*[-*+][ \t]/.test(text.slice(lineStart, lineEnd)) && next < text.length) {
    const isDeeper = !isBlank(text, next) && indentAt(text, next) > indent;
    if (isDeeper || !beginsAnew.test(text.slice(next, endOfLine(text, next)))) return true;
  }
  let least = indent;
  for (let at = lineBefore(text, lineStart); at >= 0 && least > 0; at = lineBefore(text, at)) {
    if (isBlank(text, at) || indentAt(text, at) >= least) continue;
    least = indentAt(text, at);
    if (opensText.test(text.slice(at, endOfLine(text, at)))) return true;
  }
  return false;
}

function isBlank(text: string, lineStart: number): boolean {
  return text.slice(lineStart, endOfLine(text, lineStart)).trim() === "";
}

function indentAt(text: string, lineStart: number): number {
  return /^[ \t]*/.exec(text.slice(lineStart, lineStart + 200))?.[0].length ?? 0;
}

/** Where the line before begins; -1 for none. */
function lineBefore(text: string, lineStart: number): number {
  return lineStart === 0 ? -1 : text.lastIndexOf("\n", lineStart - 2) + 1;
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
  // Why: a row between the head of a table and the line below it would make both plain text.
  const next = endOfLine(text, lineEnd, true);
  if (/^[ \t|:-]*-[ \t|:-]*$/.test(text.slice(next, endOfLine(text, next)))) return undefined;
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

/** Where a line ends, before its line break, or behind it. */
function endOfLine(text: string, from: number, isBehind = false): number {
  const end = text.indexOf("\n", from);
  if (end < 0) return text.length;
  if (isBehind) return end + 1;
  return text[end - 1] === "\r" ? end - 1 : end;
}

function lineBreak(text: string, lineEnd: number): string {
  if (lineEnd < text.length) return text[lineEnd] === "\r" ? "\r\n" : "\n";
  return text.includes("\r\n") ? "\r\n" : "\n";
}
