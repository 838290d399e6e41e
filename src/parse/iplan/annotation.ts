import type { Span } from "#model/source";

/** A key of an annotation with its value, as spans of the text it was read from. */
export interface AnnotationEntry extends Span {
  readonly key: string;
  readonly value?: string;
}

/** An annotation comment as spans of the text it was read from. */
export interface AnnotationComment extends Span {
  readonly entries: readonly AnnotationEntry[];
}

const opening = /<!--[ \t\r\n]*iplan:/gu;
const entryForm = /([A-Za-z][\w.-]*)(?:=(?:"((?:[^"\\]|\\[^])*)"?|'([^']*)'?|([^\s"']*)))?|[^\s]+/gu;

/** Every `<!-- iplan: key=value key="quoted value" flag -->` of a text, in order. An unclosed comment is none. */
export function findAnnotations(text: string): AnnotationComment[] {
  const found: AnnotationComment[] = [];
  if (!text.includes("iplan:")) return found;
  opening.lastIndex = 0;
  for (let match = opening.exec(text); match !== null; match = opening.exec(text)) {
    const close = text.indexOf("-->", opening.lastIndex);
    if (close < 0) return found;
    found.push({ start: match.index, end: close + 3, entries: readEntries(text, opening.lastIndex, close) });
    opening.lastIndex = close + 3;
  }
  return found;
}

function readEntries(text: string, start: number, end: number): AnnotationEntry[] {
  const entries: AnnotationEntry[] = [];
  for (const match of text.slice(start, end).matchAll(entryForm)) {
    const [whole, key = whole, double, single, bare] = match;
    const value = double?.replace(/\\([^])/gu, "$1") ?? single ?? bare;
    const span = { start: start + match.index, end: start + match.index + whole.length };
    entries.push(value === undefined ? { key, ...span } : { key, value, ...span });
  }
  return entries;
}
