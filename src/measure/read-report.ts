import type { FigureFormat, ReportContent } from "#model/figures";
import type { ReportReader } from "./reader.ts";
import { formatOf, reportReaders } from "./registry.ts";
import { createTextStream, type TextStream } from "./text-stream.ts";

/** Bytes of a report that are given at once, and characters by which its format is told. */
export const pieceBytes = 1_048_576;
const beginningLength = 65_536;

/** A report as read, or why it is none. */
export type ReadReport =
  | { readonly format: FigureFormat; readonly content: ReportContent }
  | { readonly reason: string };

/**
 * Reads a report from its bytes, which come in pieces of about `pieceBytes`. Never throws: what is damaged is read as far as it goes, and
 * the content says so. Memory does not grow with the report beyond what is kept of it.
 */
export function readReport(pieces: Iterable<Uint8Array>): ReadReport {
  let stream: TextStream | undefined;
  let reader: ReportReader | undefined;
  let format: FigureFormat | undefined;
  let hasLost = false;
  for (const piece of pieces) {
    stream ??= createTextStream(piece);
    const text = stream.decode(piece);
    hasLost ||= text.includes("\uFFFD");
    if (reader === undefined) {
      format = formatOf(text.slice(0, beginningLength));
      if (format === undefined) return { reason: whyNone(text) };
      reader = reportReaders[format].create();
    }
    reader.text(text);
  }
  if (reader === undefined || format === undefined || stream === undefined) return { reason: "it is empty" };
  reader.text(stream.end());
  const content = reader.end();
  const lost = hasLost ? ["Some of its bytes are no text in its encoding; they were replaced."] : [];
  const notes = [...(stream.note === undefined ? [] : [stream.note]), ...lost, ...content.notes];
  return { format, content: { ...content, notes } };
}

function whyNone(text: string): string {
  return text.trim() === "" ? "it is empty" : "it is none of the formats that are read";
}
