import type { Edit } from "#model/edit";
import type { TraceFacts } from "./facts.ts";
import { tagFlag } from "#model/trace";
import { liveTags, type TagRow } from "./tag-rows.ts";

/** A tag to be written. */
export interface NewTag {
  readonly name: string;
  readonly value: string;
}

/** What may stand before a tag on its line so that the next line may begin the same way. */
const opening = /^[ \t]*(?:(?:[-*+>#;]|\/\/|--)[ \t]+)?(?:\*\*|[`"'])?@?$/;
/** What may stand between name and value. */
const between = /^(?:\*\*|[`"'])?[ \t]*:(?:\*\*|[`"'])?[ \t]*[`"']?$/;
/** What closes a value: repeated on the next line. What follows it belongs to this tag alone. */
const closing = /^[`"'*]*(?:[ \t]+$)?/;

/**
 * The edit that writes a tag after the last tag that a node wrote, in the style of that tag: list item, plain line, line of a fence, key of a
 * YAML map, word of a Gherkin tag line. Undefined where no tag of the node stands in a style that can be repeated for certain.
 */
export function tagAfter(trace: TraceFacts, text: string, node: number, tag: NewTag): Edit | undefined {
  const rows = liveTags(trace);
  const owned = ownRows(trace, node);
  const last = rows.findLast((row) => owned.has(row.row) && (row.flags & unfit) === 0);
  if (last === undefined) return undefined;
  return trace.path.endsWith(".feature") ? wordAfter(text, last, tag) : lineAfter(text, last, rows, tag);
}

/** Why: links and cells hold more than the tag, and what is not in normal form is no model. */
const unfit = tagFlag.link | tagFlag.table | tagFlag.untidy | tagFlag.alias | tagFlag.optional;

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
  const lineStart = text.lastIndexOf("\n", last.nameStart - 1) + 1;
  const lineEnd = endOfLine(text, last.end);
  if (rows.some((row) => row.nameStart !== last.nameStart && row.nameStart >= lineStart && row.end <= lineEnd)) {
    return undefined;
  }
  const first = rows.find((row) => row.nameStart === last.nameStart) ?? last;
  const before = text.slice(lineStart, last.nameStart);
  const middle = text.slice(last.nameEnd, first.start);
  if (!opening.test(before) || !between.test(middle)) return undefined;
  const after = closing.exec(text.slice(last.end, lineEnd))?.[0] ?? "";
  const line = `${before}${name}${middle}${value}${after}`;
  return { start: lineEnd, end: lineEnd, text: `${lineBreak(text, lineEnd)}${line}` };
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
