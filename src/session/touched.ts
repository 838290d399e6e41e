import type { TraceGraph } from "#graph/graph";
import { hasSameMeaning } from "#graph/same-meaning";
import { hasSameNames } from "#graph/same-names";
import { type DocumentTrace, mentionColumn, mentionWidth } from "#model/trace";
import { everything, idSubject, type MayDiffer, nameSubject } from "./asked.ts";
import type { Depends } from "./questions.ts";

type Outgoing = ReturnType<TraceGraph["outgoingOf"]>;

/** What a change of some documents has to do with: which questions may have other answers now. */
export class Touched {
  readonly #graph: TraceGraph;
  /** What the nodes of documents led to before, by path: of those that changed, and of those that name what was renamed. */
  readonly #before = new Map<string, Outgoing>();
  /** Files that were read again, and those whose rows may be others. */
  readonly #paths = new Set<string>();
  readonly #ids = new Set<string>();
  /** The changed documents, by node. */
  readonly #documents = new Set<number>();
  /** Nodes that changed rows lead to, or led to. */
  readonly #answers = new Set<number>();
  /** Documents that they lead to as a whole: what names one may answer for each of its elements. */
  readonly #wholes = new Set<number>();
  #below: ReadonlySet<number> = new Set();
  /** Elements of renamed documents before, by path, and the names that only one of both states has. */
  readonly #elements = new Map<string, readonly number[]>();
  readonly #names = new Set<string>();
  readonly #has: Readonly<Record<Depends, (about: never) => boolean>> = {
    chain: (about: number | string) => this.#hasChain(about),
    answers: (node: number) => this.#mayBeAnswered(node),
    node: (node: number) => this.#documents.has(this.#graph.documentOf(node)),
    path: (path: string) => this.#paths.has(path),
    id: (id: string) => this.#ids.has(idSubject(id)),
    names: () => this.#elements.size > 0,
    whole: () => this.#before.size > 0,
  };

  constructor(graph: TraceGraph) {
    this.#graph = graph;
  }

  /** Notes a document before it changes; false for a change that may have to do with everything. */
  before(trace: DocumentTrace, before: DocumentTrace): boolean {
    const { path } = trace;
    this.#paths.add(path);
    if (hasSameMeaning(before, trace)) return true;
    const own = this.#graph.nodeAt(path, -1);
    if (own === undefined || !isSameDocument(trace, before)) return false;
    this.#ids.add(idSubject(this.#graph.idOf(own)));
    this.#documents.add(own);
    const holders = this.#graph.holdersOf(own);
    for (const one of [path, ...holders]) this.#before.set(one, this.#graph.outgoingOf(one));
    this.#addMentioned(before);
    this.#addMentioned(trace);
    if (hasSameNames(before, trace)) return true;
    this.#elements.set(path, this.#graph.elementsOf(path));
    for (const one of holders) this.#paths.add(one);
    for (const one of this.#graph.namersOf(own)) {
      this.#paths.add(one);
      if (!this.#before.has(one)) this.#before.set(one, this.#graph.outgoingOf(one));
    }
    return true;
  }

  /** Follows the changes, now that all are made. */
  after(): void {
    const start = new Set<number>();
    for (const [path, before] of this.#before) {
      const now = this.#graph.outgoingOf(path);
      const changed = changedNodes(before, now);
      for (const node of changed) start.add(node);
      const own = this.#graph.nodeAt(path, -1);
      const isOwn = own !== undefined && this.#documents.has(own);
      if (changed.length === 0 && !isOwn) continue;
      // Why: the elements of a document have its tags, and it theirs.
      if (own !== undefined && changed.includes(own))
        for (const node of [...before.keys(), ...now.keys()]) start.add(node);
      for (const rows of [...before.values(), ...now.values()]) this.#addAnswers(rows);
    }
    for (const [path, before] of this.#elements) this.#addNames(before, this.#graph.elementsOf(path));
    this.#below = this.#graph.below([...start]);
  }

  #addNames(before: readonly number[], now: readonly number[]): void {
    const [known, left] = [new Set(before), new Set(now)];
    for (const node of [...known, ...left]) {
      if (known.has(node) && left.has(node)) continue;
      const id = this.#graph.idOf(node);
      this.#names.add(nameSubject(id.slice(this.#graph.idOf(this.#graph.documentOf(node)).length + 1)));
    }
  }

  /** Subjects of all questions that may have another answer. */
  subjects(): ReadonlySet<number | string> {
    const subjects = new Set<number | string>([...this.#paths, ...this.#ids, ...this.#names, ...this.#documents]);
    for (const nodes of [this.#below, this.#answers]) {
      for (const node of nodes) subjects.add(this.#graph.documentOf(node));
    }
    if (this.#before.size > 0) subjects.add(everything);
    return subjects;
  }

  readonly mayDiffer: MayDiffer = (depends, about) => this.#has[depends](about as never);

  #hasChain(about: number | string): boolean {
    const node = typeof about === "number" ? about : this.#graph.nodeAt(about, -1);
    if (typeof about === "string" && this.#paths.has(about)) return true;
    if (node === undefined) return false;
    if (this.#documents.has(this.#graph.documentOf(node))) return true;
    return this.#below.has(node);
  }

  #mayBeAnswered(node: number): boolean {
    const document = this.#graph.documentOf(node);
    return this.#answers.has(node) || this.#wholes.has(document) || this.#documents.has(document);
  }

  #addMentioned({ mentions, strings }: DocumentTrace): void {
    for (let at = mentionColumn.document; at < mentions.length; at += mentionWidth) {
      const node = this.#graph.named(strings[mentions[at] ?? -1] ?? "");
      if (node !== undefined) this.#answers.add(node);
    }
  }

  /** Adds what rows lead to, and the document of each. */
  #addAnswers(rows: readonly number[]): void {
    for (let at = 0; at < rows.length; at += 4) {
      const [named, to] = [rows[at] ?? -1, rows[at + 1] ?? -1];
      if (named >= 0) this.#answers.add(named);
      if (to >= 0) this.#answers.add(to);
      if (to >= 0 && to === named) this.#wholes.add(to);
    }
  }
}

/** Why: what kind of document it is decides what its links and those to it may be. */
function isSameDocument(one: DocumentTrace, other: DocumentTrace): boolean {
  return (
    one.id === other.id &&
    one.type === other.type &&
    one.part === other.part &&
    one.role === other.role &&
    one.template === other.template
  );
}

function changedNodes(before: Outgoing, now: Outgoing): readonly number[] {
  const nodes = new Set([...before.keys(), ...now.keys()]);
  return [...nodes].filter((node) => {
    const [one, other] = [before.get(node), now.get(node)];
    return one?.length !== other?.length || one?.some((number, at) => number !== other?.[at]) === true;
  });
}
