import { IplanError } from "#model/errors";
import type { DocumentTrace } from "#model/trace";
import type { Profile } from "#profile/profile";
import { type TraceReader, type TraceSubject, createTraceReader } from "#parse/trace";
import { readDocument, type Session } from "./session.ts";
import { type SourceFile, walkSources } from "./source-walk.ts";
import { largestDocument, type WorkspaceDocument } from "./workspace.ts";

/** Reads what documents say about tracing, with the whole parser of YAML where the fast scan is not sure. */
export interface DocumentReader {
  /** Returns a promise only for YAML that has to be read in depth. */
  read(subject: TraceSubject, text: string): DocumentTrace | Promise<DocumentTrace>;
}

/** Makes a reader for documents of a profile. */
export function createDocumentReader(
  profile: Profile,
  reader: TraceReader = createTraceReader(profile),
): DocumentReader {
  const inDepth = async (subject: TraceSubject, text: string): Promise<DocumentTrace> => {
    // Why: the whole parser of YAML takes longer to load than most workspaces to read.
    const { readYamlInDepth } = await import("#parse/trace/yaml-depth");
    return reader.readInDepth(subject, text, readYamlInDepth);
  };
  return {
    read(subject, text) {
      const trace = reader.read(subject, text);
      return reader.sure ? trace : inDepth(subject, text);
    },
  };
}

/** What the documents say about tracing, in their order. A document that cannot be read is left out; `check` says why. */
export async function readTraces(
  session: Session,
  documents: readonly WorkspaceDocument[],
): Promise<readonly DocumentTrace[]> {
  const reader = createDocumentReader(session.profile);
  const traces: DocumentTrace[] = [];
  for (const document of documents) {
    const text = textOf(session, document.path);
    if (text === undefined) continue;
    const trace = reader.read(subjectOf(document), text);
    // Why: waiting where nothing is to be waited for costs as much as reading a small document.
    traces.push(trace instanceof Promise ? await trace : trace);
  }
  return traces;
}

/** The documents of the workspace, and those that were named, but lie outside of what is walked. */
export function everyDocument(session: Session, named: readonly WorkspaceDocument[]): readonly WorkspaceDocument[] {
  const walked = new Set(session.documents().map((document) => document.path));
  return [...session.documents(), ...named.filter(({ path }) => !walked.has(path))];
}

/** Why: for fewer the engine's own ways are as good. */
const many = 100;

/** Says to the engine that documents will be read, where they are many. */
export function expectDocuments({ host }: Session, documents: readonly unknown[]): void {
  if (documents.length >= many) host.engine?.expectMany();
}

/** What the workspace's source files say about tracing: the tags in their comments. A reader of documents knows most words of them. */
export function readSourceTraces(
  session: Session,
  reader: TraceReader = createTraceReader(session.profile),
): readonly DocumentTrace[] {
  const { files } = session.host;
  const sources = walkSources(files, session.root, session.config, session.profile, session.passedOver);
  return sources.flatMap((source) => {
    const trace = readSourceTrace(session, source, reader);
    if (trace !== undefined) return [trace];
    if (!files.allows(`${session.root}/${source.path}`, "read")) session.passedOver.add(source.path, "unreadable");
    return [];
  });
}

/** The tags of one source file; undefined for one that is gone or no text. */
export function readSourceTrace(session: Session, source: SourceFile, reader: TraceReader): DocumentTrace | undefined {
  const text = sourceText(session, source.path);
  return text === undefined ? undefined : reader.read({ ...source, id: source.path, template: false }, text);
}

/** The text of a file without taking it into the session; undefined for one that is gone, too large, unreadable or no text. */
export function sourceText(session: Session, path: string): string | undefined {
  try {
    const { files } = session.host;
    const plain = files.readText(`${session.root}/${path}`, largestDocument);
    if (plain === undefined && (files.stat(`${session.root}/${path}`)?.size ?? 0) > largestDocument) return undefined;
    const text = plain?.text ?? readDocument(files, session.root, path)?.text;
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
