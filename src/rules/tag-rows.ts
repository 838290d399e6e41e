import { type DocumentTrace, tagColumn, tagFlag, tagWidth } from "#model/trace";
import type { TraceFacts } from "./facts.ts";

/** One value of a tag as it was written. */
export interface TagRow {
  readonly row: number;
  /** Normal tag name. */
  readonly type: string;
  /** Id or path of the document it names. */
  readonly document?: string;
  readonly element?: string;
  readonly raw: string;
  readonly start: number;
  readonly end: number;
  readonly nameStart: number;
  readonly nameEnd: number;
  /** Bits of `tagFlag`. */
  readonly flags: number;
}

/** The live tags of a document that have one of these flags, or all; only those become objects. */
export function liveTags({ graph, path }: TraceFacts, flags?: number): readonly TagRow[] {
  const trace = graph.trace(path);
  if (trace === undefined) return [];
  const found: TagRow[] = [];
  for (let row = 0; row * tagWidth < trace.tags.length; row++) {
    const bits = trace.tags[row * tagWidth + tagColumn.flags] ?? 0;
    if ((bits & tagFlag.live) === 0 || (flags !== undefined && (bits & flags) === 0)) continue;
    found.push(tagRow(trace, row));
  }
  return found;
}

function tagRow({ tags, strings }: DocumentTrace, row: number): TagRow {
  const number = (column: number): number => tags[row * tagWidth + column] ?? -1;
  const text = (column: number): string | undefined => strings[number(column)];
  const document = text(tagColumn.document);
  const element = text(tagColumn.element);
  return {
    row,
    type: text(tagColumn.type) ?? "",
    ...(document === undefined ? {} : { document }),
    ...(element === undefined ? {} : { element }),
    raw: text(tagColumn.raw) ?? "",
    start: number(tagColumn.start),
    end: number(tagColumn.end),
    nameStart: number(tagColumn.nameStart),
    nameEnd: number(tagColumn.nameEnd),
    flags: number(tagColumn.flags),
  };
}
