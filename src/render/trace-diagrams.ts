import type { ShownLink, ShownTrace } from "./trace-page.ts";

/** Names of diagrams. */
export type DiagramFormat = "mermaid" | "dot";

/** The chain around a node as a diagram, from the first layer down. */
export const traceDiagrams: Readonly<Record<DiagramFormat, (trace: ShownTrace) => string>> = {
  mermaid: renderMermaid,
  dot: renderDot,
};

/** True for the name of a diagram. */
export function isDiagramFormat(name: string): name is DiagramFormat {
  return Object.hasOwn(traceDiagrams, name);
}

function renderMermaid(trace: ShownTrace): string {
  const { names, links } = diagramOf(trace);
  const lines = [...names].map(([id, name]) => `  ${name}["${mermaidText(id)}"]`);
  const arrows = links.map((link) => {
    const arrow = isBroken(link) ? `-. "@${link.tag} ${link.status}" .->` : link.status === "exact" ? "-->" : "-.->";
    return `  ${names.get(link.to)} ${arrow} ${names.get(link.from)}`;
  });
  return `flowchart TD\n${[...lines, ...arrows, `  style ${names.get(trace.root)} stroke-width:3px`].join("\n")}\n`;
}

function renderDot(trace: ShownTrace): string {
  const { names, links } = diagramOf(trace);
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
  return `digraph trace {\n  node [shape=box];\n${[...lines, ...arrows].join("\n")}\n}\n`;
}

interface Diagram {
  /** Names of nodes in the diagram by id. */
  readonly names: ReadonlyMap<string, string>;
  readonly links: readonly ShownLink[];
}

function diagramOf(trace: ShownTrace): Diagram {
  const unique = new Map<string, ShownLink>();
  for (const link of trace.links) if (link.chain) unique.set(`${link.from}\n${link.to}`, link);
  const links = [...unique.values()];
  const ids = new Set([trace.root, ...links.flatMap(({ from, to }) => [from, to])]);
  return { names: new Map([...ids].map((id, index) => [id, `n${index}`])), links };
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
