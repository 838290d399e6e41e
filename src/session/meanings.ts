import type { TraceGraph } from "#graph/graph";
import { Meanings } from "#graph/meaning";
import { sourceText } from "./trace-documents.ts";
import type { Session } from "./session.ts";

/** Gives the text of a document; undefined for one that cannot be read. */
export type TextOf = (path: string) => string | undefined;

/** What documents and elements mean now, as digests. */
export class Digests {
  readonly #graph: TraceGraph;
  readonly #textOf: TextOf;
  readonly #sha256: (text: string) => string;
  readonly #known = new Map<number, string>();
  readonly #read = new Map<string, string>();

  constructor(graph: TraceGraph, textOf: TextOf, sha256: (text: string) => string) {
    this.#graph = graph;
    this.#textOf = textOf;
    this.#sha256 = sha256;
  }

  /** The digest of a document or element; undefined for what is not there. */
  of(id: string): string | undefined {
    const node = this.#graph.find(id);
    if (node === undefined) return undefined;
    let digest = this.#known.get(node);
    if (digest !== undefined) return digest;
    const paths = this.#graph.extentsOf(node).map(({ path }) => path);
    const wholes = paths.map((path) => this.#readAll(path));
    digest = this.#known.get(node) ?? this.#short(wholes.join("\n"));
    this.#known.set(node, digest);
    return digest;
  }

  /** Why: a file is read once, and then all that it defines is known; its text is not kept. */
  #readAll(path: string): string {
    const known = this.#read.get(path);
    if (known !== undefined) return known;
    const [trace, text] = [this.#graph.trace(path), this.#textOf(path)];
    const meanings = trace === undefined || text === undefined ? undefined : new Meanings(trace, text);
    const whole = this.#short(meanings?.of({ start: 0, end: Number.POSITIVE_INFINITY }) ?? "");
    this.#read.set(path, whole);
    for (const node of meanings === undefined ? [] : this.#graph.elementsOf(path)) {
      const place = this.#graph.extentsOf(node).find((one) => one.path === path);
      if (place !== undefined) this.#known.set(node, this.#short(meanings?.of(place) ?? ""));
    }
    return whole;
  }

  #short(text: string): string {
    return this.#sha256(text).slice(0, 32);
  }
}

/** What the documents of a workspace mean now. */
export function digestsOf(session: Session, graph: TraceGraph): Digests {
  return new Digests(
    graph,
    (path) => sourceText(session, path),
    (text) => session.host.hash.sha256(text),
  );
}
