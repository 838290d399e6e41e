/** What is one piece already, or pieces as one. Each is copied before the next is asked for, as they may share their room. */
export function wholeBytes(bytes: Uint8Array | Iterable<Uint8Array>): Uint8Array {
  return bytes instanceof Uint8Array ? bytes : joinBytes(Array.from(bytes, (piece) => piece.slice()));
}

/** The same bytes in chunks of one length, the last one shorter. All share their room: one is to be used before the next is asked for. */
export function* chunksOf(pieces: Iterable<Uint8Array>, length: number): Generator<Uint8Array> {
  const room = new Uint8Array(length);
  let filled = 0;
  for (const piece of pieces) {
    for (let at = 0; at < piece.length; ) {
      const part = piece.subarray(at, at + length - filled);
      room.set(part, filled);
      filled += part.length;
      at += part.length;
      if (filled === length) {
        yield room;
        filled = 0;
      }
    }
  }
  if (filled > 0) yield room.subarray(0, filled);
}

/** Pieces one behind the other, as one. */
export function joinBytes(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
