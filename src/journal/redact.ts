import { type SecretFinder, createSecretFinder, redacted } from "./secret-finder.ts";
import { formsOf } from "./secret-values.ts";
import { keyBegin, keyCue, keyEnd, keyLine, longestMarker, longestShape, shapeContext } from "./token-shapes.ts";

/** Longest line that may stand inside a private key. */
const longestKeyLine = 256;

/** Removes secrets from text. */
export interface Redaction {
  /** The text without secrets. */
  text(text: string): string;
  /** A stream: what goes in over any number of pieces comes out without secrets, however it was cut. */
  stream(options?: StreamOptions): RedactionStream;
}

/** Pieces in, pieces out. */
export interface RedactionStream {
  /** Takes a piece and gives what is certain by now: whole lines. */
  push(piece: string): string;
  /** Gives the rest. */
  end(): string;
  /** Says that text was left out before the next piece, in which a secret may have begun. */
  skip(): void;
}

/** How much a stream holds back of a line without an end, in characters. */
export interface StreamOptions {
  readonly longestLine?: number;
  /** At least the length of the longest secret. */
  readonly overlap?: number;
}

/** A redaction of these values, in the forms they may take, and of all known token shapes. */
export function createRedaction(values: readonly string[]): Redaction {
  return redactionOf(values.flatMap(formsOf));
}

/** The same redaction for text that holds one byte per character. */
export function createByteRedaction(values: readonly string[]): Redaction {
  const encoder = new TextEncoder();
  return redactionOf(values.flatMap(formsOf).map((form) => binaryOf(encoder.encode(form))));
}

function redactionOf(forms: readonly string[]): Redaction {
  const finder = createSecretFinder(forms);
  const longest = forms.reduce((most, form) => Math.max(most, form.length), longestShape);
  const stream = (options?: StreamOptions): RedactionStream => new LineStream(finder, longest, options);
  return {
    stream,
    text: (text) => {
      const whole = stream();
      return whole.push(text) + whole.end();
    },
  };
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

/**
 * Redacts line by line. A line without an end is given in stretches, each cut where no secret can stand across; a private key may
 * go over any number of lines and stretches.
 */
class LineStream implements RedactionStream {
  readonly #finder: SecretFinder;
  readonly #longestLine: number;
  readonly #overlap: number;
  #carry = "";
  /** The line before ended inside a private key. */
  #inKey = false;
  /** A beginning of the present line was given already. */
  #isContinued = false;
  /** The end of what was given of the present line, for shapes that look at what stands before them. */
  #before = "";
  /** The present line is inside a private key that began in it. */
  #isDropping = false;
  /** What comes to the end of the line belongs to one whose beginning was left out. */
  #isInLine = false;

  constructor(finder: SecretFinder, longest: number, options: StreamOptions = {}) {
    this.#finder = finder;
    this.#overlap = options.overlap ?? longest + longestMarker;
    this.#longestLine = Math.max(options.longestLine ?? 131_072, this.#overlap * 2);
  }

  /** Why: the rest of a line may be the rest of a secret, and what looks like lines of a private key may be such. */
  skip(): void {
    this.#carry = "";
    this.#before = "";
    this.#isContinued = false;
    this.#isDropping = false;
    this.#inKey = true;
    this.#isInLine = true;
  }

  push(piece: string): string {
    if (this.#isInLine) {
      const next = piece.indexOf("\n") + 1;
      if (next === 0) return "";
      this.#isInLine = false;
      return this.push(piece.slice(next));
    }
    const text = this.#carry + piece;
    const end = text.lastIndexOf("\n") + 1;
    this.#carry = text.slice(end);
    const lines = end === 0 ? "" : this.#lines(text.slice(0, end));
    return this.#carry.length > this.#longestLine ? lines + this.#stretch() : lines;
  }

  end(): string {
    const rest = this.#carry;
    this.#carry = "";
    return this.#lines(rest);
  }

  #lines(text: string): string {
    if (!this.#inKey && !this.#isContinued && !keyCue.test(text)) return this.#plain(text);
    const lines = text.split("\n");
    let result = "";
    for (const [index, line] of lines.entries()) {
      const shown = this.#line(line);
      if (shown !== undefined) result += index < lines.length - 1 ? `${shown}\n` : shown;
    }
    return result;
  }

  /** The rest of one line, with private keys left out; undefined when the whole line is part of one. */
  #line(line: string): string | undefined {
    const isWhole = !this.#isContinued;
    if (isWhole && this.#inKey && isKeyLine(line)) return line === "" ? "" : undefined;
    let rest = isWhole ? this.#outOfKey(line) : line;
    let shown = "";
    for (;;) {
      if (this.#isDropping) {
        const end = keyEnd.exec(rest);
        if (end === null) break;
        rest = this.#behind(rest, end);
        this.#isDropping = false;
      }
      const begin = keyBegin.exec(rest);
      shown += this.#plain(begin === null ? rest : rest.slice(0, begin.index));
      if (begin === null) break;
      shown += redacted;
      rest = this.#behind(rest, begin);
      this.#isDropping = true;
    }
    this.#inKey = this.#isDropping;
    this.#isDropping = false;
    this.#isContinued = false;
    this.#before = "";
    return shown;
  }

  /** Gives the part of an endless line in which no secret can begin that ends behind it. */
  #stretch(): string {
    if (!this.#isContinued) this.#carry = this.#outOfKey(this.#carry);
    this.#isContinued = true;
    let shown = "";
    for (;;) {
      const marker = (this.#isDropping ? keyEnd : keyBegin).exec(this.#carry);
      if (marker === null) break;
      if (!this.#isDropping) shown += this.#plain(this.#carry.slice(0, marker.index)) + redacted;
      this.#carry = this.#behind(this.#carry, marker);
      this.#isDropping = !this.#isDropping;
    }
    if (!this.#isDropping) return shown + this.#certain();
    this.#carry = this.#carry.slice(-longestMarker);
    return shown;
  }

  /** What stands before the overlap, to the end of the last secret that begins there. */
  #certain(): string {
    const cut = this.#carry.length - this.#overlap;
    if (cut <= 0) return "";
    const { shown, end } = this.#finder.clean(this.#carry, this.#before, cut);
    this.#before = (this.#before + this.#carry.slice(0, end)).slice(-shapeContext);
    this.#carry = this.#carry.slice(end);
    return shown;
  }

  /** The line without what still belongs to the key that the lines before began. */
  #outOfKey(line: string): string {
    if (!this.#inKey) return line;
    this.#inKey = false;
    const end = keyEnd.exec(line.slice(0, longestKeyLine + longestMarker));
    return end === null ? line : this.#behind(line, end);
  }

  #behind(text: string, marker: RegExpExecArray): string {
    this.#before = "";
    return text.slice(marker.index + marker[0].length);
  }

  #plain(text: string): string {
    return this.#finder.clean(text, this.#before).shown;
  }
}

function isKeyLine(line: string): boolean {
  return line.length <= longestKeyLine && keyEnd.exec(line) === null && keyLine.test(line);
}
