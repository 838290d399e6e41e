import type { TraceGraph } from "#graph/graph";
import { hasSameMeaning } from "#graph/same-meaning";
import { hasSameNames } from "#graph/same-names";
import type { DocumentTrace } from "#model/trace";
import type { Asked } from "./watched-graph.ts";

/** What a change of some documents has to do with. */
export class Touched {
  readonly #graph: TraceGraph;
  /** What the nodes of the changed documents led to before, by path. */
  readonly #before = new Map<string, Outgoing>();
  readonly #renamed = new Set<string>();
  /** Files of which anything may be something else now. */
  readonly #paths = new Set<string>();
  /** Files whose own text or rows are something else now. */
  readonly #read = new Set<string>();
  readonly #ids = new Set<string>();
  /** The changed documents themselves. */
  readonly #nodes = new Set<number>();
  readonly #below = new Set<number>();
  readonly #above = new Set<number>();

  constructor(graph: TraceGraph) {
    this.#graph = graph;
  }

  /** Notes a document before it changes. */
  before(trace: DocumentTrace, before: DocumentTrace): void {
    const { path, id } = trace;
    this.#paths.add(path);
    this.#read.add(path);
    if (hasSameMeaning(before, trace)) return;
    if (id !== undefined) this.#ids.add(id);
    if (!hasSameNames(before, trace)) this.#renamed.add(path);
    this.#before.set(path, this.#graph.outgoingOf(path));
    this.#addNeighbours(path);
  }

  /** Adds what a changed document has to do with now that all are changed. */
  after(path: string): void {
    const before = this.#before.get(path);
    if (before === undefined) return;
    const own = this.#graph.nodeAt(path, -1);
    const changed = changedNodes(before, this.#graph.outgoingOf(path));
    // Why: what leads to a changed node led there before; where a name changed, whoever names the document may have led to it.
    const namers = this.#renamed.has(path) && own !== undefined ? this.#graph.namersOf(own) : [];
    const ledTo = changed.flatMap((node) => targetsIn(before.get(node) ?? []));
    const self = own === undefined ? [] : [own];
    const below = this.#graph.regionBelow([...self, ...changed, ...namers]);
    const above = this.#graph.regionAbove([...self, ...changed, ...ledTo, ...namers]);
    for (const node of below) this.#below.add(node);
    for (const node of above) this.#above.add(node);
    this.#addPaths(below);
    this.#addPaths(above);
    this.#addNeighbours(path);
  }

  #addNeighbours(path: string): void {
    const node = this.#graph.nodeAt(path, -1);
    if (node === undefined) return;
    const near = this.#graph.neighboursOf(node);
    this.#nodes.add(node);
    for (const one of near) this.#above.add(one);
    this.#addPaths(near);
    if (!this.#renamed.has(path)) return;
    // Why: whether their links lead anywhere is another thing now.
    for (const one of near) for (const file of this.#graph.holdersOf(one)) this.#read.add(file);
  }

  #addPaths(nodes: ReadonlySet<number>): void {
    for (const node of nodes) for (const path of this.#graph.holdersOf(node)) this.#paths.add(path);
  }

  /** True when what is said of a document may be something else now. */
  has(path: string, asked: Asked): boolean {
    if (this.#paths.has(path) || some(asked.paths, this.#read)) return true;
    if (this.#before.size === 0) return false;
    if (asked.whole || (asked.names && this.#renamed.size > 0)) return true;
    return (
      some(asked.ids, this.#ids) ||
      some(asked.nodes, this.#nodes) ||
      some(asked.chains, this.#below) ||
      some(asked.answers, this.#above)
    );
  }
}

type Outgoing = ReturnType<TraceGraph["outgoingOf"]>;

function changedNodes(before: Outgoing, now: Outgoing): readonly number[] {
  const nodes = new Set([...before.keys(), ...now.keys()]);
  return [...nodes].filter((node) => {
    const [one, other] = [before.get(node), now.get(node)];
    return one?.length !== other?.length || one?.some((number, at) => number !== other?.[at]) === true;
  });
}

/** Documents that links name, and where they lead. */
function targetsIn(rows: readonly number[]): readonly number[] {
  return rows.filter((number, at) => at % 4 < 2 && number >= 0);
}

function some<Value>(one: ReadonlySet<Value>, other: ReadonlySet<Value>): boolean {
  const [small, large] = one.size < other.size ? [one, other] : [other, one];
  for (const value of small) if (large.has(value)) return true;
  return false;
}
