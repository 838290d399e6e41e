import type { Span } from "#model/source";

/** A label at the start of a text: `**Label**: rest`, `**Label:** rest`, `Label: rest`, or bold text alone. */
export interface Label {
  /** The label's words, without marks and colon. */
  readonly label: string;
  readonly labelSpan: Span;
  /** What follows the label and its colon, outer blanks removed. */
  readonly rest: Span;
  readonly strong: boolean;
  /** False for bold text that stands alone, without a colon. */
  readonly colon: boolean;
}

const strongLabel = /^(\*\*|__)(?=\S)([^*_\n]*(?:[*_][^*_\n]+)*)\1[ \t]*(:?)/;
const plainLabel = /^([\p{L}\p{N}][^:`*_[\]<>|\n.!?;]{0,79}):(?=\s|$)/u;

/** Reads the label a text begins with; undefined when it begins with none. */
export function readLabel(text: string, span: Span): Label | undefined {
  const start = skip(text, span.start, span.end);
  const line = text.slice(start, span.end);
  return readStrong(text, line, start, span.end) ?? readPlain(text, line, start, span.end);
}

function readStrong(text: string, line: string, start: number, end: number): Label | undefined {
  const match = strongLabel.exec(line);
  if (match === null) return undefined;
  const [all, sign = "", inner = "", after = ""] = match;
  const words = inner.trimEnd();
  const inside = words.endsWith(":");
  const label = (inside ? words.slice(0, -1) : words).trim();
  const rest = trim(text, start + all.length, end);
  const colon = inside || after === ":";
  if (label === "" || (!colon && rest.start < rest.end)) return undefined;
  const labelStart = start + sign.length;
  return { label, labelSpan: { start: labelStart, end: labelStart + label.length }, rest, strong: true, colon };
}

function readPlain(text: string, line: string, start: number, end: number): Label | undefined {
  const match = plainLabel.exec(line);
  if (match === null) return undefined;
  const [all, label = ""] = match;
  const words = label.trimEnd();
  const rest = trim(text, start + all.length, end);
  return { label: words, labelSpan: { start, end: start + words.length }, rest, strong: false, colon: true };
}

function skip(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && /\s/.test(text.charAt(at))) at++;
  return at;
}

function trim(text: string, from: number, to: number): Span {
  const start = skip(text, from, to);
  let end = to;
  while (end > start && /\s/.test(text.charAt(end - 1))) end--;
  return { start, end };
}
