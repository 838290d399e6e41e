import { isBlank } from "./line-cursor.ts";

const hash = 35;
const equals = 61;
const dash = 45;
const backtick = 96;
const tilde = 126;

/** The level of an ATX heading that starts at `from`, 0 when none does. */
export function atxLevel(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && text.charCodeAt(at) === hash) at++;
  const level = at - from;
  if (level === 0 || level > 6) return 0;
  return at === end || isBlank(text.charCodeAt(at)) ? level : 0;
}

/** The level a setext underline at `from` gives, 0 when the line is none. */
export function setextLevel(text: string, from: number, end: number): number {
  const marker = text.charCodeAt(from);
  if (marker !== equals && marker !== dash) return 0;
  let at = from;
  while (at < end && text.charCodeAt(at) === marker) at++;
  return restIsBlank(text, at, end) ? (marker === equals ? 1 : 2) : 0;
}

/** True when nothing but blanks stands between `from` and `end`. */
export function restIsBlank(text: string, from: number, end: number): boolean {
  let at = from;
  while (at < end && isBlank(text.charCodeAt(at))) at++;
  return at === end;
}

/** Tells thematic breaks; remembers where the last one failed, so that a line of many bullets is read once. */
export class BreakReader {
  #marker = 0;
  #from = 0;
  #failure = -1;

  /** True when a thematic break starts at `from`. */
  test(text: string, from: number, end: number): boolean {
    const marker = text.charCodeAt(from);
    if (marker === this.#marker && from >= this.#from && from < this.#failure) return false;
    let count = 0;
    let at = from;
    for (; at < end; at++) {
      const code = text.charCodeAt(at);
      if (code === marker) count++;
      else if (!isBlank(code)) break;
    }
    if (at === end) return count >= 3;
    this.#marker = marker;
    this.#from = from;
    this.#failure = at;
    return false;
  }
}

/** The length of a fence's opening sequence at `from`, 0 when no fence opens there. */
export function fenceLength(text: string, from: number, end: number): number {
  const marker = text.charCodeAt(from);
  let at = from;
  while (at < end && text.charCodeAt(at) === marker) at++;
  const length = at - from;
  if (length < 3) return 0;
  if (marker === backtick) {
    for (; at < end; at++) if (text.charCodeAt(at) === backtick) return 0;
  }
  return length;
}

/** True when the line closes a fence of `length` signs `marker`. */
export function closesFence(text: string, from: number, end: number, marker: number, length: number): boolean {
  let at = from;
  while (at < end && text.charCodeAt(at) === marker) at++;
  return at - from >= length && restIsBlank(text, at, end);
}

/** True for the codes a fence is made of. */
export function isFenceMarker(code: number): boolean {
  return code === backtick || code === tilde;
}
