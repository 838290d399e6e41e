import { type DefinitionKind, type TraceRole, definitionColumn, definitionKind, definitionWidth } from "#model/trace";
import type { GraphState } from "./graph-state.ts";

/** A node as it is shown. */
export interface TraceNode {
  readonly node: number;
  /** `REQ-003`, `REQ-003:AC-001`, or the path of source. */
  readonly id: string;
  /** Id or path of its document. */
  readonly document: string;
  /** Element name; absent for a document as a whole. */
  readonly element?: string;
  /** Type word; absent for what is no artifact. */
  readonly type?: string;
  /** -1 for what is no artifact. */
  readonly layer: number;
  readonly role: TraceRole;
  readonly path: string;
  readonly title?: string;
  /** Site of an element. */
  readonly kind?: DefinitionKind;
  /** Place of the element's name in the document; 0 for a document as a whole. */
  readonly start: number;
  readonly end: number;
}

/** A node as it is shown; undefined for one that nothing defines. */
export function viewNode(state: GraphState, node: number): TraceNode | undefined {
  const site = state.nodes.siteOf(node);
  if (site === undefined) return undefined;
  const { trace, artifact } = site.document;
  const at = site.row * definitionWidth;
  const column = (name: number): number => (site.row < 0 ? -1 : (trace.definitions[at + name] ?? -1));
  const title = site.row < 0 ? trace.title : trace.strings[column(definitionColumn.title)];
  const { type } = artifact.holders[0]?.trace ?? trace;
  return {
    node,
    id: state.nodes.idOf(node),
    document: artifact.id,
    ...(site.row < 0
      ? {}
      : { element: state.nodes.nameOf(node), kind: column(definitionColumn.kind) as DefinitionKind }),
    ...(type === undefined ? {} : { type }),
    layer: state.layers.layerOf(artifact.type),
    role: trace.role,
    path: trace.path,
    ...(title === undefined || title === "" ? {} : { title }),
    start: Math.max(0, column(definitionColumn.start)),
    end: Math.max(0, column(definitionColumn.end)),
  };
}

/** Sites of things that requirements are made of; keys, sections and tasks are named, but nothing has to answer for them. */
const demanding: ReadonlySet<DefinitionKind> = new Set([
  definitionKind.heading,
  definitionKind.tableCell,
  definitionKind.label,
  definitionKind.scenario,
  definitionKind.yamlId,
]);

/** True for documents, and for elements that something below should answer for. */
export function isDemanding(state: GraphState, node: number): boolean {
  const site = state.nodes.siteOf(node);
  if (site === undefined) return false;
  if (site.row < 0) return true;
  const kind = site.document.trace.definitions[site.row * definitionWidth + definitionColumn.kind];
  return demanding.has(kind as DefinitionKind);
}
