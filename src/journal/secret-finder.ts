import { type Cue, tokenCues, tokenShapes } from "./token-shapes.ts";

/** What stands where a secret stood. */
export const redacted = "[redacted]";

/** A text without its secrets, and how far it was looked through. */
export interface Cleaned {
  readonly shown: string;
  /** The limit, or the end of a secret across it. */
  readonly end: number;
}

/** Finds secrets in a piece of text. */
export interface SecretFinder {
  /** Replaces the secrets of `text` that begin before `limit`. `before` is what stood in front of it, for shapes that look there. */
  clean(text: string, before?: string, limit?: number): Cleaned;
}

/** A finder of these literal texts and of all known token shapes. */
export function createSecretFinder(literals: readonly string[]): SecretFinder {
  const byLength = [...new Set(literals)].sort((a, b) => b.length - a.length).map(escapeLiteral);
  const pattern = new RegExp([...byLength, ...tokenShapes].join("|"), "g");
  // Why: most output holds no secret, which several small patterns tell many times faster than the one that has to decide which it is.
  const cues = [...literalCues(byLength), ...tokenCues];
  const isSuspect = (text: string): boolean => cues.some((cue) => cue.test(text));
  return {
    clean(text, before = "", limit = text.length) {
      const whole = before + text;
      const stop = before.length + Math.min(limit, text.length);
      if (!isSuspect(whole)) return { shown: text.slice(0, stop - before.length), end: stop - before.length };
      if (before !== "" || limit < text.length) return replaced(pattern, whole, before.length, stop);
      // Why: no secret reaches over the end of a line, and the pattern that decides is slow: it reads what is near a cue alone.
      const pieces = piecesOf(text).map((piece) =>
        isSuspect(piece) ? replaced(pattern, piece, 0, piece.length).shown : piece,
      );
      return { shown: pieces.join(""), end: text.length };
    },
  };
}

/** Least length of a piece; each ends with a line. */
const pieceLength = 1024;

function piecesOf(text: string): readonly string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf("\n", at + pieceLength) + 1;
    pieces.push(text.slice(at, end === 0 ? undefined : end));
    at = end === 0 ? text.length : end;
  }
  return pieces;
}

/** Why: patterns of two texts each are read ten times faster than one of all, and never much slower than one of one. */
function literalCues(sources: readonly string[]): readonly Cue[] {
  const pairs = Math.ceil(sources.length / 2);
  return Array.from({ length: pairs }, (_, at) => new RegExp(sources.slice(2 * at, 2 * at + 2).join("|")));
}

function replaced(pattern: RegExp, whole: string, from: number, stop: number): Cleaned {
  let shown = "";
  let at = from;
  pattern.lastIndex = from;
  for (let match = pattern.exec(whole); match !== null && match.index < stop; match = pattern.exec(whole)) {
    shown += whole.slice(at, match.index) + redacted;
    at = match.index + match[0].length;
  }
  const end = Math.max(stop, at);
  return { shown: shown + whole.slice(at, end), end: end - from };
}

function escapeLiteral(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
}
