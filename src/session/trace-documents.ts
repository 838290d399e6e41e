import { IplanError } from "#model/errors";
import type { DocumentTrace } from "#model/trace";
import { type TraceSubject, createTraceReader } from "#parse/trace";
import type { Session } from "./session.ts";
import type { WorkspaceDocument } from "./workspace.ts";

/** What the documents say about tracing, in their order. A document that cannot be read is left out; `check` says why. */
export function readTraces(session: Session, documents: readonly WorkspaceDocument[]): readonly DocumentTrace[] {
  const reader = createTraceReader(session.profile);
  return documents.flatMap((document) => {
    const text = textOf(session, document.path);
    return text === undefined ? [] : [reader.read(subjectOf(document), text)];
  });
}

function subjectOf({ path, type, artifactId, part, template }: WorkspaceDocument): TraceSubject {
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
