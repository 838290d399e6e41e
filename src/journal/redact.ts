import { keyBegin, keyEnd, keyLine, secretName, tokenShapes } from "./token-shapes.ts";

/** What stands where a secret stood. */
export const redacted = "[redacted]";

/** Shortest value of a named variable that is taken for a secret; shorter ones would redact ordinary text. */
const shortestNamed = 4;
const shortestUnnamed = 8;

/** Longest line that may stand inside a private key. */
const longestKeyLine = 256;

/** Removes secrets from text. */
export interface Redaction {
  /** The text without secrets. */
  text(text: string): string;
  /** A stream: what goes in over any number of pieces comes out without secrets. */
  stream(options?: StreamOptions): RedactionStream;
}

/** Pieces in, pieces out. */
export interface RedactionStream {
  /** Takes a piece and gives what is certain by now: whole lines. */
  push(piece: string): string;
  /** Gives the rest. */
  end(): string;
}

/** How much a stream holds back of a line without an end, in characters. */
export interface StreamOptions {
  readonly longestLine?: number;
  readonly overlap?: number;
}

/** Values of the variables that must not be shown: the named ones, and those whose name says they are secret. */
export function secretValues(
  environment: Readonly<Record<string, string | undefined>>,
  named: readonly string[],
): readonly string[] {
  const values: string[] = [];
  for (const [name, value] of Object.entries(environment)) {
    if (value === undefined) continue;
    const shortest = named.includes(name) ? shortestNamed : secretName.test(name) ? shortestUnnamed : Infinity;
    if (value.length >= shortest) values.push(value);
  }
  return values;
}

/** A redaction of these values and of all known token shapes. */
export function createRedaction(values: readonly string[]): Redaction {
  const literals = [...new Set(values.flatMap(linesAndWhole))].sort((a, b) => b.length - a.length);
  const pattern = new RegExp([...literals.map(escapeLiteral), ...tokenShapes].join("|"), "g");
  const longest = literals[0]?.length ?? 0;
  const stream = (options?: StreamOptions): RedactionStream => new LineStream(pattern, longest, options);
  return {
    stream,
    text: (text) => {
      const whole = stream();
      return whole.push(text) + whole.end();
    },
  };
}

/** The same redaction for text that holds one byte per character. */
export function createByteRedaction(values: readonly string[]): Redaction {
  const encoder = new TextEncoder();
  return createRedaction(values.map((value) => binaryOf(encoder.encode(value))));
}

/** Bytes as text of one character per byte. */
export function binaryOf(bytes: Uint8Array): string {
  const step = 8192;
  let text = "";
  for (let at = 0; at < bytes.length; at += step) {
    text += String.fromCharCode(...bytes.subarray(at, at + step));
  }
  return text;
}

/** Text of one character per byte as bytes. */
export function bytesOf(binary: string): Uint8Array {
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

/** Why: streams work line by line, so the lines of a value that spans several are secrets of their own. */
function linesAndWhole(value: string): readonly string[] {
  return value.includes("\n") ? value.split("\n").filter((line) => line.length >= shortestUnnamed) : [value];
}

function escapeLiteral(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
}

class LineStream implements RedactionStream {
  readonly #pattern: RegExp;
  readonly #longestLine: number;
  readonly #overlap: number;
  #carry = "";
  #inKey = false;

  constructor(pattern: RegExp, longestValue: number, options: StreamOptions = {}) {
    this.#pattern = pattern;
    this.#overlap = Math.max(options.overlap ?? 16_384, longestValue);
    this.#longestLine = Math.max(options.longestLine ?? 131_072, this.#overlap * 2);
  }

  push(piece: string): string {
    const text = this.#carry + piece;
    const end = text.lastIndexOf("\n") + 1;
    this.#carry = text.slice(end);
    const lines = this.#lines(text.slice(0, end));
    return this.#carry.length > this.#longestLine ? lines + this.#stretch() : lines;
  }

  end(): string {
    const rest = this.#carry;
    this.#carry = "";
    return this.#lines(rest);
  }

  /** Gives the part of an endless line in which no secret can begin that ends behind it. */
  #stretch(): string {
    let cut = this.#carry.length - this.#overlap;
    for (const match of this.#carry.matchAll(this.#pattern)) {
      const end = match.index + match[0].length;
      if (match.index < cut && end > cut) cut = match.index === 0 ? end : match.index;
    }
    const text = this.#carry.slice(0, cut);
    this.#carry = this.#carry.slice(cut);
    return this.#plain(text);
  }

  #lines(text: string): string {
    if (!this.#inKey && !text.includes("-----BEGIN")) return this.#plain(text);
    const lines = text.split("\n");
    let result = "";
    for (const [index, line] of lines.entries()) {
      const shown = this.#line(line);
      if (shown !== undefined) result += index < lines.length - 1 ? `${shown}\n` : shown;
    }
    return result;
  }

  /** One line, with private keys left out; undefined when the whole line is part of one. */
  #line(line: string): string | undefined {
    let rest = line;
    if (this.#inKey) {
      const end = keyEnd.exec(line);
      if (end === null && line.length <= longestKeyLine && keyLine.test(line)) return line === "" ? "" : undefined;
      this.#inKey = false;
      if (end !== null) rest = line.slice(end.index + end[0].length);
    }
    let shown = "";
    for (let begin = keyBegin.exec(rest); begin !== null; begin = keyBegin.exec(rest)) {
      shown += this.#plain(rest.slice(0, begin.index)) + redacted;
      const key = rest.slice(begin.index);
      const end = keyEnd.exec(key);
      this.#inKey = end === null;
      if (end === null) return shown;
      rest = key.slice(end.index + end[0].length);
    }
    return shown + this.#plain(rest);
  }

  #plain(text: string): string {
    return text.replace(this.#pattern, redacted);
  }
}
