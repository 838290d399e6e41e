import type { Paint } from "./paint.ts";
import { escapeControls } from "./escape.ts";
import type { ShownLink, ShownNode, ShownTrace } from "./shown-trace.ts";

interface Branch {
  readonly id: string;
  readonly link: ShownLink | undefined;
  readonly depth: number;
}

/** How much of a tree is shown. */
export interface TreeBounds {
  /** Most branches below one node. */
  readonly children: number;
  /** Most nodes; lines that only repeat a node do not count. */
  readonly nodes: number;
}

/** What lies in one direction of a node. */
export interface TraceTree {
  readonly lines: readonly string[];
  /** Nodes of the chain, and how many of them are not shown. */
  readonly reached: number;
  readonly left: number;
  /** Nodes that links lead to, and no chain. */
  readonly beside: number;
}

/** The chain in one direction as a tree, within bounds. What stood above is not shown again. */
export function traceTree(
  trace: ShownTrace,
  direction: ShownLink["direction"],
  paint: Paint,
  bounds: TreeBounds,
): TraceTree {
  const nodes = new Map(trace.nodes.map((node) => [node.id, node]));
  const branches = branchesOf(trace, direction);
  const reached = new Set([trace.root]);
  for (const id of reached) for (const branch of branches.get(id) ?? []) reached.add(branch.id);
  const { lines, shown } = linesOf(trace.root, branches, nodes, { paint, bounds });
  const linked = trace.links.filter((link) => link.direction === direction).flatMap(({ from, to }) => [from, to]);
  const beside = new Set(linked.filter((id) => nodes.has(id) && !reached.has(id) && !isOwn(id, trace.root)));
  return { lines: folded(lines), reached: reached.size - 1, left: reached.size - shown.size, beside: beside.size };
}

/** Why: a document holds its elements, they are no others; so does an element's document. */
function isOwn(id: string, root: string): boolean {
  return id === root || id.startsWith(`${root}:`) || root.startsWith(`${id}:`);
}

/** Lines of a tree, with a stack of its own. */
function linesOf(
  root: string,
  branches: Branches,
  nodes: ReadonlyMap<string, ShownNode>,
  { paint, bounds }: { readonly paint: Paint; readonly bounds: TreeBounds },
): { readonly lines: readonly TreeLine[]; readonly shown: ReadonlySet<string> } {
  const lines: TreeLine[] = [];
  const shown = new Set<string>();
  const stack: (Branch | TreeLine)[] = [{ id: root, link: undefined, depth: 0 }];
  for (let branch = stack.pop(); branch !== undefined && shown.size <= bounds.nodes; branch = stack.pop()) {
    if ("text" in branch) {
      lines.push(branch);
      continue;
    }
    const again = shown.has(branch.id);
    if (branch.link !== undefined) {
      const isPlain = again && branch.link.status === "exact";
      lines.push({ ...branch, text: lineOf(branch, nodes, again, paint), isPlain });
    }
    if (again) continue;
    shown.add(branch.id);
    const depth = branch.depth + 1;
    const next = branches.get(branch.id) ?? [];
    // Why: a line that tells of one more takes as much as that one.
    const most = next.length > bounds.children + 1 ? bounds.children : next.length;
    if (most < next.length) stack.push(moreLine(next.length - most, depth));
    for (const { id, link } of next.slice(0, most).reverse()) stack.push({ id, link, depth });
  }
  return { lines, shown };
}

function moreLine(count: number, depth: number): TreeLine {
  return { id: "", link: undefined, depth, text: `${"  ".repeat(depth)}and ${count} more`, isPlain: false };
}

/** A line of a tree. */
interface TreeLine extends Branch {
  readonly text: string;
  /** It only repeats what stands above, and there is nothing else to say of it. */
  readonly isPlain: boolean;
}

/** Runs of lines that only repeat what stands above are one line: the first two ids, and how many more. */
function folded(lines: readonly TreeLine[]): readonly string[] {
  const result: string[] = [];
  for (let at = 0; at < lines.length; ) {
    const line = lines[at];
    if (line === undefined) break;
    let after = at + 1;
    while (line.isPlain && lines[after]?.isPlain === true && lines[after]?.depth === line.depth) after++;
    const run = lines.slice(at, after);
    if (run.length < 4) for (const one of run) result.push(one.text);
    else {
      const named = run.slice(0, 2).map(({ id }) => escapeControls(id));
      result.push(`${"  ".repeat(line.depth)}${named.join(", ")} and ${run.length - 2} more  (see above)`);
    }
    at = after;
  }
  return result;
}

type Branches = ReadonlyMap<string, readonly { readonly id: string; readonly link: ShownLink }[]>;

/** The nodes that each node leads to in one direction, each once. A document stands for elements that are named and follow from the same. */
function branchesOf(trace: ShownTrace, direction: ShownLink["direction"]): Branches {
  const branches = new Map<string, Map<string, { readonly id: string; readonly link: ShownLink }>>();
  const add = (from: string, id: string, link: ShownLink): void => {
    const known = branches.get(from) ?? new Map<string, { readonly id: string; readonly link: ShownLink }>();
    branches.set(from, known);
    if (!known.has(id)) known.set(id, { id, link });
  };
  for (const link of trace.links) {
    if (link.direction !== direction || !link.chain) continue;
    if (direction === "upstream") add(link.from, link.to, link);
    else add(link.under ?? link.to, link.from, link);
  }
  return new Map([...branches].map(([from, known]) => [from, [...known.values()]]));
}

function lineOf(
  { id, link, depth }: Branch,
  nodes: ReadonlyMap<string, ShownNode>,
  again: boolean,
  paint: Paint,
): string {
  const node = nodes.get(id);
  const place = node === undefined ? "" : `  ${paint.dim(escapeControls(`${node.path}:${node.line}`))}`;
  return `${"  ".repeat(depth)}${escapeControls(id)}${howText(link, paint)}${again ? "  (see above)" : place}`;
}

function howText(link: ShownLink | undefined, paint: Paint): string {
  if (link === undefined || link.status === "exact") return "";
  if (link.status === "derived") return `  ${paint.dim(`by ${link.derivation ?? "derivation"}`)}`;
  if (link.status === "document-only") return `  ${paint.dim("names no element")}`;
  return `  ${paint.red(`@${escapeControls(link.tag)} ${link.status}`)}`;
}
