import {
  type DocumentTrace,
  type TraceRows,
  definitionColumn,
  definitionKind,
  definitionWidth,
  mentionColumn,
  mentionKind,
  mentionWidth,
  tagColumn,
  tagFlag,
  tagWidth,
} from "#model/trace";
import { createTraceReader } from "#parse/trace";
import { aidoc16 } from "#profile/aidoc-16";
import type { Profile } from "#profile/profile";

/** Rows of a trace as short words for tests. */
export interface ShownTrace {
  readonly tags: readonly string[];
  readonly definitions: readonly string[];
  readonly mentions: readonly string[];
}

/** The trace of a text; type and id are those of the file name in the path. */
export function traceOf(path: string, text: string, profile: Profile = aidoc16): DocumentTrace {
  const id = /([A-Z]+-\d+)[^/]*$/.exec(path)?.[1];
  const type = id?.replace(/-.*/, "");
  return createTraceReader(profile).read(
    {
      path,
      role: "artifact",
      template: false,
      ...(id === undefined ? {} : { id }),
      ...(type === undefined ? {} : { type }),
    },
    text,
  );
}

/** Rows in words: `brd BRD-001:FR-030 live fence`, `heading FR-030 "Orders"`, `upstream BRD-001 → ../x.md`. */
export function showTrace(trace: DocumentTrace): ShownTrace {
  return {
    tags: rows(trace.tags, tagWidth).map((row) => showTag(trace, row)),
    definitions: rows(trace.definitions, definitionWidth).map((row) => showDefinition(trace, row)),
    mentions: rows(trace.mentions, mentionWidth).map((row) => showMention(trace, row)),
  };
}

/** The rows of a packed table. */
export function rows(cells: TraceRows, width: number): readonly TraceRows[] {
  return Array.from({ length: cells.length / width }, (_, index) => cells.subarray(index * width, (index + 1) * width));
}

/** The value of a tag row as it is written. */
export function writtenTag(trace: DocumentTrace, row: TraceRows): string {
  const raw = word(trace, row[tagColumn.raw]);
  if (raw !== "") return raw;
  const element = word(trace, row[tagColumn.element]);
  return `${word(trace, row[tagColumn.document])}${element === "" ? "" : `:${element}`}`;
}

function showTag(trace: DocumentTrace, row: TraceRows): string {
  const flags = Object.entries(tagFlag).filter(([, bit]) => ((row[tagColumn.flags] ?? 0) & bit) !== 0);
  const element = word(trace, row[tagColumn.element]);
  const target = `${word(trace, row[tagColumn.document])}${element === "" ? "" : `:${element}`}`;
  const written = writtenTag(trace, row);
  const raw = written === target ? "" : ` (${written})`;
  return [`${word(trace, row[tagColumn.type])} ${target}${raw}`, ...flags.map(([name]) => name)].join(" ").trim();
}

function showDefinition(trace: DocumentTrace, row: TraceRows): string {
  const kind = Object.entries(definitionKind).find(([, number]) => number === row[definitionColumn.kind])?.[0];
  const title = word(trace, row[definitionColumn.title]);
  return `${kind} ${word(trace, row[definitionColumn.element])}${title === "" ? "" : ` "${title}"`}`;
}

function showMention(trace: DocumentTrace, row: TraceRows): string {
  const kind = Object.entries(mentionKind).find(([, number]) => number === row[mentionColumn.kind])?.[0];
  const element = word(trace, row[mentionColumn.element]);
  const target = word(trace, row[mentionColumn.target]);
  const id = `${word(trace, row[mentionColumn.document])}${element === "" ? "" : `:${element}`}`;
  return `${kind} ${id}${target === "" ? "" : ` → ${target}`}`.replace("  ", " ");
}

function word(trace: DocumentTrace, index: number | undefined): string {
  return index === undefined || index < 0 ? "" : (trace.strings[index] ?? "?");
}
