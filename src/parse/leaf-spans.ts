import type { Span } from "#model/source";
import { isBlank, isLineEnd } from "./line-cursor.ts";

const hash = 35;

/** The text of a heading: of an ATX heading (`level` > 0) without its signs, of a setext heading (`level` 0) without outer blanks. */
export function headingContent(text: string, from: number, to: number, level: number): Span {
  const start = skipBlanks(text, from + level, to);
  let end = trimBlanks(text, start, to);
  if (level === 0) return { start, end };
  let close = end;
  while (close > start && text.charCodeAt(close - 1) === hash) close--;
  if (close === start || (close < end && isBlank(text.charCodeAt(close - 1)))) end = trimBlanks(text, start, close);
  return { start, end };
}

/** The info string of a fence that starts at `from`; empty when it has none. */
export function fenceInfo(text: string, from: number, to: number): Span {
  const marker = text.charCodeAt(from);
  let at = from;
  while (at < to && text.charCodeAt(at) === marker) at++;
  const start = skipBlanks(text, at, to);
  let end = start;
  while (end < to && !isLineEnd(text.charCodeAt(end))) end++;
  return { start, end: trimBlanks(text, start, end) };
}

/** True when the text between `from` and `to` is one comment and nothing else. */
export function isWholeComment(text: string, from: number, to: number): boolean {
  const start = skipBlanks(text, from, to);
  if (!text.startsWith("<!--", start)) return false;
  const end = trimBlanks(text, start, to);
  return text.slice(start + 2, end).indexOf("-->") === end - start - 5;
}

function skipBlanks(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && isBlank(text.charCodeAt(at))) at++;
  return at;
}

function trimBlanks(text: string, from: number, to: number): number {
  let at = to;
  while (at > from && isBlank(text.charCodeAt(at - 1))) at--;
  return at;
}
