import type { Edit } from "#model/edit";
import type { SectionMention } from "#graph/mentions";
import { relativePath } from "#model/relative-path";

/** A list item that begins with a link or an id; what follows belongs to that item alone. */
const entry =
  /^([ \t]*[-*+][ \t]+)(?:\[([^\]\n]{1,80})\]\(([^)\s]{1,400})\)|([`*]{0,2})([\w.-]{1,80}?)\4(?=[\s:,(–-]|$))/;

/** A document that is to be listed. */
export interface Listed {
  readonly id: string;
  readonly path: string;
}

/**
 * The edit that lists a document after the last entry of a section, as a link where that entry is one. Undefined where the last entry is no
 * list item of one line that names one document.
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
  if (!endsHere(text, full) || mentions.some((one) => one !== last && one.start >= start)) return undefined;
  const [, mark = "", label, , quote = "", bare] = entry.exec(text.slice(start, end)) ?? [];
  if ((label ?? bare) !== last.document) return undefined;
  const name = label === undefined ? `${quote}${child.id}${quote}` : `[${child.id}](${relativePath(own, child.path)})`;
  const lineBreak = text.slice(end, full + 1) === "\r\n" || (next < 0 && text.includes("\r\n")) ? "\r\n" : "\n";
  return { start: end, end, text: `${lineBreak}${mark}${name}` };
}

/** Why: an entry may go on in the next line, and nothing may be put between. */
function endsHere(text: string, end: number): boolean {
  return /^(?:[ \t]*(?:\r?\n|$)|[ \t]*[-*+][ \t]|#)/.test(text.slice(end + 1, end + 200));
}
