/** A place in a text: line and column from 1, `offset` in UTF-16 units from 0. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** A stretch of a text; `end` is exclusive. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** A stretch of a text by UTF-16 offsets alone; `end` is exclusive. Cheap; turned into a Range when shown. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A stretch of undecodable bytes: one U+FFFD at `offset` in the text stands for `length` bytes. */
interface Undecodable {
  readonly offset: number;
  readonly length: number;
}

/** A file that is UTF-8 throughout and holds no U+FFFD, so that its text is its bytes. */
export interface FileText {
  /** Byte order mark and line ends included. */
  readonly text: string;
  /** In bytes. */
  readonly size: number;
}

/** A document as it lies on disk: bytes, their text, and the ways between offsets, lines and bytes. */
export interface Source {
  /** Workspace-relative path with forward slashes. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** How many bytes there are; cheaper than to ask for them. */
  readonly size: number;
  /** Decoded text, byte order mark and line ends included; each undecodable sequence is one U+FFFD. */
  readonly text: string;
  readonly hasBom: boolean;
  /** UTF-16 offsets of undecodable sequences, ascending. */
  readonly undecodable: readonly number[];
  position(offset: number): Position;
  range(start: number, end: number): Range;
  /** The byte offset of a UTF-16 offset. Exact for every offset on a character border. */
  byteOffset(offset: number): number;
}

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Makes a Source from bytes. Never throws: what is not UTF-8 becomes U+FFFD and is remembered byte for byte. */
export function createSource(path: string, bytes: Uint8Array): Source {
  const decoded = decode(bytes);
  return new TextSource({ path, text: decoded.text, bytes, size: bytes.length, damage: decoded.undecodable });
}

/** Makes a Source of a file that was read as text; its bytes are made when they are asked for. */
export function createSourceOfText(path: string, { text, size }: FileText): Source {
  return new TextSource({ path, text, size, damage: [] });
}

/** Makes a Source from text, for tests and for documents that are not yet on disk. */
export function createSourceFromText(path: string, text: string): Source {
  return createSource(path, new TextEncoder().encode(text));
}

function decode(bytes: Uint8Array): { text: string; undecodable: readonly Undecodable[] } {
  try {
    return { text: strict.decode(bytes), undecodable: [] };
  } catch {
    return decodeDamaged(bytes);
  }
}

/** Decodes piece by piece: valid runs as they are, every other byte as one U+FFFD of length 1. */
function decodeDamaged(bytes: Uint8Array): { text: string; undecodable: readonly Undecodable[] } {
  const parts: string[] = [];
  const undecodable: Undecodable[] = [];
  let length = 0;
  let runStart = 0;
  let index = 0;
  const flush = (end: number): void => {
    if (end === runStart) return;
    const text = strict.decode(bytes.subarray(runStart, end));
    parts.push(text);
    length += text.length;
  };
  while (index < bytes.length) {
    const size = sequenceLength(bytes, index);
    if (size > 0) {
      index += size;
      continue;
    }
    flush(index);
    undecodable.push({ offset: length, length: 1 });
    parts.push("\uFFFD");
    length += 1;
    index += 1;
    runStart = index;
  }
  flush(index);
  return { text: parts.join(""), undecodable };
}

/** The length of the well-formed UTF-8 sequence at `index` (Unicode table 3-7), or 0. */
function sequenceLength(bytes: Uint8Array, index: number): number {
  const first = bytes[index] ?? 0;
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  const second = bytes[index + 1] ?? 0;
  if (first < 0xe0) return isContinuation(second) ? 2 : 0;
  if (first < 0xf0) {
    const low = first === 0xe0 ? 0xa0 : 0x80;
    const high = first === 0xed ? 0x9f : 0xbf;
    return second >= low && second <= high && isContinuation(bytes[index + 2] ?? 0) ? 3 : 0;
  }
  const low = first === 0xf0 ? 0x90 : 0x80;
  const high = first === 0xf4 ? 0x8f : 0xbf;
  const rest = isContinuation(bytes[index + 2] ?? 0) && isContinuation(bytes[index + 3] ?? 0);
  return second >= low && second <= high && rest ? 4 : 0;
}

function isContinuation(byte: number): boolean {
  return byte >= 0x80 && byte <= 0xbf;
}

