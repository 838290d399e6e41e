import type { Span } from "#model/source";

/** A value of a JSON file with its place. Remarks and trailing commas are understood, as editors' settings have them. */
export type JsonNode = JsonObject | JsonArray | JsonScalar;

/** An object; members in the order they stand. `start` is its brace. */
export interface JsonObject extends Span {
  readonly kind: "object";
  readonly members: readonly JsonMember[];
}

/** A name and its value. */
export interface JsonMember {
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: JsonNode;
}

/** An array. */
export interface JsonArray extends Span {
  readonly kind: "array";
  readonly items: readonly JsonNode[];
}

/** A text, number, truth or null. */
export interface JsonScalar extends Span {
  readonly kind: "scalar";
  readonly value: string | number | boolean | null;
}

/** A value to be written. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

/** Where and why a text is no JSON. */
export class JsonProblem extends Error {
  readonly offset: number;

  constructor(offset: number, message: string) {
    super(message);
    this.name = "JsonProblem";
    this.offset = offset;
  }
}

/** Values nested deeper are refused. */
const deepest = 100;

/** Reads a JSON text. Throws JsonProblem for what is none. */
export function readJson(text: string): JsonNode {
  return new JsonReader(text).whole();
}

/** The plain value of a node. */
export function jsonValue(node: JsonNode): JsonValue {
  if (node.kind === "scalar") return node.value;
  if (node.kind === "array") return node.items.map(jsonValue);
  const result: Record<string, JsonValue> = {};
  for (const { name, value } of node.members) {
    Object.defineProperty(result, name, { value: jsonValue(value), enumerable: true, configurable: true });
  }
  return result;
}

/** The offset behind blanks and remarks from a place on. Throws JsonProblem for a remark without an end. */
export function skipRemarks(text: string, from: number): number {
  let at = from;
  for (;;) {
    while (" \t\n\r\uFEFF".includes(text[at] ?? "x")) at += 1;
    if (text.startsWith("//", at)) {
      const end = text.indexOf("\n", at);
      at = end < 0 ? text.length : end;
    } else if (text.startsWith("/*", at)) {
      const end = text.indexOf("*/", at + 2);
      if (end < 0) throw new JsonProblem(at, "a remark has no end");
      at = end + 2;
    } else return at;
  }
}

const numberForm = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/uy;
const words: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null };

class JsonReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): JsonNode {
    this.#skip();
    if (this.#at === this.#text.length) throw new JsonProblem(this.#at, "there is nothing in it");
    const node = this.#value(0);
    this.#skip();
    if (this.#at < this.#text.length) throw new JsonProblem(this.#at, "something stands behind its end");
    return node;
  }

  #skip(): void {
    this.#at = skipRemarks(this.#text, this.#at);
  }

  #value(depth: number): JsonNode {
    if (depth > deepest) throw new JsonProblem(this.#at, "it is nested too deep");
    const start = this.#at;
    const char = this.#text[start];
    if (char === "{") return this.#object(depth);
    if (char === "[") return this.#array(depth);
    if (char === '"') return { kind: "scalar", value: this.#string(), start, end: this.#at };
    const word = Object.keys(words).find((each) => this.#text.startsWith(each, start));
    if (word !== undefined) {
      this.#at += word.length;
      return { kind: "scalar", value: words[word] ?? null, start, end: this.#at };
    }
    numberForm.lastIndex = start;
    const number = numberForm.exec(this.#text)?.[0];
    if (number === undefined) throw new JsonProblem(start, "a value is missing or written wrongly");
    this.#at += number.length;
    return { kind: "scalar", value: Number(number), start, end: this.#at };
  }

  #object(depth: number): JsonObject {
    const start = this.#at;
    const members: JsonMember[] = [];
    this.#entries("}", () => {
      const nameStart = this.#at;
      if (this.#text[nameStart] !== '"') throw new JsonProblem(nameStart, "a name in double quotes is missing");
      const name = this.#string();
      const nameSpan = { start: nameStart, end: this.#at };
      this.#skip();
      if (this.#text[this.#at] !== ":") throw new JsonProblem(this.#at, "a colon is missing behind a name");
      this.#at += 1;
      this.#skip();
      members.push({ name, nameSpan, value: this.#value(depth + 1) });
    });
    return { kind: "object", members, start, end: this.#at };
  }

  #array(depth: number): JsonArray {
    const start = this.#at;
    const items: JsonNode[] = [];
    this.#entries("]", () => items.push(this.#value(depth + 1)));
    return { kind: "array", items, start, end: this.#at };
  }

  /** Reads what stands between a bracket and its end, comma by comma. */
  #entries(close: string, read: () => void): void {
    const open = this.#at;
    this.#at += 1;
    for (;;) {
      this.#skip();
      if (this.#text[this.#at] === close) break;
      if (this.#at >= this.#text.length) throw new JsonProblem(open, "a bracket has no end");
      read();
      this.#skip();
      if (this.#text[this.#at] === close) break;
      if (this.#text[this.#at] !== ",") throw new JsonProblem(this.#at, "a comma or a closing bracket is missing");
      this.#at += 1;
    }
    this.#at += 1;
  }

  #string(): string {
    const start = this.#at;
    let at = start + 1;
    while (this.#text[at] !== '"') {
      const char = this.#text[at];
      if (char === undefined || char === "\n") throw new JsonProblem(start, "a text has no closing quote");
      at += char === "\\" ? 2 : 1;
    }
    this.#at = at + 1;
    try {
      return JSON.parse(this.#text.slice(start, this.#at)) as string;
    } catch {
      throw new JsonProblem(start, "a text has a character or an escape that JSON does not know");
    }
  }
}
