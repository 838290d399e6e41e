import { escapeControls, oneLine } from "./escape.ts";
import { counted } from "./layout.ts";
import type { Paint } from "./paint.ts";
import { sameIdLine } from "./same-id.ts";
import type { ShownBreak, ShownTrace } from "./shown-trace.ts";
import { type TraceTree, type TreeBounds, traceTree } from "./trace-tree.ts";

/** The chain above and below a node as trees, then the first hop that is broken. Large trees are cut short unless `all` is asked for. */
export function renderTracePage(trace: ShownTrace, paint: Paint, width: number, all = false): string {
  const nodes = new Map(trace.nodes.map((node) => [node.id, node]));
  const root = nodes.get(trace.root);
  const title = root?.title === undefined ? "" : `  ${oneLine(root.title, Math.max(20, width - 40))}`;
  const place = root === undefined ? "" : `  ${paint.dim(escapeControls(`${root.path}:${root.line}`))}\n`;
  const bounds = all ? unbounded : usual;
  return [
    `${paint.bold(escapeControls(trace.root))}${title}\n${place}`,
    root === undefined ? "" : sameIdLine(trace.root.replace(/:.*/su, ""), root.path, trace.sameId, paint),
    section("upstream", "from what it follows", traceTree(trace, "upstream", paint, bounds), trace.root),
    section("downstream", "what follows from it", traceTree(trace, "downstream", paint, bounds), trace.root),
    breakText(trace.brokenAt, paint),
  ].join("");
}

/** What is shown of a chain without `--all`: enough to see how it runs. */
const usual: TreeBounds = { children: 20, nodes: 200 };
const unbounded: TreeBounds = { children: Number.POSITIVE_INFINITY, nodes: Number.POSITIVE_INFINITY };

function section(name: string, meaning: string, { lines, left, reached, beside }: TraceTree, root: string): string {
  if (lines.length === 0) {
    // Why: links that only repeat what follows from parents need not be told; where there is no parent they are all there is.
    return `\n${name}: nothing${beside === 0 ? "" : ` in the chain; ${counted(beside, "other")} beside it: --json`}\n`;
  }
  const rest = left === 0 ? "" : `  ${left} of ${reached} are not shown: iplan trace ${asWord(root)} --all\n`;
  return `\n${name} (${meaning})\n${lines.join("\n")}\n${rest}`;
}

/** Why: the line is there to be copied into a shell. */
function asWord(id: string): string {
  const text = escapeControls(id);
  return /^[\w:./-]+$/u.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
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
