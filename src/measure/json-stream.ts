import type { Json } from "#model/run";

/** Keys and indexes that lead to a value. */
export type JsonPath = readonly (string | number)[];

/** What a reader of JSON wants, and is told. */
export interface JsonListener {
  /** True for values that are wanted whole; what lies in them is not asked for again. */
  wants(path: JsonPath): boolean;
  value(path: JsonPath, value: Json): void;
}

interface Frame {
  readonly isList: boolean;
  /** The container that is built; absent where nothing is wanted. */
  readonly built: Record<string, Json> | Json[] | undefined;
  key: string | undefined;
  index: number;
}

/** Longer strings are cut: no figure is that long. */
const longestString = 16_384;
/** Parts of one wanted value that are kept. */
const mostParts = 200_000;
const deepest = 500;
const spaces = new Set([32, 9, 10, 13]);
const literals: Readonly<Record<string, Json>> = { true: true, false: false, null: null };

/**
 * Reads JSON that comes in pieces, and gives the wanted values whole as soon as they end. Damage ends the reading; what came before
 * stays given. Memory is that of the wanted value alone.
 */
export class JsonStream {
  readonly #listener: JsonListener;
  readonly #frames: Frame[] = [];
  readonly #path: (string | number)[] = [];
  #pending = "";
  #string: string | undefined;
  #escaped = false;
  /** Next backslash of the piece that is read. */
  #slash = -1;
  #done = false;
  #broken = false;
  #parts = 0;

  constructor(listener: JsonListener) {
    this.#listener = listener;
  }

  /** True when the text was one whole value. */
  get isWhole(): boolean {
    return this.#done && !this.#broken;
  }

  push(piece: string): void {
    if (this.#broken) return;
    const text = this.#pending === "" ? piece : this.#pending + piece;
    this.#pending = "";
    this.#slash = -1;
    let at = 0;
    while (at < text.length && !this.#broken) {
      if (this.#string !== undefined) at = this.#stringPart(text, at);
      else if (spaces.has(text.charCodeAt(at))) at++;
      else at = this.#token(text, at);
    }
  }

  /** Ends the text: a number at its very end is one. */
  end(): void {
    if (this.#pending !== "") this.push(" ");
  }

  #token(text: string, at: number): number {
    const sign = text[at] ?? "";
    if (sign === '"') {
      this.#string = "";
      return at + 1;
    }
    if (sign === "{" || sign === "[") this.#open(sign === "[");
    else if (sign === "}" || sign === "]") this.#close(sign === "]");
    else if (sign === ",") this.#next();
    else if (sign !== ":") return this.#literal(text, at);
    return at + 1;
  }

  #stringPart(text: string, from: number): number {
    let at = from;
    let start = from;
    if (this.#escaped) {
      this.#escaped = false;
      at++;
    }
    for (;;) {
      const quote = text.indexOf('"', at);
      const slash = this.#slashFrom(text, at);
      if (slash >= 0 && (quote < 0 || slash < quote)) {
        if (slash + 1 >= text.length) this.#escaped = true;
        at = slash + 2;
        if (at < text.length) continue;
      }
      const isEnd = quote >= 0 && quote >= at;
      const end = isEnd ? quote : text.length;
      const room = longestString - (this.#string?.length ?? 0);
      if (room > 0) this.#string += text.slice(start, Math.min(end, start + room));
      start = end;
      if (!isEnd) return text.length;
      const whole = this.#string ?? "";
      this.#string = undefined;
      this.#took(decoded(whole));
      return end + 1;
    }
  }

  /** Why: asked anew for every string, each search would go to the end of the piece. */
  #slashFrom(text: string, at: number): number {
    if (this.#slash < at) {
      const found = text.indexOf("\\", at);
      this.#slash = found < 0 ? Number.POSITIVE_INFINITY : found;
    }
    return Number.isFinite(this.#slash) ? this.#slash : -1;
  }

  /** A string was read: a key, or a value. */
  #took(text: string): void {
    const frame = this.#frames.at(-1);
    if (frame !== undefined && !frame.isList && frame.key === undefined) {
      frame.key = text;
      this.#path.push(text);
    } else this.#scalar(text);
  }

  #literal(text: string, at: number): number {
    let end = at;
    while (end < text.length && /[\w.+-]/u.test(text[end] ?? "")) end++;
    if (end === text.length && end - at < 64) {
      this.#pending = text.slice(at);
      return text.length;
    }
    const word = text.slice(at, end);
    const value = Object.hasOwn(literals, word) ? literals[word] : /^-?\d/u.test(word) ? Number(word) : undefined;
    if (value === undefined || Number.isNaN(value)) this.#broken = true;
    else this.#scalar(value);
    return Math.max(end, at + 1);
  }

  #scalar(value: Json): void {
    this.#begin();
    this.#finish(value, this.#frames.at(-1)?.built !== undefined);
  }

  /** Why: the place of an item of a list is known when it begins. */
  #begin(): void {
    const frame = this.#frames.at(-1);
    if (frame?.isList === true) this.#path.push(frame.index);
    else if (frame !== undefined && frame.key === undefined) this.#broken = true;
    if (this.#done) this.#broken = true;
  }

  #open(isList: boolean): void {
    this.#begin();
    const isInside = this.#frames.at(-1)?.built !== undefined;
    const isWanted = isInside || this.#listener.wants(this.#path);
    if (!isInside) this.#parts = 0;
    if (this.#frames.length >= deepest) this.#broken = true;
    this.#frames.push({ isList, built: isWanted ? (isList ? [] : {}) : undefined, key: undefined, index: 0 });
  }

  #close(isList: boolean): void {
    const frame = this.#frames.pop();
    if (frame === undefined || frame.isList !== isList) {
      this.#broken = true;
      return;
    }
    if (frame.built === undefined) this.#leave();
    else this.#finish(frame.built, this.#frames.at(-1)?.built !== undefined);
  }

  #finish(value: Json, isInside: boolean): void {
    const frame = this.#frames.at(-1);
    if (isInside && frame?.built !== undefined) {
      this.#parts++;
      if (this.#parts <= mostParts) put(frame.built, frame.key, value);
    } else if (typeof value === "object" && value !== null ? true : this.#listener.wants(this.#path)) {
      this.#listener.value([...this.#path], value);
    }
    this.#leave();
  }

  #leave(): void {
    const frame = this.#frames.at(-1);
    if (frame === undefined) this.#done = true;
    else this.#path.pop();
    if (frame !== undefined) frame.key = undefined;
  }

  #next(): void {
    const frame = this.#frames.at(-1);
    if (frame === undefined) this.#broken = true;
    else frame.index++;
  }
}

function put(built: Record<string, Json> | Json[], key: string | undefined, value: Json): void {
  if (Array.isArray(built)) built.push(value);
  // Why: a key of this name would change what the object is.
  else if (key !== undefined && key !== "__proto__") built[key] = value;
}

/** A cut string may end within an escape. */
function decoded(raw: string): string {
  if (!raw.includes("\\")) return raw;
  for (let cut = 0; cut <= 6; cut++) {
    try {
      return JSON.parse(`"${raw.slice(0, raw.length - cut).replace(/[\n\r\t]/gu, " ")}"`) as string;
    } catch {
      continue;
    }
  }
  return raw;
}
