/** Begins of a line that would make something else of it than text: headings, quotes, lists, fences, boxes, tables. */
const structure = /^(?=#{1,6}(?:\s|$)|>|[-+*](?:\s|$)|\d{1,9}[.)](?:\s|$)|`{3}|~{3}|\[.\]\*?(?:\s|$)|\||@\w)/u;

/** A text on one line, in which no annotation and no comment begins. */
export function onOneLine(text: string): string {
  return text
    .replace(/[\u0000-\u001F\u007F\u2028\u2029]+/gu, " ")
    .replace(/\s+/gu, " ")
    .replaceAll("<!--", "&lt;!--");
}

/** A line as text: what it begins with opens no heading, list, fence, box, table or tag. */
export function asText(line: string): string {
  return line.trim().replace(structure, "\\");
}
