import type { TraceFault } from "#model/trace";
import { type Alias, type Document, isAlias, isMap, isPair, isScalar, isSeq, type Node, parseAllDocuments } from "yaml";
import type { YamlRows } from "./yaml-rows.ts";

const deepest = 100;
const mostNodes = 1_000_000;

/** Reads YAML with the whole parser into the rows, and says what is wrong with it. Aliases are never expanded. */
export function readYamlInDepth(text: string, rows: YamlRows): readonly TraceFault[] {
  const tooDeep = findTooDeep(text);
  if (tooDeep >= 0) return [tooDeepAt(tooDeep)];
  try {
    return readDocuments(text, rows);
  } catch (error) {
    // Why: the parser goes down into what is nested by calling itself.
    if (error instanceof RangeError) return [tooDeepAt(0)];
    throw error;
  }
}

function tooDeepAt(start: number): TraceFault {
  return fault("too-deep", `it is nested deeper than ${deepest} levels`, start, start + 1);
}

function readDocuments(text: string, rows: YamlRows): readonly TraceFault[] {
  // Why: asking whether a key stands twice compares it with all others; `walk` asks a set.
  const documents = parseAllDocuments(text, { uniqueKeys: false, logLevel: "silent", prettyErrors: false });
  if (!Array.isArray(documents)) return [];
  const faults: TraceFault[] = [];
  const walk = new DepthWalk(text, rows, faults);
  for (const document of documents) {
    const [error] = document.errors;
    if (error !== undefined) faults.push(fault("yaml", firstLine(error.message), ...within(error.pos, text.length)));
    walk.document(document);
  }
  walk.comments();
  return faults.slice(0, 1);
}

/** Walks the documents of one text. */
class DepthWalk {
  readonly #text: string;
  readonly #rows: YamlRows;
  readonly #faults: TraceFault[];
  /** Nodes by anchor, with the number of nodes they stand for. */
  readonly #sizes = new Map<string, number>();
  /** Texts of several lines, in order. */
  readonly #texts: [start: number, end: number][] = [];

  constructor(text: string, rows: YamlRows, faults: TraceFault[]) {
    this.#text = text;
    this.#rows = rows;
    this.#faults = faults;
  }

  document({ contents }: Document): void {
    this.#sizes.clear();
    if (isNode(contents)) this.#node(contents);
  }

  /** Reads the lines that are comments: those with `#` first that are no text. */
  comments(): void {
    this.#rows.goBack();
    const form = /^[ \t]*#.*@.*$/gm;
    let next = 0;
    for (let match = form.exec(this.#text); match !== null; match = form.exec(this.#text)) {
      while ((this.#texts[next]?.[1] ?? Number.POSITIVE_INFINITY) <= match.index) next++;
      if ((this.#texts[next]?.[0] ?? Number.POSITIVE_INFINITY) <= match.index) continue;
      this.#rows.text(match.index + match[0].indexOf("#") + 1, match.index + match[0].length);
    }
  }

  /** Reads a node and returns for how many nodes it stands once aliases are followed. */
  #node(node: Node): number {
    const size = this.#inside(node);
    if (!isAlias(node) && node.anchor !== undefined) this.#sizes.set(node.anchor, size);
    if (size > mostNodes && this.#faults.length === 0) {
      const [start, end] = within(node.range ?? [0, 1], this.#text.length);
      const message = "its aliases stand for more than a million values";
      this.#faults.push(fault("alias-bomb", message, start, Math.min(end, start + 1)));
    }
    return size;
  }

  #inside(node: Node): number {
    if (isAlias(node)) return this.#sizes.get(node.source) ?? this.#unknown(node);
    if (isScalar(node)) return this.#scalar(node.range, node.type);
    if (isSeq(node)) return node.items.reduce<number>((sum, item) => sum + (isNode(item) ? this.#node(item) : 1), 1);
    return isMap(node) ? this.#map(node.items) : 1;
  }

  #unknown(node: Alias): number {
    const [start, end] = within(node.range ?? [0, 1], this.#text.length);
    if (this.#faults.length === 0)
      this.#faults.push(fault("yaml", `the alias *${node.source} has no anchor`, start, end));
    return 1;
  }

  #map(items: readonly unknown[]): number {
    const keys = new Set<string>();
    let size = 1;
    for (const item of items) {
      if (!isPair(item) || !isScalar(item.key) || item.key.range == null) continue;
      const [from, to] = item.key.range;
      const quoted = /^["']/.test(this.#text.charAt(from)) ? 1 : 0;
      const key = this.#text.slice(from + quoted, to - quoted);
      if (keys.has(key) && this.#faults.length === 0) {
        this.#faults.push(fault("yaml", `the key "${key}" stands twice in one map`, from, to));
      }
      keys.add(key);
      this.#rows.enter(from + quoted, Math.max(from + quoted, to - quoted));
      size += isNode(item.value) ? this.#node(item.value) : 1;
      const end = isNode(item.value) ? (item.value.range?.[1] ?? to) : to;
      this.#rows.leave(Math.max(to, end));
    }
    return size;
  }

  #scalar(range: Node["range"], type: string | undefined): number {
    if (range == null) return 1;
    const [start, end] = range;
    if (type === "BLOCK_LITERAL" || type === "BLOCK_FOLDED") this.#lines(this.#text.indexOf("\n", start), end);
    else {
      const quoted = type?.startsWith("QUOTE") === true ? 1 : 0;
      const text = this.#text.slice(start + quoted, end - quoted);
      if (text.includes("\n")) this.#lines(start + quoted - 1, end - quoted);
      else this.#rows.scalar(start + quoted, Math.max(start + quoted, end - quoted));
    }
    return 1;
  }

  #lines(feed: number, end: number): void {
    if (feed < 0) return;
    this.#texts.push([feed + 1, end]);
    for (let start = feed + 1; start > 0 && start < end; ) {
      const next = this.#text.indexOf("\n", start);
      const stop = next < 0 || next > end ? end : next;
      this.#rows.text(start, this.#text.charCodeAt(stop - 1) === 13 ? stop - 1 : stop);
      start = stop + 1;
    }
  }
}

function isNode(value: unknown): value is Node {
  return isAlias(value) || isScalar(value) || isSeq(value) || isMap(value);
}

/** Where brackets or dashes nest beyond all bounds; -1 where they do not. */
function findTooDeep(text: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 91 || code === 123) depth++;
    else if (code === 93 || code === 125) depth = Math.max(0, depth - 1);
    if (depth > deepest) return at;
  }
  return text.search(/(?:[-?:] ){100}/);
}

function within([from, to]: readonly number[], length: number): [number, number] {
  const start = Math.min(from ?? 0, length);
  return [start, Math.max(start, Math.min(to ?? start, length))];
}

function firstLine(message: string): string {
  return message.split("\n")[0]?.replace(/ at line \d+, column \d+:?$/, "") ?? message;
}

function fault(kind: TraceFault["kind"], message: string, start: number, end: number): TraceFault {
  return { kind, message, start, end };
}
