import type { DocumentTrace } from "#model/trace";

/** Columns of a link row. Rows of one document are grouped by the node that wrote them. */
export const linkColumn = {
  /** Node that wrote the tag. */
  from: 0,
  /** Number of the artifact that was named, whether it is there or not. */
  artifact: 1,
  /** Node it leads to; -1 for none. */
  to: 2,
  /** Row of the tag in the document's trace. */
  row: 3,
  /** Number of the status, and of the derivation from bit 3 on. */
  status: 4,
  /** Number of the type that the tag speaks of; -1 for none. */
  type: 5,
  /** Number of the type of the node it leads to, where that is of a layer above the document's; -1 else. */
  above: 6,
} as const;

/** Numbers in one link row. */
export const linkWidth = 7;

/** One document of the graph. */
export interface DocumentEntry {
  trace: DocumentTrace;
  readonly artifact: ArtifactEntry;
  /** `linkWidth` numbers a row. */
  links: Int32Array;
  /** Of how many of its links there is something to say. */
  special: number;
  /** Node of each definition row. */
  nodes: Int32Array;
  /** Artifacts that its links name, by number. */
  named: Int32Array;
}

/** What holds, or is named by, one id (or path): there may be no document, one, or several. */
export interface ArtifactEntry {
  readonly number: number;
  readonly id: string;
  /** The node of the document as a whole. */
  readonly node: number;
  /** Documents with this id, by path. */
  readonly holders: DocumentEntry[];
  /** Documents whose tags name it, in no order. */
  readonly namedBy: DocumentEntry[];
  /** Number of the type of its first holder; -1 for none. */
  type: number;
  /** Nodes of elements by name. Names stay, so that numbers of nodes are stable; whether one is defined the node tells. */
  readonly elements: Map<string, number>;
  /** True when an element has several sites of kinds that define anew. */
  definesAgain: boolean;
  /** What names that are no stated ids turned out to be; undefined when elements are to be indexed anew. */
  found: Map<string, Found> | undefined;
  /** The first document by path with what belongs to it: its pair, or all parts of a split document. */
  whole: readonly DocumentEntry[];
}

/** What an element's name turned out to be. */
export interface Found {
  /** Nodes that fit: none is missing, several are ambiguous. */
  readonly nodes: readonly number[];
  /** Number of the derivation; 0 when the name is a stated one. */
  readonly derivation: number;
}

/** Documents that belong to the first by path: its pair when it is whole, one document of each part number else. */
export function wholeOf(holders: readonly DocumentEntry[]): readonly DocumentEntry[] {
  const [first] = holders;
  if (first === undefined || holders.length === 1) return holders;
  if (first.trace.part === undefined) {
    const stem = stemOf(first.trace.path);
    return holders.filter(({ trace }) => trace.part === undefined && stemOf(trace.path) === stem);
  }
  const parts = new Map<number, DocumentEntry>();
  for (const holder of holders) {
    const { part } = holder.trace;
    if (part !== undefined && !parts.has(part)) parts.set(part, holder);
  }
  return [...parts.values()].sort((a, b) => (a.trace.part ?? 0) - (b.trace.part ?? 0));
}

function stemOf(path: string): string {
  const dot = path.lastIndexOf(".");
  return dot < 0 ? path : path.slice(0, dot);
}
