/** Escapes that a matcher without backtracking knows. */
const escapes = /^\\(?:[dDwWsSt]|[^A-Za-z0-9])/;
const bounds = /^\{\d{1,3}(?:,\d{0,3})?\}/;

/**
 * True for patterns that a matcher without backtracking can read: characters, classes, groups, choices and repetitions; no
 * look-around, no back references, no word borders.
 */
export function isLinearPattern(pattern: string): boolean {
  if (pattern === "" || pattern.length > 500) return false;
  let groups = 0;
  let repeatable = false;
  for (let at = 0; at < pattern.length; ) {
    const piece = pieceAt(pattern.slice(at, at + 520), groups, repeatable);
    if (piece === undefined) return false;
    groups += piece.groups;
    repeatable = piece.repeatable;
    at += piece.length;
  }
  return groups === 0;
}

interface PatternPiece {
  readonly length: number;
  readonly groups: number;
  /** A repetition may follow. */
  readonly repeatable: boolean;
}

function pieceAt(rest: string, groups: number, repeatable: boolean): PatternPiece | undefined {
  const sign = rest[0] ?? "";
  if (sign === "\\") return sized(escapes.exec(rest)?.[0].length, 0, true);
  if (sign === "[") return sized(classLength(rest), 0, true);
  if (sign === "(") {
    if (rest[1] === "?" && rest[2] !== ":") return undefined;
    return sized(rest[1] === "?" ? 3 : 1, 1, false);
  }
  if (sign === ")") return groups > 0 ? sized(1, -1, true) : undefined;
  if (sign === "|" || sign === "^" || sign === "$") return sized(1, 0, false);
  const count = "*+?".includes(sign) ? 1 : sign === "{" ? bounds.exec(rest)?.[0].length : 0;
  if (count === undefined || (count > 0 && !repeatable)) return undefined;
  if (count > 0) return sized(rest[count] === "?" ? count + 1 : count, 0, false);
  return sized(1, 0, true);
}

function sized(length: number | undefined, groups: number, repeatable: boolean): PatternPiece | undefined {
  return length === undefined ? undefined : { length, groups, repeatable };
}

function classLength(rest: string): number | undefined {
  let at = rest[1] === "^" ? 2 : 1;
  if (rest[at] === "]") at += 1;
  for (; at < rest.length; at++) {
    if (rest[at] === "\\") at += 1;
    else if (rest[at] === "]") return at + 1;
  }
  return undefined;
}
