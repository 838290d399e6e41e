import { acceptedFileText, type AcceptedLink, readAcceptedFile } from "#author/accepted-file";
import type { TraceGraph } from "#graph/graph";
import { IplanError } from "#model/errors";
import type { AcceptedLinks } from "#model/link-facts";
import { createSource } from "#model/source";
import type { RuleContext } from "#rules/rule";
import { type Digests, digestsOf } from "./meanings.ts";
import type { Session } from "./session.ts";
import { sourceText } from "./trace-documents.ts";

/** Where accepted links are written down, from the root of the workspace; committed with the documents. */
export const acceptedFileName = "iplan.lock";

/** The links that people accepted; undefined where no file of them is there. A link in its place is not followed. */
export function acceptedLinksOf(session: Session, graph: TraceGraph): AcceptedLinks | undefined {
  const text = acceptedText(session);
  if (text === undefined) return undefined;
  return createAcceptedLinks(text, digestsOf(session, graph));
}

/** Accepted links from the text of their file. */
export function createAcceptedLinks(text: string, digests?: Digests): AcceptedLinks {
  const { links, problems } = readAcceptedFile(text);
  const known = new Map(links.map((link) => [keyOf(link), link.digest]));
  return {
    path: acceptedFileName,
    problems,
    accepted: (from, to) => known.get(keyOf({ from, to })),
    digest: (id) => digests?.of(id),
  };
}

/** The file of accepted links as a document of its own, for what is wrong in it. */
export function acceptedContexts(session: Session): readonly RuleContext[] {
  const text = acceptedText(session);
  const bytes = text === undefined ? undefined : session.host.files.read(`${session.root}/${acceptedFileName}`);
  if (text === undefined || text === "" || bytes === undefined) return [];
  return [
    {
      source: createSource(acceptedFileName, bytes),
      document: { path: acceptedFileName, template: false, named: true, size: bytes.length },
      profile: session.profile,
      accepted: createAcceptedLinks(text),
    },
  ];
}

/** What was accepted. */
export interface Acceptance {
  readonly path: string;
  /** Links of the documents that are accepted now. */
  readonly accepted: number;
  /** Of these: links that were not, or were with another meaning. */
  readonly changed: number;
  /** Links that were accepted once and are no more. */
  readonly dropped: number;
}

/** Accepts the direct links of documents as they are now. Links of other documents stay as they were accepted. */
export function acceptLinks(session: Session, graph: TraceGraph, paths: readonly string[]): Acceptance {
  const before = readAcceptedFile(acceptedText(session) ?? "").links;
  const digests = digestsOf(session, graph);
  const own = paths.flatMap((path) => linksNow(graph, path, digests));
  const renewed = new Set(paths);
  const kept = before.filter(({ from }) => {
    const node = graph.find(from);
    return node !== undefined && !graph.holdersOf(node).some((path) => renewed.has(path));
  });
  const known = new Map(before.map((link) => [keyOf(link), link.digest]));
  const now = [...kept, ...own];
  write(session, acceptedFileText(now));
  const stays = new Set(now.map(keyOf));
  return {
    path: acceptedFileName,
    accepted: own.length,
    changed: own.filter((link) => known.get(keyOf(link)) !== link.digest).length,
    dropped: before.filter((link) => !stays.has(keyOf(link))).length,
  };
}

function linksNow(graph: TraceGraph, path: string, digests: Digests): readonly AcceptedLink[] {
  return graph.parentLinks(path).flatMap(({ from, to }): readonly AcceptedLink[] => {
    const meaning = digests.of(graph.idOf(to));
    return meaning === undefined ? [] : [{ from: graph.idOf(from), to: graph.idOf(to), digest: meaning }];
  });
}

function write(session: Session, text: string): void {
  const { files } = session.host;
  const path = `${session.root}/${acceptedFileName}`;
  const kind = files.stat(path)?.kind;
  if (kind !== undefined && kind !== "file") {
    throw new IplanError(
      "host/not-writable",
      `${acceptedFileName} is no file, so accepted links cannot be written there.`,
      "Put what is there somewhere else.",
    );
  }
  files.writeAtomic(path, new TextEncoder().encode(text));
}

function acceptedText(session: Session): string | undefined {
  const kind = session.host.files.stat(`${session.root}/${acceptedFileName}`)?.kind;
  return kind === "file" ? (sourceText(session, acceptedFileName) ?? "") : undefined;
}

function keyOf({ from, to }: Pick<AcceptedLink, "from" | "to">): string {
  return JSON.stringify([from, to]);
}
