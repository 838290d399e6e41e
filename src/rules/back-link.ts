import type { Edit } from "#model/edit";
import type { SectionMention } from "#graph/mentions";
import { cellsOf, headOfTable, rowLike } from "./table-line.ts";
import { linkPath } from "#model/relative-path";

/** A list item that begins with a link or an id; what follows belongs to that item alone. */
const entry =
  /^([ \t]*[-*+][ \t]+)(?:\[([^\]\n]{1,80})\]\(([^)\s]{1,400})\)|([`*]{0,2})([\w.-]{1,80}?)\4(?=[\s:,(–-]|$))/;

/** A document that is to be listed. */
export interface Listed {
  readonly id: string;
  readonly path: string;
  readonly type?: string;
  readonly title?: string;
}

/**
 * The edit that lists a document after the last entry of a section, as a link where that entry is one. Undefined where the last entry is no
 * list item of one line, and no row of a table, that names one document.
 */
export function listedAfter(
  text: string,
  own: string,
  mentions: readonly SectionMention[],
  child: Listed,
): Edit | undefined {
  const last = mentions.reduce<SectionMention | undefined>(
    (a, b) => (a === undefined || b.start > a.start ? b : a),
    undefined,
  );
  if (last === undefined) return undefined;
  const start = text.lastIndexOf("\n", last.start - 1) + 1;
  const next = text.indexOf("\n", last.end);
  const full = next < 0 ? text.length : next;
  const end = text[full - 1] === "\r" ? full - 1 : full;
  if (mentions.some((one) => one !== last && one.start >= start)) return undefined;
  const line = text.slice(start, end);
  const added =
    cellsOf(line) !== undefined
      ? rowFor(text, { line, start }, own, last, child)
      : endsHere(text, full)
        ? itemFor(line, own, last, child)
        : undefined;
  if (added === undefined) return undefined;
  const lineBreak = text.slice(end, full + 1) === "\r\n" || (next < 0 && text.includes("\r\n")) ? "\r\n" : "\n";
  return { start: end, end, text: `${lineBreak}${added}` };
}

function itemFor(line: string, own: string, last: SectionMention, child: Listed): string | undefined {
  const [, mark = "", label, , quote = "", bare] = entry.exec(line) ?? [];
  if ((label ?? bare) !== last.document) return undefined;
  return `${mark}${nameOf(own, child, label !== undefined, quote)}`;
}

/** A cell that holds a link or an id and nothing else. */
const cellEntry = /^\s*(?:\[([^\]\n]{1,80})\]\([^)\s]{1,400}\)|([`*]{0,2})([\w.-]{1,80}?)\2)\s*$/;
/** Columns of which it is certain what stands in them, by their heads. */
const knownColumns: readonly (readonly [head: RegExp, fact: "title" | "type"])[] = [
  [/^(?:document )?(?:title|name)$/i, "title"],
  [/^(?:document |artifact )?type$/i, "type"],
];

function rowFor(
  text: string,
  { line, start }: { readonly line: string; readonly start: number },
  own: string,
  last: SectionMention,
  child: Listed,
): string | undefined {
  const cells = cellsOf(line) ?? [];
  const head = headOfTable(text, start);
  const at = cells.findIndex((cell) => {
    const [, label, , bare] = cellEntry.exec(line.slice(cell.start, cell.end)) ?? [];
    return (label ?? bare) === last.document;
  });
  const cell = cells[at];
  if (head === undefined || cell === undefined) return undefined;
  const [, label, quote = ""] = cellEntry.exec(line.slice(cell.start, cell.end)) ?? [];
  const texts = new Map([[at, nameOf(own, child, label !== undefined, quote)]]);
  for (const [column, word] of head.entries()) {
    const fact = knownColumns.find(([form]) => form.test(word.replace(/[*`]/g, "")))?.[1];
    const known = fact === undefined ? undefined : child[fact];
    if (known !== undefined && column !== at) texts.set(column, known.replace(/[\\|]/g, "\\$&"));
  }
  return rowLike(line, cells, texts);
}

function nameOf(own: string, child: Listed, linked: boolean, quote: string): string {
  return linked ? `[${child.id}](${linkPath(own, child.path)})` : `${quote}${child.id}${quote}`;
}

/** Why: an entry may go on in the next line, and nothing may be put between. */
function endsHere(text: string, end: number): boolean {
  return /^(?:[ \t]*(?:\r?\n|$)|[ \t]*[-*+][ \t]|#)/.test(text.slice(end + 1, end + 200));
}
