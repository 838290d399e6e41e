/** What a pattern found: the text of each named piece. */
export type Captures = Readonly<Record<string, string>>;

/** A compiled pattern: matches whole texts only, in time linear in the text. */
export interface Pattern {
  readonly source: string;
  match(text: string): Captures | undefined;
}

/** A named piece: a run of characters of one class, `least` to `most` long. */
interface PieceKind {
  readonly has: (unit: number) => boolean;
  readonly least: number;
  readonly most: number;
}

interface Piece extends PieceKind {
  readonly name: string;
  /** The one text it may be, when the caller fixed it. */
  readonly fixed?: string;
}

type Sequence = readonly (string | Piece)[];

const longestText = 4096;
const mostSequences = 64;

const isDigit = (unit: number): boolean => unit >= 48 && unit <= 57;
const isUpper = (unit: number): boolean => unit >= 65 && unit <= 90;
const isLower = (unit: number): boolean => unit >= 97 && unit <= 122;
const isSlug = (unit: number): boolean => isLower(unit) || isDigit(unit) || unit === 95;
const isName = (unit: number): boolean => isSlug(unit) || isUpper(unit) || unit === 45;
const isText = (unit: number): boolean => isName(unit) || unit === 46;

const pieceKinds: Readonly<Record<string, PieceKind>> = {
  TYPE: { has: isUpper, least: 2, most: 16 },
  NNN: { has: isDigit, least: 3, most: 4 },
  NN: { has: isDigit, least: 2, most: 6 },
  YY: { has: isDigit, least: 2, most: 3 },
  TT: { has: isDigit, least: 2, most: 3 },
  SS: { has: isDigit, least: 2, most: 4 },
  date: { has: isDigit, least: 8, most: 8 },
  time: { has: isDigit, least: 6, most: 6 },
  digits: { has: isDigit, least: 1, most: longestText },
  slug: { has: isSlug, least: 1, most: longestText },
  name: { has: isName, least: 1, most: longestText },
  text: { has: isText, least: 1, most: longestText },
};

/**
 * Compiles a pattern. Its grammar: `{piece}` is a named run of characters (`TYPE NNN NN YY TT SS date time digits slug name
 * text`), `[…]` may be absent, `(a|b)` is one of several, everything else stands for itself. `fixed` gives pieces a fixed text.
 * Throws RangeError on a source that `patternProblem` complains about.
 */
export function compilePattern(source: string, fixed: Captures = {}): Pattern {
  const matchers = new PatternReader(source, fixed).read().map((sequence) => ({
    sequence,
    match: isUnambiguous(sequence) ? scanSequence : searchSequence,
  }));
  return {
    source,
    match(text: string): Captures | undefined {
      if (text.length > longestText) return undefined;
      for (const { sequence, match } of matchers) {
        const captures = match(sequence, text);
        if (captures !== undefined) return captures;
      }
      return undefined;
    },
  };
}

/** What is wrong with a pattern's source, in one sentence; undefined when it compiles. */
export function patternProblem(source: string): string | undefined {
  try {
    compilePattern(source);
    return undefined;
  } catch (error) {
    return error instanceof RangeError ? error.message : String(error);
  }
}

/** Reads a pattern into all its flat sequences, the longest variant of each optional part first. */
class PatternReader {
  readonly #source: string;
  readonly #fixed: Captures;
  #at = 0;

  constructor(source: string, fixed: Captures) {
    this.#source = source;
    this.#fixed = fixed;
  }

  read(): readonly Sequence[] {
    const sequences = this.#sequence("");
    if (this.#at < this.#source.length) throw this.#problem(`unexpected "${this.#source[this.#at]}"`);
    return sequences;
  }

  #sequence(closers: string): readonly Sequence[] {
    let result: readonly Sequence[] = [[]];
    while (this.#at < this.#source.length) {
      const char = this.#source[this.#at] ?? "";
      if (closers.includes(char)) return result;
      result = this.#join(result, this.#part(char));
    }
    if (closers !== "") throw this.#problem(`"${closers.at(-1)}" is missing`);
    return result;
  }

