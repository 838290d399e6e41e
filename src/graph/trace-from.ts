import type { TraceLink } from "#model/trace";
import type { Adjacency } from "./adjacency.ts";
import { someAnswer } from "./answers.ts";
import { linkColumn } from "./artifact-entry.ts";
import type { Lineages } from "./closure.ts";
import type { Coverage } from "./coverage.ts";
import type { GraphState } from "./graph-state.ts";
import { linkAt } from "./link-view.ts";
import { statusOf } from "./link-status.ts";
import type { LinkPlace } from "./written-tags.ts";
import { WrittenTags } from "./written-tags.ts";

/** One step between two nodes. */
export interface TraceHop extends LinkPlace {
  readonly direction: "upstream" | "downstream";
  /** The node that names the other. */
  readonly from: number;
  /** The node that is named; -1 when the link leads nowhere. */
  readonly to: number;
  /** The step goes from a node to its parent; other steps repeat what follows from parents. */
  readonly chain: boolean;
  /**
   * Downstream, the node below which the other stands: the one that is named, or its document, where that is the root or leads to
   * what its element leads to.
   */
  readonly under?: number;
}

/** Where a chain ends too early. */
export interface BrokenHop {
  readonly direction: "upstream" | "downstream";
  /** The node at which it ends. */
  readonly node: number;
  /** Tag that leads nowhere, or that is not there. */
  readonly tag: string;
  /** The link that leads nowhere; absent when there is none. */
  readonly link?: TraceLink;
  /** Row of its tag in the document. */
  readonly row?: number;
}

/** Everything a node leads to, and everything that leads to it. */
export interface TraceFrom {
  readonly root: number;
  /** The root, then what lies upstream and what lies downstream, the nearest first. */
  readonly nodes: readonly number[];
  readonly hops: readonly TraceHop[];
  readonly brokenAt?: BrokenHop;
}

/** Walks the graph from a node in both directions, breadth first; cycles are no danger. */
export class Tracer {
  readonly #state: GraphState;
  readonly #adjacency: Adjacency;
  readonly #lineages: Lineages;
  readonly #coverage: Coverage;
  readonly #tags: WrittenTags;

  constructor(state: GraphState, adjacency: Adjacency, lineages: Lineages, coverage: Coverage) {
    this.#state = state;
    this.#adjacency = adjacency;
    this.#lineages = lineages;
    this.#coverage = coverage;
    this.#tags = new WrittenTags(state);
  }

  trace(root: number): TraceFrom {
    const hops: TraceHop[] = [];
    const upstream = walk(root, (node) => this.#up(node, hops));
    const downstream = walk(root, (node) => this.#down(node, root, hops));
    const brokenAt = this.#brokenUp(upstream) ?? this.#brokenDown(downstream, hops);
    return {
      root,
      nodes: [...new Set([...upstream, ...downstream])],
      hops,
      ...(brokenAt === undefined ? {} : { brokenAt }),
    };
  }

  #up(node: number, hops: TraceHop[]): readonly number[] {
    const parents = new Set(this.#lineages.parentsOf(node));
    this.#tags.load(node);
    const nearest = this.#lineages.typeOf(node) === undefined ? this.#nearestLayer() : undefined;
    const reached: number[] = [];
    for (let index = 0; index < this.#tags.length; index++) {
      const place = this.#tags.place(index);
      const to = this.#tags.to(index);
      if (place === undefined) continue;
      hops.push({
        direction: "upstream",
        ...place,
        from: node,
        to,
        chain: to < 0 || parents.has(to) || (nearest !== undefined && this.#layerOf(to) === nearest),
      });
      if (to >= 0) reached.push(to);
    }
    return reached;
  }

  /** Why: what is no artifact has no layer of its own, and still says what it follows from. */
  #nearestLayer(): number {
    let nearest = -1;
    for (let index = 0; index < this.#tags.length; index++) {
      const to = this.#tags.to(index);
      if (to >= 0) nearest = Math.max(nearest, this.#layerOf(to));
    }
    return nearest;
  }

  #layerOf(node: number): number {
    return this.#state.layers.layerOf(this.#state.nodes.artifactOf(node).type);
  }

  #down(node: number, root: number, hops: TraceHop[]): readonly number[] {
    const reached: number[] = [];
    const parents = new Set(this.#lineages.parentsOf(node));
    // Why: an element without tags of its own follows from what its document follows from; one with others does not.
    const follows = (other: number): boolean => this.#lineages.parentsOf(other).some((parent) => parents.has(parent));
    someAnswer(this.#state, this.#adjacency, node, (from, document, at) => {
      const to = document.links[at + linkColumn.to] ?? -1;
      const chain = this.#lineages.parentsOf(from).includes(to);
      const under = to === node || node === root || follows(to) ? node : to;
      hops.push({ direction: "downstream", document, at, from, to, chain, under });
      reached.push(from, to);
      return false;
    });
    return reached;
  }

  #brokenUp(nodes: readonly number[]): BrokenHop | undefined {
    for (const node of nodes) {
      const broken = this.#brokenLink(node) ?? this.#nothingUp(node);
      if (broken !== undefined) return broken;
    }
    return undefined;
  }

  /** The broken link of the nearest layer. */
  #brokenLink(node: number): BrokenHop | undefined {
    this.#tags.load(node);
    let [nearest, found] = [-1, undefined as LinkPlace | undefined];
    for (let index = 0; index < this.#tags.length; index++) {
      const place = this.#tags.place(index);
      const status = statusOf(this.#tags.column(index, linkColumn.status));
      const layer = this.#state.layers.layerOf(this.#tags.column(index, linkColumn.type));
      if (place === undefined || !isBroken.has(status) || layer <= nearest) continue;
      [nearest, found] = [layer, place];
    }
    if (found === undefined) return undefined;
    const link = linkAt(this.#state, found.document, found.at);
    const row = found.document.links[found.at + linkColumn.row] ?? -1;
    return { direction: "upstream", node, tag: link.tag, link, row };
  }

  #nothingUp(node: number): BrokenHop | undefined {
    const [parent] = this.#lineages.typeOf(node)?.parents ?? [];
    if (parent === undefined || this.#lineages.parentsOf(node).length > 0) return undefined;
    const facts = this.#state.layers.types[parent];
    return { direction: "upstream", node, tag: facts?.tag ?? facts?.type.toLowerCase() ?? "" };
  }

  /** The first node of the chain that a layer below should name and does not. */
  #brokenDown(nodes: readonly number[], hops: readonly TraceHop[]): BrokenHop | undefined {
    const onChain = new Set([nodes[0], ...hops.flatMap((hop) => (hop.chain ? [hop.from] : []))]);
    for (const node of nodes) {
      const type = onChain.has(node)
        ? this.#coverage.demandedOf(node).find((one) => !this.#coverage.isNamedBy(node, one))
        : undefined;
      const facts = this.#state.layers.types[this.#state.layers.numberOf(type)];
      if (facts !== undefined) return { direction: "downstream", node, tag: facts.tag ?? facts.type.toLowerCase() };
    }
    return undefined;
  }
}

const isBroken: ReadonlySet<string> = new Set(["missing", "ambiguous", "upward"]);

/** All nodes that can be reached, in the order in which they are. */
function walk(root: number, next: (node: number) => readonly number[]): readonly number[] {
  const seen = new Set([root]);
  for (const node of seen) for (const other of next(node)) seen.add(other);
  return [...seen];
}
