import { type DocumentTrace, tagColumn, type TraceFault } from "#model/trace";
import type { Profile } from "#profile/profile";
import { CodeTrace } from "./trace/code.ts";
import { GherkinTrace } from "./trace/gherkin.ts";
import { MarkdownTrace } from "./trace/markdown.ts";
import { TagScanner } from "./trace/tag-scanner.ts";
import { TraceBuilder, type TraceSubject } from "./trace/trace-builder.ts";
import { YamlLines } from "./trace/yaml-lines.ts";
import { YamlRows } from "./trace/yaml-rows.ts";

export { isSourceEnding } from "./trace/code.ts";
export type { TraceSubject } from "./trace/trace-builder.ts";

/** Reads YAML with a whole parser: `readYamlInDepth` of `trace/yaml-depth`, which is loaded only when a document needs it. */
export type YamlDepth = (text: string, rows: YamlRows) => readonly TraceFault[];

/** Reads what documents say about tracing, one after another. Equal strings are the same string for all documents of one reader. */
export interface TraceReader {
  /** Reads one document by the ending of its path. Linear, takes any text, never throws. */
  read(subject: TraceSubject, text: string): DocumentTrace;
  /**
   * False when the last document is YAML of which the fast scan is not sure: whether it is whole, and all that it defines, tells
   * `readInDepth`.
   */
  readonly sure: boolean;
  /** Reads a YAML document with the whole parser. */
  readInDepth(subject: TraceSubject, text: string, depth: YamlDepth): DocumentTrace;
}

/** Reads documents of one kind into a builder. */
interface DocumentReader {
  read(subject: TraceSubject, text: string): void;
}

/** Makes a reader for a dialect of documents. */
export function createTraceReader(profile: Profile): TraceReader {
  const builder = new TraceBuilder();
  const tags = new TagScanner(profile, builder);
  const markdown = new MarkdownTrace(profile, builder, tags);
  const rows = new YamlRows(profile, builder, tags);
  const lines = new YamlLines(rows);
  const yaml: DocumentReader = {
    read: (subject, text) => {
      rows.begin(subject, text);
      lines.read(text);
    },
  };
  const code = new CodeTrace(profile, builder, tags);
  const readers: Readonly<Record<string, DocumentReader>> = {
    md: markdown,
    markdown,
    feature: new GherkinTrace(profile, builder, tags),
    yaml,
    yml: yaml,
  };
  return {
    get sure() {
      return lines.sure;
    },
    read(subject, text) {
      lines.sure = true;
      const reader = isSource(subject) ? code : readers[endingOf(subject.path)];
      reader?.read(subject, text);
      return builder.finish(subject, text.length);
    },
    readInDepth(subject, text, depth) {
      rows.begin(subject, text);
      for (const fault of depth(text, rows)) builder.faults.push(fault);
      builder.tags.sort(tagColumn.start);
      return builder.finish(subject, text.length);
    },
  };
}

function isSource({ role }: TraceSubject): boolean {
  return role === "source" || role === "test";
}

function endingOf(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1).toLowerCase();
}
