import type { TextAt } from "#model/plan";
import type { Range, Source, Span } from "#model/source";

/** Wrongly decoded text at a place, and what it was before. */
export interface WoundAt extends Span {
  readonly healed: string;
}

interface Piece {
  /** Where the piece starts in the readable text. */
  readonly at: number;
  readonly start: number;
  readonly end: number;
  /** Whether the document has the same characters there. */
  readonly same: boolean;
}

interface Ground {
  readonly source: Source;
  readonly text: string;
  readonly pieces: readonly Piece[];
}

/** Readable text of a document: lines joined, container prefixes left out, wounded glyphs healed; every part knows its place. */
export class Passage {
  readonly text: string;
  readonly #ground: Ground;
  readonly #from: number;

  private constructor(ground: Ground, from: number, text: string) {
    this.#ground = ground;
    this.#from = from;
    this.text = text;
  }

  /** The readable text of spans in document order, joined by `\n`. `wounds` are those of the whole document, in order. */
  static of(source: Source, spans: readonly Span[], wounds: readonly WoundAt[]): Passage {
    const ground = layGround(source, spans, wounds);
    return new Passage(ground, 0, ground.text);
  }

  /** Document offset where the passage starts. */
  get start(): number {
    return this.#startOf(this.#from);
  }

  /** Document offset where the passage ends. */
  get end(): number {
    return this.text === "" ? this.start : this.#endOf(this.#from + this.text.length);
  }

  /** The part between two offsets of `text`. */
  sub(from: number, to: number = this.text.length): Passage {
    if (from === 0 && to >= this.text.length) return this;
    return new Passage(this.#ground, this.#from + from, this.text.slice(from, Math.max(from, to)));
  }

  /** The passage without blanks around it. */
  trim(): Passage {
    const trimmed = this.text.trim().length;
    if (trimmed === this.text.length) return this;
    const start = this.text.length - this.text.trimStart().length;
    return this.sub(start, start + trimmed);
  }

  /** What follows a document offset. */
  after(offset: number): Passage {
    let low = 0;
    let high = this.text.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#startOf(this.#from + middle) < offset) low = middle + 1;
      else high = middle;
    }
    return this.sub(low);
  }

  /** The text in one line: line ends become blanks. */
  get line(): string {
    return this.text.includes("\n") ? this.text.replaceAll("\n", " ") : this.text;
  }

  /** The passage's place in the document. */
  get range(): Range {
    return this.#ground.source.range(this.start, this.end);
  }

  /** The characters of the document there. */
  get raw(): string {
    return this.#ground.source.text.slice(this.start, this.end);
  }

  /** Text in one line and place. */
  get textAt(): TextAt {
    return { text: this.line, range: this.range };
  }

  #startOf(at: number): number {
    const piece = this.#pieceAt(at);
    if (piece === undefined) return 0;
    return piece.same ? Math.min(piece.start + at - piece.at, piece.end) : at > piece.at ? piece.end : piece.start;
  }

  #endOf(at: number): number {
    const piece = this.#pieceAt(at - 1);
    if (piece === undefined) return 0;
    return piece.same ? piece.start + at - piece.at : piece.end;
  }

  #pieceAt(at: number): Piece | undefined {
    const { pieces } = this.#ground;
    let low = 0;
    let high = pieces.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((pieces[middle]?.at ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return pieces[low];
  }
}

function layGround(source: Source, spans: readonly Span[], wounds: readonly WoundAt[]): Ground {
  const [only] = spans;
  // Why: most passages are one line as it stands.
  if (only !== undefined && spans.length === 1 && wounds.length === 0) {
    const { start, end } = only;
    return { source, text: source.text.slice(start, end), pieces: [{ at: 0, start, end, same: true }] };
  }
  const parts: string[] = [];
  const pieces: Piece[] = [];
  let length = 0;
  const add = (text: string, start: number, end: number, same: boolean): void => {
    pieces.push({ at: length, start, end, same });
    parts.push(text);
    length += text.length;
  };
  let last: Span | undefined;
  for (const span of spans) {
    if (last !== undefined) add("\n", last.end, span.start, false);
    addHealed(source.text, span, wounds, add);
    last = span;
  }
  return { source, text: parts.join(""), pieces };
}

function addHealed(
  text: string,
  span: Span,
  wounds: readonly WoundAt[],
  add: (text: string, start: number, end: number, same: boolean) => void,
): void {
  let from = span.start;
  for (let index = firstWound(wounds, span.start); index < wounds.length; index++) {
    const wound = wounds[index] as WoundAt;
    if (wound.end > span.end) break;
    if (wound.start > from) add(text.slice(from, wound.start), from, wound.start, true);
    add(wound.healed, wound.start, wound.end, false);
    from = wound.end;
  }
  add(text.slice(from, span.end), from, span.end, true);
}

/** The first wound that starts at or behind an offset. */
function firstWound(wounds: readonly WoundAt[], offset: number): number {
  let low = 0;
  let high = wounds.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((wounds[middle]?.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
