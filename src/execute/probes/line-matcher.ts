import { type Piece, parsePattern } from "./line-pattern.ts";

/** Says for a line whether a pattern stands in it. */
export type LineMatcher = (line: string) => boolean;

/** One state of the machine: reads a character, splits, asserts a place, or accepts. */
type State =
  | { readonly kind: "read"; readonly accepts: (character: string) => boolean; next: number }
  | { readonly kind: "split"; next: number; other: number }
  | { readonly kind: "assert"; readonly place: "start" | "end"; next: number }
  | { readonly kind: "accept" };

/** Most states a pattern may need. */
const mostStates = 5000;

/**
 * Makes a matcher whose time grows with the line's length times the pattern's, whatever the pattern; undefined for patterns outside
 * of the grammar: characters, `.`, classes, groups, `|`, `* + ? {m,n}`, `^ $`, `\d \w \s` and their opposites.
 */
export function createMatcher(pattern: string): LineMatcher | undefined {
  const piece = parsePattern(pattern);
  if (piece === undefined) return undefined;
  const states: State[] = [{ kind: "accept" }];
  const start = compile(piece, 0, states);
  if (start === undefined) return undefined;
  return (line) => stands(states, start, line);
}

/** Adds the states of a piece that go on to `next`; gives its first state, or undefined when there are too many. */
function compile(piece: Piece, next: number, states: State[]): number | undefined {
  if (states.length > mostStates) return undefined;
  switch (piece.kind) {
    case "read":
      return states.push({ kind: "read", accepts: piece.accepts, next }) - 1;
    case "assert":
      return states.push({ kind: "assert", place: piece.place, next }) - 1;
    case "sequence":
      return piece.pieces.reduceRight<number | undefined>(
        (after, each) => (after === undefined ? undefined : compile(each, after, states)),
        next,
      );
    case "choice":
      return compileChoice(piece.pieces, next, states);
    case "repeat":
      return compileRepeat(piece, next, states);
  }
}

function compileChoice(pieces: readonly Piece[], next: number, states: State[]): number | undefined {
  return pieces.reduceRight<number | undefined>((other, each, index) => {
    const own = compile(each, next, states);
    if (own === undefined) return undefined;
    if (index === pieces.length - 1) return own;
    return other === undefined ? undefined : states.push({ kind: "split", next: own, other }) - 1;
  }, next);
}

function compileRepeat(piece: Extract<Piece, { kind: "repeat" }>, next: number, states: State[]): number | undefined {
  let at: number | undefined = next;
  if (piece.most === Infinity) {
    const split: State = { kind: "split", next: 0, other: next };
    const loop = states.push(split) - 1;
    const body = compile(piece.piece, loop, states);
    if (body === undefined) return undefined;
    split.next = body;
    at = loop;
  } else {
    for (let count = piece.least; count < piece.most; count++) {
      const body = compile(piece.piece, at, states);
      if (body === undefined) return undefined;
      at = states.push({ kind: "split", next: body, other: next }) - 1;
    }
  }
  for (let count = 0; count < piece.least && at !== undefined; count++) at = compile(piece.piece, at, states);
  return at;
}

function stands(states: readonly State[], start: number, line: string): boolean {
  let current = new Set<number>();
  for (let at = 0; at <= line.length; at++) {
    follow(states, start, current, at, line.length);
    if (current.has(0)) return true;
    const character = line[at];
    if (character === undefined) return false;
    const next = new Set<number>();
    for (const index of current) {
      const state = states[index];
      if (state?.kind === "read" && state.accepts(character)) follow(states, state.next, next, at + 1, line.length);
    }
    if (next.has(0)) return true;
    current = next;
  }
  return false;
}

/** Adds a state and all that follow from it without reading. */
function follow(states: readonly State[], first: number, into: Set<number>, at: number, length: number): void {
  const waiting = [first];
  for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
    if (into.has(index)) continue;
    into.add(index);
    const state = states[index];
    if (state?.kind === "split") waiting.push(state.next, state.other);
    else if (state?.kind === "assert" && (state.place === "start" ? at === 0 : at === length)) waiting.push(state.next);
  }
}
