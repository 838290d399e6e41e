import { IplanError } from "#model/errors";
import type { DocumentTrace } from "#model/trace";
import { type TraceSubject, createTraceReader } from "#parse/trace";
import { readDocument, type Session } from "./session.ts";
import { walkSources } from "./source-walk.ts";
import { largestDocument, type WorkspaceDocument } from "./workspace.ts";

/** What the documents say about tracing, in their order. A document that cannot be read is left out; `check` says why. */
export async function readTraces(
  session: Session,
  documents: readonly WorkspaceDocument[],
): Promise<readonly DocumentTrace[]> {
  const reader = createTraceReader(session.profile);
  const traces: DocumentTrace[] = [];
  const unsure: { readonly at: number; readonly document: WorkspaceDocument }[] = [];
  for (const document of documents) {
    const text = textOf(session, document.path);
    if (text === undefined) continue;
    traces.push(reader.read(subjectOf(document), text));
    if (!reader.sure) unsure.push({ at: traces.length - 1, document });
  }
  if (unsure.length === 0) return traces;
  // Why: the whole parser of YAML takes longer to load than most workspaces to read.
  const { readYamlInDepth } = await import("#parse/trace/yaml-depth");
  for (const { at, document } of unsure) {
    const text = textOf(session, document.path) ?? "";
    traces[at] = reader.readInDepth(subjectOf(document), text, readYamlInDepth);
  }
  return traces;
}

/** What the workspace's source files say about tracing: the tags in their comments. */
export function readSourceTraces(session: Session): readonly DocumentTrace[] {
  const reader = createTraceReader(session.profile);
  const { files } = session.host;
  const sources = walkSources(files, session.root, session.config, session.profile);
  return sources.flatMap((source) => {
    const text = sourceText(session, source.path);
    if (text === undefined) return [];
    return [reader.read({ ...source, id: source.path, template: false }, text)];
  });
}

/** The text of a file without taking it into the session; undefined for one that is gone, too large, unreadable or no text. */
export function sourceText(session: Session, path: string): string | undefined {
  try {
    if ((session.host.files.stat(`${session.root}/${path}`)?.size ?? 0) > largestDocument) return undefined;
    const text = readDocument(session.host.files, session.root, path)?.text;
    return text?.slice(0, 8192).includes("\0") === false ? text : undefined;
  } catch (error) {
    if (error instanceof IplanError) return undefined;
    throw error;
  }
}

/** What a document is to the graph, by its place and name. */
export function subjectOf({
  path,
  type,
  artifactId,
  part,
  template,
}: Pick<WorkspaceDocument, "path" | "type" | "artifactId" | "part" | "template">): TraceSubject {
  return {
    path,
    role: type === undefined ? "other" : "artifact",
    template,
    ...(type === undefined ? {} : { type }),
    ...(artifactId === undefined ? {} : { id: artifactId }),
    ...(part === undefined ? {} : { part }),
  };
}

function textOf(session: Session, path: string): string | undefined {
  try {
    return session.source(path)?.text;
  } catch (error) {
    if (error instanceof IplanError) return undefined;
    throw error;
  }
}