  #part(char: string): readonly Sequence[] {
    this.#at++;
    if (char === "{") return [[this.#piece()]];
    if (char === "[") return [...this.#closed("]"), []];
    if (char === "(") return this.#closed(")");
    if ("]})|".includes(char)) throw this.#problem(`unexpected "${char}"`);
    return [[char]];
  }

  #closed(closer: string): readonly Sequence[] {
    const result: Sequence[] = [];
    for (;;) {
      result.push(...this.#sequence(`|${closer}`));
      const char = this.#source[this.#at++];
      if (char === closer) return result;
    }
  }

  #piece(): string | Piece {
    const end = this.#source.indexOf("}", this.#at);
    const name = end < 0 ? "" : this.#source.slice(this.#at, end);
    const kind = Object.hasOwn(pieceKinds, name) ? pieceKinds[name] : undefined;
    if (kind === undefined) throw this.#problem(`no piece is named "${name}"`);
    this.#at = end + 1;
    const fixed = Object.hasOwn(this.#fixed, name) ? this.#fixed[name] : undefined;
    return fixed === undefined ? { name, ...kind } : { name, ...kind, least: fixed.length, fixed };
  }

  #join(heads: readonly Sequence[], tails: readonly Sequence[]): readonly Sequence[] {
    const result: Sequence[] = [];
    for (const tail of tails) for (const head of heads) result.push([...head, ...tail]);
    if (result.length > mostSequences) throw this.#problem("too many optional parts");
    return result;
  }

  #problem(message: string): RangeError {
    return new RangeError(`pattern "${this.#source}": ${message}`);
  }
}

/** True when every run ends where its class ends, so that one look from left to right decides. */
function isUnambiguous(sequence: Sequence): boolean {
  return sequence.every((piece, index) => {
    if (typeof piece === "string" || piece.fixed !== undefined) return true;
    const next = sequence[index + 1];
    if (next === undefined) return true;
    const first = typeof next === "string" ? next : next.fixed;
    return first !== undefined && first !== "" && !piece.has(first.charCodeAt(0));
  });
}

function scanSequence(sequence: Sequence, text: string): Captures | undefined {
  const captures: Record<string, string> = {};
  let at = 0;
  for (const piece of sequence) {
    const literal = literalOf(piece);
    const end = literal === undefined ? runEnd(piece as Piece, text, at) : at + literal.length;
    if (literal === undefined ? end - at < (piece as Piece).least : !text.startsWith(literal, at)) return undefined;
    if (typeof piece !== "string") captures[piece.name] = text.slice(at, end);
    at = end;
  }
  return at === text.length ? captures : undefined;
}

function literalOf(piece: string | Piece): string | undefined {
  return typeof piece === "string" ? piece : piece.fixed;
}

function runEnd(piece: Piece, text: string, start: number): number {
  const last = Math.min(text.length, start + piece.most);
  let end = start;
  while (end < last && piece.has(text.charCodeAt(end))) end++;
  return end;
}

/** Carries the set of places reached through the pieces, then walks back from the end, so that earlier pieces take as much as they can. */
function searchSequence(sequence: Sequence, text: string): Captures | undefined {
  const start = new Uint8Array(text.length + 1);
  start[0] = 1;
  const reached: Uint8Array[] = [start];
  let from: Uint8Array = start;
  for (const piece of sequence) {
    const literal = literalOf(piece);
    const to = literal === undefined ? stepRun(piece as Piece, text, from) : stepLiteral(literal, text, from);
    if (to === undefined) return undefined;
    reached.push(to);
    from = to;
  }
  return from[text.length] === 1 ? walkBack(sequence, text, reached) : undefined;
}

function stepLiteral(literal: string, text: string, from: Uint8Array): Uint8Array | undefined {
  const to = new Uint8Array(from.length);
  let any = false;
  for (let at = 0; at < from.length; at++) {
    if (from[at] !== 1 || !text.startsWith(literal, at)) continue;
    to[at + literal.length] = 1;
    any = true;
  }
  return any ? to : undefined;
}

function stepRun(piece: Piece, text: string, from: Uint8Array): Uint8Array | undefined {
  const to = new Uint8Array(from.length);
  const starts = new Int32Array(from.length + 1);
  for (let at = 0; at < from.length; at++) starts[at + 1] = (starts[at] ?? 0) + (from[at] ?? 0);
  let runStart = 0;
  let any = false;
  for (let end = 1; end < from.length; end++) {
    if (!piece.has(text.charCodeAt(end - 1))) runStart = end;
    const least = Math.max(runStart, end - piece.most);
    const greatest = end - piece.least;
    if (greatest < least || (starts[greatest + 1] ?? 0) === (starts[least] ?? 0)) continue;
    to[end] = 1;
    any = true;
  }
  return any ? to : undefined;
}

function walkBack(sequence: Sequence, text: string, reached: readonly Uint8Array[]): Captures {
  const captures: Record<string, string> = {};
  let end = text.length;
  for (let index = sequence.length - 1; index >= 0; index--) {
    const piece = sequence[index] ?? "";
    let start = end - (typeof piece === "string" ? piece.length : piece.least);
    while (reached[index]?.[start] !== 1) start--;
    if (typeof piece !== "string") captures[piece.name] = text.slice(start, end);
    end = start;
  }
  return captures;
}
