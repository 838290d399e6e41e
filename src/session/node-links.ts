import type { LinkList, TraceGraph } from "#graph/graph";
import type { ExportedLink } from "#render/exported-item";

/** The links of all documents by both of their ends, without an object for each: those are made when a node is asked for. */
export class NodeLinks {
  readonly #graph: TraceGraph;
  readonly #lists: readonly LinkList[];
  readonly #out: Places;
  readonly #in: Places;

  constructor(graph: TraceGraph) {
    this.#graph = graph;
    this.#lists = graph.paths().map((path) => graph.linksOf(path));
    this.#out = placesOf(this.#lists, "from");
    this.#in = placesOf(this.#lists, "to");
  }

  /** True for a node that links to something, or is linked to. */
  has(node: number): boolean {
    return lengthOf(this.#out, node) > 0 || lengthOf(this.#in, node) > 0;
  }

  /** What a node links to, as it is written; what is written twice counts once. */
  outOf(node: number): readonly ExportedLink[] {
    const links = this.#placesAt(this.#out, node).map(([list, index]) => {
      const { to, tag, status } = list.at(index);
      return { id: to, tag, status };
    });
    return withoutRepeats(links);
  }

  /** What links to a node, in the order that a rank gives to nodes, then by tag. */
  into(node: number, rankOf: (node: number) => number): readonly ExportedLink[] {
    const links = this.#placesAt(this.#in, node).map(([list, index]) => {
      const from = list.from(index);
      return { rank: rankOf(from), id: this.#graph.idOf(from), tag: list.tag(index), status: list.status(index) };
    });
    links.sort((a, b) => a.rank - b.rank || compare(a.id, b.id) || compare(a.tag, b.tag));
    return withoutRepeats(links.map(({ id, tag, status }) => ({ id, tag, status })));
  }

  #placesAt({ starts, lists, rows }: Places, node: number): readonly (readonly [LinkList, number])[] {
    const found: (readonly [LinkList, number])[] = [];
    for (let at = starts[node] ?? 0; at < (starts[node + 1] ?? 0); at++) {
      const list = this.#lists[lists[at] ?? -1];
      if (list !== undefined) found.push([list, rows[at] ?? -1]);
    }
    return found;
  }
}

/** Places of links, those of a node side by side, in order of path and row. */
interface Places {
  /** By node, where its places begin; they end where those of the next begin. */
  readonly starts: Int32Array;
  /** Number of the list a link stands in, and its row there. */
  readonly lists: Int32Array;
  readonly rows: Int32Array;
}

function placesOf(all: readonly LinkList[], end: "from" | "to"): Places {
  let highest = -1;
  for (const list of all) for (let row = 0; row < list.length; row++) highest = Math.max(highest, list[end](row));
  const starts = new Int32Array(highest + 2);
  for (const list of all) {
    for (let row = 0; row < list.length; row++) {
      const node = list[end](row);
      if (node >= 0) starts[node + 1] = (starts[node + 1] ?? 0) + 1;
    }
  }
  for (let node = 0; node <= highest; node++) starts[node + 1] = (starts[node + 1] ?? 0) + (starts[node] ?? 0);
  const count = starts[highest + 1] ?? 0;
  const [lists, rows, next] = [new Int32Array(count), new Int32Array(count), starts.slice()];
  for (const [number, list] of all.entries()) {
    for (let row = 0; row < list.length; row++) {
      const node = list[end](row);
      if (node < 0) continue;
      const at = next[node] ?? 0;
      [lists[at], rows[at], next[node]] = [number, row, at + 1];
    }
  }
  return { starts, lists, rows };
}

function lengthOf({ starts }: Places, node: number): number {
  return Math.max(0, (starts[node + 1] ?? 0) - (starts[node] ?? 0));
}

function withoutRepeats(links: readonly ExportedLink[]): readonly ExportedLink[] {
  const seen = new Set<string>();
  return links.filter(({ id, tag }) => {
    const key = `${tag} ${id}`;
    return !seen.has(key) && seen.add(key) !== undefined;
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
