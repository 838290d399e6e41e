import type { LinkStatus } from "#model/trace";
import { escapeControls, oneLine } from "./escape.ts";
import type { Paint } from "./paint.ts";

/** A document or element as `trace --json` prints it. */
export interface ShownNode {
  readonly id: string;
  readonly type?: string;
  readonly layer?: number;
  readonly path: string;
  readonly line: number;
  readonly title?: string;
}

/** A link as `trace --json` prints it. */
export interface ShownLink {
  readonly from: string;
  readonly to: string;
  readonly tag: string;
  readonly status: LinkStatus;
  readonly derivation?: string;
  readonly direction: "upstream" | "downstream";
  /** The step goes from a node to its parent; other links repeat what follows from parents. */
  readonly chain: boolean;
  readonly path: string;
  readonly line: number;
}

/** Where the chain ends too early. */
export interface ShownBreak {
  readonly direction: "upstream" | "downstream";
  /** The node at which it ends. */
  readonly at: string;
  readonly tag: string;
  /** What the link names that leads nowhere; absent when there is no such link. */
  readonly to?: string;
  readonly status: LinkStatus;
  readonly path: string;
  readonly line: number;
  /** What may have been meant. */
  readonly near?: readonly string[];
}

/** A node with everything it leads to and everything that leads to it. */
export interface ShownTrace {
  readonly root: string;
  readonly nodes: readonly ShownNode[];
  readonly links: readonly ShownLink[];
  readonly brokenAt?: ShownBreak;
}

/** The chain above and below a node as trees, then the first hop that is broken. */
export function renderTracePage(trace: ShownTrace, paint: Paint, width: number): string {
  const nodes = new Map(trace.nodes.map((node) => [node.id, node]));
  const root = nodes.get(trace.root);
  const title = root?.title === undefined ? "" : `  ${oneLine(root.title, Math.max(20, width - 40))}`;
  const place = root === undefined ? "" : `  ${paint.dim(escapeControls(`${root.path}:${root.line}`))}\n`;
  return [
    `${paint.bold(escapeControls(trace.root))}${title}\n${place}`,
    section("upstream", "from what it follows", treeOf(trace, "upstream", nodes, paint)),
    section("downstream", "what follows from it", treeOf(trace, "downstream", nodes, paint)),
    breakText(trace.brokenAt, paint),
  ].join("");
}

function section(name: string, meaning: string, lines: readonly string[]): string {
  return lines.length === 0 ? `\n${name}: nothing\n` : `\n${name} (${meaning})\n${lines.join("\n")}\n`;
}

interface Branch {
  readonly id: string;
  readonly link: ShownLink | undefined;
  readonly depth: number;
}

/** Lines of one tree, with a stack of its own; what stood above is not shown again. */
function treeOf(
  trace: ShownTrace,
  direction: ShownLink["direction"],
  nodes: ReadonlyMap<string, ShownNode>,
  paint: Paint,
): readonly string[] {
  const branches = branchesOf(trace, direction);
  const lines: TreeLine[] = [];
  const shown = new Set<string>();
  const stack: Branch[] = [{ id: trace.root, link: undefined, depth: 0 }];
  for (let branch = stack.pop(); branch !== undefined; branch = stack.pop()) {
    const again = shown.has(branch.id);
    if (branch.link !== undefined) {
      const isPlain = again && branch.link.status === "exact";
      lines.push({ ...branch, text: lineOf(branch, nodes, again, paint), isPlain });
    }
    if (again) continue;
    shown.add(branch.id);
    const next = branches.get(branch.id) ?? [];
    for (const { id, link } of [...next].reverse()) stack.push({ id, link, depth: branch.depth + 1 });
  }
  return folded(lines);
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

/** The nodes that each node leads to in one direction, each once. A document stands for elements that are named. */
function branchesOf(
  trace: ShownTrace,
  direction: ShownLink["direction"],
): ReadonlyMap<string, readonly { readonly id: string; readonly link: ShownLink }[]> {
  const branches = new Map<string, { readonly id: string; readonly link: ShownLink }[]>();
  const add = (from: string, id: string, link: ShownLink): void => {
    const known = branches.get(from);
    if (known === undefined) branches.set(from, [{ id, link }]);
    else if (!known.some((branch) => branch.id === id)) known.push({ id, link });
  };
  for (const link of trace.links) {
    if (link.direction !== direction || !link.chain) continue;
    if (direction === "upstream") add(link.from, link.to, link);
    else {
      add(link.to, link.from, link);
      // Why: of a document, what names its elements is shown too.
      if (link.to.startsWith(`${trace.root}:`)) add(trace.root, link.from, link);
    }
  }
  return branches;
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

function breakText(broken: ShownBreak | undefined, paint: Paint): string {
  if (broken === undefined) return "\nThe chain is whole.\n";
  const place = paint.dim(escapeControls(`${broken.path}:${broken.line}`));
  const near = broken.near ?? [];
  const meant = near.length === 0 ? "" : ` Did you mean ${escapeControls(near.join(" or "))}?`;
  return `\nFirst broken hop: ${escapeControls(sentenceOf(broken))}.${meant}\n  ${place}\n`;
}

function sentenceOf({ direction, at, tag, to, status }: ShownBreak): string {
  if (to !== undefined) return `${at} names @${tag}: ${to}, which is ${status}`;
  return direction === "upstream" ? `${at} leads to no @${tag}` : `no ${tag} names ${at}`;
}
