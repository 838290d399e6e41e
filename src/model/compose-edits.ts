import type { Edit } from "./edit.ts";

/** A stretch of a text: kept from the text before, by its offsets, or written anew. */
type Piece = { readonly start: number; readonly end: number } | string;

const lengthOf = (piece: Piece): number => (typeof piece === "string" ? piece.length : piece.end - piece.start);

/**
 * The edits that do to a text of `length` UTF-16 units what `first` does to it and `second` to the result: in order, none overlapping or
 * touching, none that changes nothing by being empty. Both must be in order and not overlap.
 */
export function composeEdits(first: readonly Edit[], second: readonly Edit[], length: number): readonly Edit[] {
  return editsOf(applied(applied([{ start: 0, end: length }], first), second), length);
}

/** Pieces of a text after edits whose offsets are those of the text the pieces make. */
function applied(pieces: readonly Piece[], edits: readonly Edit[]): readonly Piece[] {
  const made: Piece[] = [];
  const left = [...pieces].reverse();
  let at = 0;
  const take = (until: number, keep: boolean): void => {
    while (at < until) {
      const piece = left.pop();
      if (piece === undefined) return;
      const [head, tail] = cut(piece, until - at);
      at += lengthOf(head);
      if (keep) made.push(head);
      if (tail !== undefined) left.push(tail);
    }
  };
  for (const { start, end, text } of edits) {
    take(start, true);
    take(end, false);
    made.push(text);
  }
  return [...made, ...left.reverse()];
}

function cut(piece: Piece, length: number): readonly [Piece, Piece | undefined] {
  if (length >= lengthOf(piece)) return [piece, undefined];
  if (typeof piece === "string") return [piece.slice(0, length), piece.slice(length)];
  const { start, end } = piece;
  return [
    { start, end: start + length },
    { start: start + length, end },
  ];
}

function editsOf(pieces: readonly Piece[], length: number): readonly Edit[] {
  const edits: Edit[] = [];
  let from = 0;
  let text = "";
  for (const piece of [...pieces, { start: length, end: length }]) {
    if (typeof piece === "string") {
      text += piece;
      continue;
    }
    if (piece.start > from || text !== "") edits.push({ start: from, end: piece.start, text });
    from = piece.end;
    text = "";
  }
  return edits;
}
