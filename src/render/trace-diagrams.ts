import { counted } from "./layout.ts";
import type { ShownLink, ShownTrace } from "./shown-trace.ts";

/** Names of diagrams. */
export type DiagramFormat = "mermaid" | "dot";

/** The chain around a node as a diagram, from the first layer down. Of many links the nearest are drawn unless `all` is asked for. */
export const traceDiagrams: Readonly<Record<DiagramFormat, (trace: ShownTrace, all?: boolean) => string>> = {
  mermaid: renderMermaid,
  dot: renderDot,
};

/** True for the name of a diagram. */
export function isDiagramFormat(name: string): name is DiagramFormat {
  return Object.hasOwn(traceDiagrams, name);
}

/** Links that are drawn without `--all`: Mermaid refuses more than 500, and nobody can read them. */
const mostLinks = 300;

function renderMermaid(trace: ShownTrace, all = false): string {
  const { names, links, left } = diagramOf(trace, all);
  const lines = [...names].map(([id, name]) => `  ${name}["${mermaidText(id)}"]`);
  const arrows = links.map((link) => {
    const arrow = isBroken(link) ? `-. "@${link.tag} ${link.status}" .->` : link.status === "exact" ? "-->" : "-.->";
    return `  ${names.get(link.to)} ${arrow} ${names.get(link.from)}`;
  });
  if (left > 0) arrows.push(`  more["${leftText(left)}"]`);
  return `flowchart TD\n${[...lines, ...arrows, `  style ${names.get(trace.root)} stroke-width:3px`].join("\n")}\n`;
}

function renderDot(trace: ShownTrace, all = false): string {
  const { names, links, left } = diagramOf(trace, all);
  const lines = [...names].map(([id, name]) => {
    const bold = id === trace.root ? ", penwidth=3" : "";
    return `  ${name} [label="${dotText(id)}"${bold}];`;
  });
  const arrows = links.map((link) => {
    const style = isBroken(link)
      ? ` [style=dotted, label="@${link.tag} ${link.status}"]`
      : link.status === "exact"
        ? ""
        : " [style=dashed]";
    return `  ${names.get(link.to)} -> ${names.get(link.from)}${style};`;
  });
  if (left > 0) arrows.push(`  more [shape=plaintext, label="${leftText(left)}"];`);
  return `digraph trace {\n  node [shape=box];\n${[...lines, ...arrows].join("\n")}\n}\n`;
}

interface Diagram {
  /** Names of nodes in the diagram by id. */
  readonly names: ReadonlyMap<string, string>;
  readonly links: readonly ShownLink[];
  /** Links that are not drawn. */
  readonly left: number;
}

function leftText(left: number): string {
  return `and ${counted(left, "link")} more, drawn with --all`;
}

function diagramOf(trace: ShownTrace, all: boolean): Diagram {
  const unique = new Map<string, ShownLink>();
  for (const link of trace.links) if (link.chain) unique.set(`${link.from}\n${link.to}`, link);
  const links = all ? [...unique.values()] : nearest([...unique.values()]);
  const ids = new Set([trace.root, ...links.flatMap(({ from, to }) => [from, to])]);
  return { names: new Map([...ids].map((id, index) => [id, `n${index}`])), links, left: unique.size - links.length };
}

/** The first links of both directions, which are in the order of their distance; one direction has what the other leaves. */
function nearest(links: readonly ShownLink[]): readonly ShownLink[] {
  if (links.length <= mostLinks) return links;
  const [up, down] = (["upstream", "downstream"] as const).map((wanted) =>
    links.filter(({ direction }) => direction === wanted),
  ) as [ShownLink[], ShownLink[]];
  const upward = Math.max(mostLinks / 2, mostLinks - down.length);
  const kept = up.slice(0, upward);
  return [...kept, ...down.slice(0, mostLinks - kept.length)];
}

function isBroken({ status }: ShownLink): boolean {
  return status === "missing" || status === "ambiguous" || status === "upward";
}

/** Why: ids come from documents, and quotes or brackets would end a label. */
function mermaidText(id: string): string {
  return id.replace(/[^\p{L}\p{N} ._:/-]/gu, (char) => `#${char.codePointAt(0) ?? 0};`);
}

function dotText(id: string): string {
  return id.replace(/[\p{Cc}]/gu, " ").replace(/["\\]/gu, (char) => `\\${char}`);
}
