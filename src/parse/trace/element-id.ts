import type { Profile } from "#profile/profile";
import { hashFactor } from "./string-pool.ts";
import type { TagScanner } from "./tag-scanner.ts";
import type { TagWords } from "./tag-words.ts";
import type { TextCodes } from "./text-codes.ts";
import { none, type TraceBuilder, type TraceSubject } from "./trace-builder.ts";

const form = /^[A-Z][A-Z0-9]*(?:[-_][A-Z][A-Z0-9]*)*[-_]\d+(?:[.-]\d+)*[a-z]?$/;
const colon = 58;

/** Finds the id of an element at a place where one may be defined. */
export class ElementIdReader {
  /** What `read` found: its element, a number of the pool, and its place. */
  element: number = none;
  start = 0;
  end = 0;
  readonly #words: TagWords;
  readonly #codes: TextCodes;
  readonly #builder: TraceBuilder;
  readonly #standards: ReadonlySet<string>;
  readonly #own: ReadonlyMap<string, readonly string[]>;
  /** The document's own id, a number of the pool, and the words of ids that are its elements all the same. */
  #document = none;
  #ids: readonly string[] = [];
  /** By the number of a word: 1 for an element's id, 2 for none, 0 for one that was not asked for yet. */
  #told = new Uint8Array(16);

  constructor(profile: Profile, { words, codes }: TagScanner, builder: TraceBuilder) {
    this.#words = words;
    this.#codes = codes;
    this.#builder = builder;
    this.#standards = new Set(profile.trace.standards);
    this.#own = new Map(profile.trace.elements.map(({ type, ids }) => [type, ids]));
  }

  /** Sets the document that is read. */
  begin({ type, id }: TraceSubject): void {
    this.#document = id === undefined ? none : this.#builder.pool.internWord(id);
    this.#ids = this.#own.get(type ?? "") ?? [];
  }

  /** True when the value is the document's own id and no more. */
  isOwn(value: number): boolean {
    return this.#document >= 0 && this.#words.document(value) === this.#document && this.#words.element(value) < 0;
  }

  /** True when the text at `from` begins with the document's own id; it ends at `end` then. */
  isOwnAt(text: string, from: number, end: number): boolean {
    let after = from;
    while (after < end && isIdSign(text.charCodeAt(after)) && text.charCodeAt(after) !== colon) after++;
    if (after === from || !this.isOwn(this.#builder.pool.intern(text, from, after))) return false;
    this.end = after;
    return true;
  }

  /** Reads an id at `from`: `FR-030`, `EARS-012:EVENT-001` in EARS-012; ids of documents are none, whoever's. */
  read(text: string, from: number, end: number): boolean {
    const first = text.charCodeAt(from);
    if (!(first >= 65 && first <= 90)) return false;
    const codes = this.#codes.of(text);
    const { pool } = this.#builder;
    let after = from;
    let digits = false;
    let sum = pool.seed;
    let hash = sum;
    let at = from;
    for (; at < end; at++) {
      const code = codes[at] as number;
      if (!isIdSign(code)) break;
      sum = Math.imul(sum ^ code, hashFactor);
      if (isTrailing(code)) continue;
      digits ||= code >= 48 && code <= 57;
      after = at + 1;
      hash = sum;
    }
    if (!digits || (at < end && codes[at] === 128 && isLetterBeyondAscii(text, at))) return false;
    return this.#take(text, from, after, pool.internCodes(text, codes, from, after, hash));
  }

  #take(text: string, from: number, after: number, value: number): boolean {
    const { pool } = this.#builder;
    const document = this.#words.document(value);
    if (document < 0) return this.#takeElement(text, from, after, value);
    const element = this.#words.element(value);
    if (element < 0) return this.#takeDocument(text, from, after);
    if (document !== this.#document) return false;
    const size = pool.string(element).length;
    this.element = element;
    this.end = after;
    this.start = after - size;
    // Why: an element may be cut short where the value holds more than its signs.
    if (pool.intern(text, this.start, after) !== element) return false;
    return true;
  }

  /** What has the form of a document's id is an element only where the type says so. */
  #takeDocument(text: string, from: number, after: number): boolean {
    const type = /^[A-Z]+/.exec(text.slice(from, Math.min(after, from + 20)))?.[0] ?? "";
    return this.#ids.includes(type) && this.#set(text, from, after);
  }

  /** What stands before a colon may be an element, too. */
  #takeElement(text: string, from: number, end: number, value: number): boolean {
    const after = firstColon(text, from, end);
    const element = after === end ? value : this.#builder.pool.intern(text, from, after);
    if (!this.#isElement(element)) return false;
    this.element = element;
    this.start = from;
    this.end = after;
    return true;
  }

  /** True for a word that has the form of an element's id. Why: the same few ids stand in every document, so each is told once. */
  #isElement(number: number): boolean {
    if (number >= this.#told.length) this.#told = longer(this.#told, number);
    if (this.#told[number] === 0) this.#told[number] = this.#hasForm(this.#builder.pool.string(number)) ? 1 : 2;
    return this.#told[number] === 1;
  }

  #hasForm(word: string): boolean {
    return word.length <= 60 && form.test(word) && !this.#standards.has(/^[A-Z]+/.exec(word)?.[0] ?? "");
  }

  #set(text: string, from: number, after: number): boolean {
    this.element = this.#builder.pool.intern(text, from, after);
    this.start = from;
    this.end = after;
    return true;
  }
}

function longer(cells: Uint8Array<ArrayBuffer>, least: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.max(least + 1, cells.length * 2));
  larger.set(cells);
  return larger;
}

function firstColon(text: string, from: number, after: number): number {
  for (let at = from; at < after; at++) if (text.charCodeAt(at) === colon) return at;
  return after;
}

/** Letters, digits and `. - _ :`. */
function isIdSign(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 45 && code <= 58 && code !== 47) ||
    code === 95
  );
}

function isTrailing(code: number): boolean {
  return code === colon || code === 46 || code === 45 || code === 95;
}

function isLetterBeyondAscii(text: string, at: number): boolean {
  return /[\p{L}\p{N}]/u.test(text.charAt(at));
}