interface SourceParts {
  readonly path: string;
  readonly text: string;
  /** Absent: those of the text, which is whole. */
  readonly bytes?: Uint8Array;
  readonly size: number;
  readonly damage: readonly Undecodable[];
}

class TextSource implements Source {
  readonly path: string;
  readonly size: number;
  readonly text: string;
  readonly hasBom: boolean;
  readonly undecodable: readonly number[];
  readonly #damage: readonly Undecodable[];
  #bytes: Uint8Array | undefined;
  #lines: Int32Array | undefined;
  #lineBytes: Int32Array | undefined;

  constructor({ path, text, bytes, size, damage }: SourceParts) {
    this.path = path;
    this.size = size;
    this.text = text;
    this.hasBom = text.charCodeAt(0) === 0xfeff;
    this.#bytes = bytes;
    this.#damage = damage;
    this.undecodable = damage.map((piece) => piece.offset);
  }

  get bytes(): Uint8Array {
    this.#bytes ??= new TextEncoder().encode(this.text);
    return this.#bytes;
  }

  position(offset: number): Position {
    const clamped = Math.max(0, Math.min(offset, this.text.length));
    const line = lineAt(this.#starts(), clamped);
    return { line: line + 1, column: clamped - (this.#starts()[line] ?? 0) + 1, offset: clamped };
  }

  range(start: number, end: number): Range {
    return { start: this.position(start), end: this.position(end) };
  }

  byteOffset(offset: number): number {
    if (this.size === this.text.length && this.#damage.length === 0) return offset;
    const clamped = Math.max(0, Math.min(offset, this.text.length));
    const starts = this.#starts();
    const line = lineAt(starts, clamped);
    const start = starts[line] ?? 0;
    return (this.#startBytes()[line] ?? 0) + this.#bytesBetween(start, clamped);
  }

  #starts(): Int32Array {
    this.#lines ??= lineStarts(this.text);
    return this.#lines;
  }

  #startBytes(): Int32Array {
    if (this.#lineBytes !== undefined) return this.#lineBytes;
    const starts = this.#starts();
    const result = new Int32Array(starts.length);
    for (let line = 1; line < starts.length; line++) {
      result[line] = (result[line - 1] ?? 0) + this.#bytesBetween(starts[line - 1] ?? 0, starts[line] ?? 0);
    }
    this.#lineBytes = result;
    return result;
  }

  #bytesBetween(start: number, end: number): number {
    let bytes = 0;
    for (let index = start; index < end; index++) {
      const unit = this.text.charCodeAt(index);
      if (unit < 0x80) bytes += 1;
      else if (unit < 0x800) bytes += 2;
      else if (unit >= 0xd800 && unit < 0xe000) bytes += 2;
      else if (unit === 0xfffd && this.#isDamage(index)) bytes += 1;
      else bytes += 3;
    }
    return bytes;
  }

  #isDamage(offset: number): boolean {
    let low = 0;
    let high = this.#damage.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const found = this.#damage[middle]?.offset ?? 0;
      if (found === offset) return true;
      if (found < offset) low = middle + 1;
      else high = middle - 1;
    }
    return false;
  }
}

/** Offsets at which lines start. A line ends with `\n`, `\r\n` or a lone `\r`, as in CommonMark. */
export function lineStarts(text: string): Int32Array {
  // Why: the engine finds the next line feed many times faster than a loop, and most texts hold nothing else that ends a line.
  return text.includes("\r") ? lineStartsOfAny(text) : lineStartsOfFeeds(text);
}

function lineStartsOfFeeds(text: string): Int32Array {
  let starts = new Int32Array(Math.max(16, text.length >> 4));
  let count = 1;
  for (let feed = text.indexOf("\n"); feed >= 0; feed = text.indexOf("\n", feed + 1)) {
    if (count === starts.length) starts = twiceAsLong(starts);
    starts[count++] = feed + 1;
  }
  return starts.slice(0, count);
}

function twiceAsLong(cells: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(cells.length * 2);
  larger.set(cells);
  return larger;
}

function lineStartsOfAny(text: string): Int32Array {
  const starts: number[] = [0];
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit === 10 || (unit === 13 && text.charCodeAt(index + 1) !== 10)) starts.push(index + 1);
  }
  return Int32Array.from(starts);
}

function lineAt(starts: Int32Array, offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** True for the name of a Markdown file. */
export function isMarkdownPath(path: string): boolean {
  return /\.(?:md|markdown)$/iu.test(path);
}
