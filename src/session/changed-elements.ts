import type { LostNodes, Namer, TraceGraph } from "#graph/graph";
import { type DocumentTrace, definitionColumn, definitionWidth, type TraceRows } from "#model/trace";
import type { TraceSubject } from "#parse/trace";
import type { DocumentReader } from "./trace-documents.ts";

/** What changed in one document. */
export interface ChangedElements {
  /** Elements with another text than before, and new ones; the document when something outside of its elements changed. */
  readonly nodes: readonly number[];
  /** Elements that are gone. */
  readonly lost: LostNodes;
}

const noneLost: LostNodes = new Map();

/** What changed in a document, whose text is another than before; absent `before`: there was none. */
export async function changedElements(
  graph: TraceGraph,
  reader: DocumentReader,
  path: string,
  now: string,
  before: string | undefined,
): Promise<ChangedElements> {
  const whole = graph.nodeAt(path, -1);
  const trace = graph.trace(path);
  if (whole === undefined || trace === undefined) return { nodes: [], lost: noneLost };
  if (before === undefined) return { nodes: [whole], lost: noneLost };
  const former = await reader.read(subjectOf(trace), before);
  const [here, there] = [elementsIn(trace, now), elementsIn(former, before)];
  const nodes = new Set<number>();
  for (const [name, { texts, starts }] of here.byName) {
    if (texts === there.byName.get(name)?.texts) continue;
    for (const start of starts) nodes.add(graph.nodeAt(path, start) ?? whole);
  }
  const gone = [...there.byName].flatMap(([name, { starts }]) => (here.byName.has(name) ? [] : starts));
  const lost = gone.length === 0 ? noneLost : lostAt(graph, former, trace, gone);
  const isWhole = here.outside !== there.outside || (nodes.size === 0 && gone.length === 0);
  return { nodes: isWhole ? [whole] : [...nodes], lost };
}

function subjectOf({ path, role, type, id, part, template }: DocumentTrace): TraceSubject {
  return {
    path,
    role,
    template,
    ...(type === undefined ? {} : { type }),
    ...(id === undefined ? {} : { id }),
    ...(part === undefined ? {} : { part }),
  };
}

/** The elements of a document by their names, and what stands outside of them. */
interface Elements {
  readonly byName: ReadonlyMap<string, { texts: string; readonly starts: number[] }>;
  /** Without the blanks, which the stretches of elements share out among them. */
  readonly outside: string;
}

function elementsIn({ definitions, strings }: DocumentTrace, text: string): Elements {
  const byName = new Map<string, { texts: string; readonly starts: number[] }>();
  let [outside, end] = ["", 0];
  for (let at = 0; at < definitions.length; at += definitionWidth) {
    const name = strings[definitions[at + definitionColumn.element] ?? -1] ?? "";
    const start = definitions[at + definitionColumn.start] ?? 0;
    const [from, until] = wholeLines(text, definitions, at);
    const its = byName.get(name) ?? { texts: "", starts: [] };
    its.texts += `${text.slice(from, until).trim()}\0`;
    its.starts.push(Math.max(definitions[at + definitionColumn.scopeStart] ?? 0, start));
    byName.set(name, its);
    outside += text.slice(end, from);
    end = Math.max(end, until);
  }
  return { byName, outside: `${outside}${text.slice(end)}`.replace(/\s+/gu, "") };
}

/** The lines of an element's text. Why: the marks of its heading, or the bars of its row, are no part of it, but come and go with it. */
function wholeLines(text: string, definitions: TraceRows, at: number): readonly [from: number, until: number] {
  const start = definitions[at + definitionColumn.scopeStart] ?? 0;
  const end = definitions[at + definitionColumn.scopeEnd] ?? 0;
  const next = text.indexOf("\n", Math.max(0, end - 1));
  return [text.lastIndexOf("\n", start - 1) + 1, next < 0 ? text.length : next + 1];
}

/** Why: who named what is gone is told by the graph as it was, in which only this document was another. */
function lostAt(graph: TraceGraph, former: DocumentTrace, trace: DocumentTrace, starts: readonly number[]): LostNodes {
  const lost = new Map<number, readonly Namer[]>();
  graph.set(former);
  for (const start of starts) {
    const node = graph.nodeAt(former.path, start);
    const namers = node === undefined ? [] : graph.namersOfNode(node);
    if (node !== undefined && namers.length > 0) lost.set(node, namers);
  }
  graph.set(trace);
  return lost;
}
