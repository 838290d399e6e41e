import type { DocumentTrace } from "#model/trace";
import type { Profile } from "#profile/profile";
import { MarkdownTrace } from "./trace/markdown.ts";
import { TagScanner } from "./trace/tag-scanner.ts";
import { TraceBuilder, type TraceSubject } from "./trace/trace-builder.ts";

export type { TraceSubject } from "./trace/trace-builder.ts";

/** Reads what documents say about tracing, one after another. Equal strings are the same string for all documents of one reader. */
export interface TraceReader {
  /** Reads one document by the ending of its path. Linear, takes any text, never throws. */
  read(subject: TraceSubject, text: string): DocumentTrace;
}

/** Makes a reader for a dialect of documents. */
export function createTraceReader(profile: Profile): TraceReader {
  const builder = new TraceBuilder();
  const tags = new TagScanner(profile, builder);
  const markdown = new MarkdownTrace(profile, builder, tags);
  return {
    read(subject, text) {
      if (/\.(?:md|markdown)$/i.test(subject.path)) markdown.read(subject, text);
      return builder.finish(subject);
    },
  };
}
