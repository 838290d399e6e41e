import type { TraceFrom, TraceGraph, TraceHop } from "#graph/graph";
import type { ShownBreak, ShownLink, ShownNode, ShownTrace } from "#render/shown-trace";
import { filesOfSameId } from "./same-id.ts";
import type { Session } from "./session.ts";

/** A trace as it is printed, with lines instead of offsets. */
export function traceModel(session: Session, graph: TraceGraph, trace: TraceFrom): ShownTrace {
  return {
    root: graph.idOf(trace.root),
    nodes: trace.nodes.flatMap((node) => shownNode(session, graph, node)),
    links: trace.hops.map((hop) => shownLink(session, graph, hop)),
    ...(trace.brokenAt === undefined ? {} : { brokenAt: shownBreak(session, graph, trace.brokenAt) }),
    ...filesOfSameId(graph, trace.root),
  };
}

/** A node as it is printed; nothing for one that no document defines. */
export function shownNode(session: Session, graph: TraceGraph, node: number): readonly ShownNode[] {
  const view = graph.view(node);
  if (view === undefined) return [];
  const { id, type, layer, path, title, start } = view;
  return [
    {
      id,
      ...(type === undefined ? {} : { type }),
      ...(layer < 0 ? {} : { layer }),
      path,
      line: lineOf(session, path, start),
      ...(title === undefined ? {} : { title }),
    },
  ];
}

/** Why: a link is shown between the nodes of the walk: an element stands for tags that its document wrote for it. */
function shownLink(session: Session, graph: TraceGraph, hop: TraceHop): ShownLink {
  const { to, tag, status, derivation, path, start } = graph.linkOf(hop);
  return {
    from: graph.idOf(hop.from),
    to,
    tag,
    status,
    ...(derivation === undefined ? {} : { derivation }),
    direction: hop.direction,
    chain: hop.chain,
    ...(hop.under === undefined || hop.under === hop.to ? {} : { under: graph.idOf(hop.under) }),
    path,
    line: lineOf(session, path, start),
  };
}

function shownBreak(session: Session, graph: TraceGraph, broken: NonNullable<TraceFrom["brokenAt"]>): ShownBreak {
  const { direction, node, tag, link, row } = broken;
  const view = graph.view(node);
  const path = link?.path ?? view?.path ?? "";
  // Why: a link that leads upward names what is there; it is in the wrong place, and nothing else was meant.
  const isMissing = link !== undefined && row !== undefined && link.status !== "upward";
  const near = isMissing ? graph.nearMisses(link.path, row) : [];
  return {
    direction,
    at: graph.idOf(node),
    tag,
    ...(link === undefined ? {} : { to: link.to }),
    status: link?.status ?? "missing",
    path,
    line: lineOf(session, path, link?.start ?? view?.start ?? 0),
    ...(near.length === 0 ? {} : { near }),
  };
}

function lineOf(session: Session, path: string, offset: number): number {
  return session.source(path)?.position(offset).line ?? 1;
}
