import { joinBytes } from "./bytes.ts";
import { type Source, createSource } from "./source.ts";

/** A replacement in a document's text by UTF-16 offsets. `expected`, when given, is the text that must stand there. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly expected?: string;
}

/** Edits of one document. */
export interface DocumentEdit {
  readonly path: string;
  readonly edits: readonly Edit[];
}

/** Applies edits to the bytes of a document; every byte outside the edits stays. Edits may come in any order; overlapping ones throw RangeError. */
export function applyEdits(source: Source, edits: readonly Edit[]): Uint8Array {
  const ordered = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  const encoder = new TextEncoder();
  const pieces: Uint8Array[] = [];
  let from = 0;
  let last = 0;
  for (const edit of ordered) {
    if (edit.start < last || edit.end < edit.start) throw new RangeError(`overlapping edit at offset ${edit.start}`);
    if (edit.expected !== undefined && source.text.slice(edit.start, edit.end) !== edit.expected) {
      throw new RangeError(`the text at offset ${edit.start} is not what the edit expects`);
    }
    pieces.push(source.bytes.subarray(from, source.byteOffset(edit.start)), encoder.encode(edit.text));
    from = source.byteOffset(edit.end);
    last = edit.end;
  }
  pieces.push(source.bytes.subarray(from));
  return joinBytes(pieces);
}

/** Applies edits and reads the result again. */
export function editSource(source: Source, edits: readonly Edit[]): Source {
  return createSource(source.path, applyEdits(source, edits));
}
