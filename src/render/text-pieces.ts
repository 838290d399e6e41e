/** Length of a piece. Why: far longer strings are laid where they stay until all memory is looked through. */
const pieceLength = 32_768;

/** The same text in pieces that are worth being written each; few of them, however many texts there are. */
export function* textPieces(texts: Iterable<string>): Generator<string> {
  let piece = "";
  for (const text of texts) {
    piece += text;
    if (piece.length < pieceLength) continue;
    yield piece;
    piece = "";
  }
  if (piece !== "") yield piece;
}
