/** Blanks before an item of a list or map that stands three levels deep in JSON of two blanks' indentation. */
const itemMargin = " ".repeat(8);

/**
 * A text of JSON with items in a list or map that is empty in it, three levels deep. `opening` is its key and bracket, as in
 * `"results": [`; items are JSON of two blanks' indentation.
 */
export function* withItems(whole: string, opening: string, items: Iterable<string>): Generator<string> {
  // Why: in a string a line end is written as an escape, so only the key itself stands behind one.
  const mark = `\n${itemMargin.slice(2)}${opening}`;
  const end = whole.indexOf(mark) + mark.length;
  yield whole.slice(0, end);
  let separator = "";
  for (const item of items) {
    yield `${separator}\n${itemMargin}${item.replaceAll("\n", `\n${itemMargin}`)}`;
    separator = ",";
  }
  yield `${separator === "" ? "" : `\n${itemMargin.slice(2)}`}${whole.slice(end)}`;
}

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
