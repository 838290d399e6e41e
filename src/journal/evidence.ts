import type { AppendFile, Files, Ids } from "#model/ports";
import type { OutputEvidence } from "#model/run";
import type { Redaction } from "./redact.ts";

/** Bytes read at a time; memory does not grow with the output. */
const stretch = 65_536;

/** Longest line an observer sees; the rest of a longer one is left out, in characters. */
const longestLine = 4096;

/** Sees every line of an output, redacted, one character per byte, without its newline. */
export type LineObserver = (line: string) => void;

/** Sees an output piece by piece. */
export interface TextObserver {
  push(text: string): void;
  /** Told at each of the marks that were asked for, between the pieces before and behind it. */
  mark?(): void;
  end(): void;
}

/** An output to be kept. */
export interface EvidenceRequest {
  /** Absolute path of the raw output. */
  readonly output: string;
  /** Workspace root; the copy lies in `.iplan/evidence` below it. */
  readonly root: string;
  /** Begins the name of the copy while it is written, so that what a dead process left can be told apart. */
  readonly draft: string;
  readonly redaction: Redaction;
  /** Offsets in the raw output that the caller needs in the redacted one, ascending. */
  readonly marks?: readonly number[];
  /** Sees the redacted output in pieces, mostly of whole lines, one character per byte. */
  readonly observe?: TextObserver;
}

/** What became of it. */
export interface KeptEvidence {
  /** Absent when there was no output. */
  readonly output?: OutputEvidence;
  readonly marks: readonly number[];
}

/** Copies an output without its secrets into the evidence folder, named by its digest, durable when this returns. */
export function keepEvidence(
  ports: { readonly files: Files; readonly ids: Ids },
  request: EvidenceRequest,
): KeptEvidence {
  const size = ports.files.stat(request.output)?.size ?? 0;
  if (size === 0) return { marks: (request.marks ?? []).map(() => 0) };
  const folder = `${request.root}/.iplan/evidence`;
  const draft = `${folder}/${request.draft}.${ports.ids.next()}.part`;
  const file = ports.files.openAppend(draft, 0o600);
  const copied = copyRedacted(ports.files, file, size, request);
  file.sync();
  file.close();
  const digest = ports.files.digest(draft) ?? "sha256:";
  const name = `${digest.slice("sha256:".length)}.txt`;
  ports.files.rename(draft, `${folder}/${name}`);
  return { output: { digest, bytes: copied.bytes, file: `.iplan/evidence/${name}` }, marks: copied.marks };
}

function copyRedacted(
  files: Files,
  file: AppendFile,
  size: number,
  request: EvidenceRequest,
): { bytes: number; marks: readonly number[] } {
  const stream = request.redaction.stream();
  const marks: number[] = [];
  let written = 0;
  const write = (text: string): void => {
    if (text === "") return;
    file.appendBinary(text);
    request.observe?.push(text);
    written += text.length;
  };
  let at = 0;
  for (const stop of [...(request.marks ?? []).map((mark) => Math.min(mark, size)), size]) {
    for (; at < stop; at = Math.min(stop, at + stretch)) {
      write(stream.push(files.readBinary(request.output, at, Math.min(stretch, stop - at)) ?? ""));
    }
    write(stream.end());
    if (marks.length < (request.marks?.length ?? 0)) {
      marks.push(written);
      request.observe?.mark?.();
    }
  }
  request.observe?.end();
  return { bytes: written, marks };
}

/** Cuts pieces of text into lines for an observer; constant memory however long a line is. */
export function lineSplitter(observe: LineObserver): TextObserver {
  let carry = "";
  const give = (line: string): void => observe((line.endsWith("\r") ? line.slice(0, -1) : line).slice(0, longestLine));
  return {
    push(text) {
      const lines = text.split("\n");
      const last = lines.pop() ?? "";
      for (const [index, line] of lines.entries()) give(index === 0 ? carry + line : line);
      carry = (lines.length === 0 ? carry + last : last).slice(0, longestLine);
    },
    end() {
      if (carry !== "") give(carry);
      carry = "";
    },
  };
}
