import { isBlank } from "./line-cursor.ts";
import { type BreakReader, restIsBlank } from "./leaf-starts.ts";

const asterisk = 42;
const plus = 43;
const dash = 45;
const dot = 46;
const parenthesis = 41;
const zero = 48;
const one = 49;
const nine = 57;
const longestNumber = 9;

/** Reads the marker of a list item. What was read stays in its fields until the next reading. */
export class MarkerReader {
  /** Offset after the marker. */
  end = 0;
  /** The bullet, or the sign after the number: what siblings share. */
  sign = 0;
  /** The number of an ordered item, -1 for a bullet. */
  number = -1;
  readonly #breaks: BreakReader;

  constructor(breaks: BreakReader) {
    this.#breaks = breaks;
  }

  /** True when an item starts at `from`. An item that would interrupt a paragraph must not be empty, and its number must be 1. */
  read(text: string, from: number, end: number, interrupts: boolean): boolean {
    const code = text.charCodeAt(from);
    const found =
      code >= zero && code <= nine ? this.#readNumber(text, from, end, interrupts) : this.#readBullet(text, from, end);
    if (!found) return false;
    if (this.end < end && !isBlank(text.charCodeAt(this.end))) return false;
    return !(interrupts && restIsBlank(text, this.end, end));
  }

  #readBullet(text: string, from: number, end: number): boolean {
    const code = text.charCodeAt(from);
    if (code !== asterisk && code !== plus && code !== dash) return false;
    if (code !== plus && this.#breaks.test(text, from, end)) return false;
    this.end = from + 1;
    this.sign = code;
    this.number = -1;
    return true;
  }

  #readNumber(text: string, from: number, end: number, interrupts: boolean): boolean {
    let at = from;
    let number = 0;
    for (; at < end && at - from < longestNumber; at++) {
      const code = text.charCodeAt(at);
      if (code < zero || code > nine) break;
      number = number * 10 + code - zero;
    }
    if (interrupts && (at - from !== 1 || text.charCodeAt(from) !== one)) return false;
    const sign = at < end ? text.charCodeAt(at) : -1;
    if (sign !== dot && sign !== parenthesis) return false;
    this.end = at + 1;
    this.sign = sign;
    this.number = number;
    return true;
  }
}
