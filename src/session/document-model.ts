import type { TraceGraph } from "#graph/graph";
import {
  type DocumentTrace,
  definitionColumn,
  definitionKind,
  definitionWidth,
  tagColumn,
  tagFlag,
  tagWidth,
  type TraceLink,
} from "#model/trace";
import { layerOf } from "#profile/dialect";
import type { ShownDefinition, ShownDocument, ShownNaming, ShownTag } from "#render/document-page";
import { filesOfSameId } from "./same-id.ts";
import type { Session } from "./session.ts";

/** Any document in the shape that `show --json` promises. The graph holds the document. */
export function documentModel(session: Session, graph: TraceGraph, path: string): ShownDocument {
  const trace = graph.trace(path);
  const { id, type, title } = trace ?? {};
  const node = graph.nodeAt(path, -1);
  return {
    document: {
      path,
      id: id ?? null,
      type: type ?? null,
      layer: (type === undefined ? undefined : layerOf(session.profile, type)?.layer) ?? null,
      title: title ?? null,
    },
    tags: trace === undefined ? [] : tagsOf(session, graph, trace),
    definitions: trace === undefined ? [] : definitionsOf(session, trace),
    namedBy: namingOf(session, graph, path),
    ...(node === undefined ? {} : filesOfSameId(graph, node)),
  };
}

/** Everything that a document defines, by place; nothing of one that is gone by now. */
export function definitionsOf(session: Session, trace: DocumentTrace): readonly ShownDefinition[] {
  const { definitions, strings, path, id } = trace;
  const source = session.source(path);
  if (source === undefined) return [];
  const kinds = Object.keys(definitionKind);
  const shown: ShownDefinition[] = [];
  for (let at = 0; at < definitions.length; at += definitionWidth) {
    const element = strings[definitions[at + definitionColumn.element] ?? -1] ?? "";
    const title = strings[definitions[at + definitionColumn.title] ?? -1];
    shown.push({
      id: `${id ?? path}:${element}`,
      element,
      kind: kinds[definitions[at + definitionColumn.kind] ?? 0] ?? "heading",
      ...(title === undefined || title === "" ? {} : { title }),
      range: source.range(definitions[at + definitionColumn.start] ?? 0, definitions[at + definitionColumn.end] ?? 0),
    });
  }
  return shown;
}

function tagsOf(session: Session, graph: TraceGraph, trace: DocumentTrace): readonly ShownTag[] {
  const links = linksByRow(graph, trace.path);
  const source = session.source(trace.path);
  if (source === undefined) return [];
  return Array.from({ length: trace.tags.length / tagWidth }, (_, row) => {
    const number = (column: number): number => trace.tags[row * tagWidth + column] ?? -1;
    const [flags, start, end] = [number(tagColumn.flags), number(tagColumn.start), number(tagColumn.end)];
    const element = trace.strings[number(tagColumn.element)];
    const link = links.get(row);
    return {
      type: trace.strings[number(tagColumn.type)] ?? "",
      document: trace.strings[number(tagColumn.document)] ?? null,
      ...(element === undefined ? {} : { element }),
      raw: source.text.slice(start, end),
      live: (flags & tagFlag.live) !== 0,
      optional: (flags & tagFlag.optional) !== 0,
      ...(link === undefined ? {} : { status: link.status }),
      ...(link?.derivation === undefined ? {} : { derivation: link.derivation }),
      range: source.range(start, end),
    };
  });
}

function linksByRow(graph: TraceGraph, path: string): ReadonlyMap<number, TraceLink> {
  const links = graph.linksOf(path);
  return new Map(Array.from({ length: links.length }, (_, index) => [links.row(index), links.at(index)]));
}

/** Links that lead to the document or to what it defines, by the place they are written. */
function namingOf(session: Session, graph: TraceGraph, path: string): readonly ShownNaming[] {
  const node = graph.nodeAt(path, -1);
  const nodes = new Set([...(node === undefined ? [] : [node]), ...graph.elementsOf(path)]);
  return [...nodes]
    .flatMap((one) => graph.linksTo(one))
    .filter((link) => link.path !== path)
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.start - b.start))
    .map(({ from, to, tag, status, path: where, start }) => ({
      from,
      to,
      tag,
      status,
      path: where,
      line: lineOf(session, where, start),
    }));
}

function lineOf(session: Session, path: string, offset: number): number {
  return session.source(path)?.position(offset).line ?? 1;
}
