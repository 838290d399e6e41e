/** A parsed pattern. */
export type Piece =
  | { readonly kind: "read"; readonly accepts: (character: string) => boolean }
  | { readonly kind: "assert"; readonly place: "start" | "end" }
  | { readonly kind: "sequence" | "choice"; readonly pieces: readonly Piece[] }
  | { readonly kind: "repeat"; readonly piece: Piece; readonly least: number; readonly most: number };

/** Most repetitions a count may ask for. */
const mostRepeats = 200;

/** Parses a pattern; undefined when it holds something the grammar does not know. */
export function parsePattern(text: string): Piece | undefined {
  const reader = new PatternReader(text);
  const piece = reader.choice(0);
  return piece !== undefined && reader.atEnd ? piece : undefined;
}

type Accepts = (character: string) => boolean;

const classes: Readonly<Record<string, Accepts>> = {
  d: (character) => character >= "0" && character <= "9",
  w: (character) => /^\w$/.test(character),
  s: (character) => /^\s$/.test(character),
};

class PatternReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get atEnd(): boolean {
    return this.#at === this.#text.length;
  }

  choice(depth: number): Piece | undefined {
    const pieces: Piece[] = [];
    do {
      const piece = this.#sequence(depth);
      if (piece === undefined) return undefined;
      pieces.push(piece);
    } while (this.#take("|"));
    return pieces.length === 1 ? pieces[0] : { kind: "choice", pieces };
  }

  #sequence(depth: number): Piece | undefined {
    const pieces: Piece[] = [];
    while (!this.atEnd && this.#peek !== "|" && this.#peek !== ")") {
      const atom = this.#atom(depth);
      const piece = atom === undefined ? undefined : this.#repeated(atom);
      if (piece === undefined) return undefined;
      pieces.push(piece);
    }
    return { kind: "sequence", pieces };
  }

  #atom(depth: number): Piece | undefined {
    const character = this.#next();
    switch (character) {
      case "^":
        return { kind: "assert", place: "start" };
      case "$":
        return { kind: "assert", place: "end" };
      case ".":
        return { kind: "read", accepts: () => true };
      case "(":
        return this.#group(depth);
      case "[":
        return this.#set();
      case "\\":
        return read(escapeOf(this.#next()));
      case "*":
      case "+":
      case "?":
        return undefined;
      default:
        return read((other) => other === character);
    }
  }

  #group(depth: number): Piece | undefined {
    if (depth > 20) return undefined;
    if (this.#peek === "?" && !this.#takeAll("?:")) return undefined;
    const inner = this.choice(depth + 1);
    return this.#take(")") ? inner : undefined;
  }

  #repeated(piece: Piece): Piece | undefined {
    const bounds = this.#bounds();
    if (bounds === undefined) return piece;
    if (bounds.least > mostRepeats || (bounds.most !== Infinity && bounds.most > mostRepeats)) return undefined;
    if (bounds.most < bounds.least) return undefined;
    // Why: whether a repetition is lazy does not matter for whether the pattern stands in the line.
    this.#take("?");
    return { kind: "repeat", piece, ...bounds };
  }

  #bounds(): { least: number; most: number } | undefined {
    if (this.#take("*")) return { least: 0, most: Infinity };
    if (this.#take("+")) return { least: 1, most: Infinity };
    if (this.#take("?")) return { least: 0, most: 1 };
    const match = /^\{(\d{1,4})(,?)(\d{0,4})\}/.exec(this.#text.slice(this.#at, this.#at + 16));
    if (match === null) return undefined;
    this.#at += match[0].length;
    const least = Number(match[1]);
    if (match[2] === "") return { least, most: least };
    return { least, most: match[3] === "" ? Infinity : Number(match[3]) };
  }

  #set(): Piece | undefined {
    const negated = this.#take("^");
    const parts: Accepts[] = [];
    for (let first = true; first || this.#peek !== "]"; first = false) {
      if (this.atEnd) return undefined;
      const from = this.#next();
      if (from === "\\") {
        const part = escapeOf(this.#next());
        if (part === undefined) return undefined;
        parts.push(part);
        continue;
      }
      const ranged = this.#peek === "-" && this.#text[this.#at + 1] !== "]" && this.#text[this.#at + 1] !== undefined;
      if (!ranged) {
        parts.push((character) => character === from);
        continue;
      }
      this.#at++;
      const to = this.#next();
      parts.push((character) => character >= from && character <= to);
    }
    this.#at++;
    return read((character) => parts.some((part) => part(character)) !== negated);
  }

  get #peek(): string | undefined {
    return this.#text[this.#at];
  }

  #next(): string {
    return this.#text[this.#at++] ?? "";
  }

  #take(character: string): boolean {
    return this.#takeAll(character);
  }

  #takeAll(text: string): boolean {
    if (!this.#text.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }
}

function read(accepts: Accepts | undefined): Piece | undefined {
  return accepts && { kind: "read", accepts };
}

function escapeOf(character: string): Accepts | undefined {
  const known = classes[character];
  if (known !== undefined) return known;
  const opposite = classes[character.toLowerCase()];
  if (opposite !== undefined) return (other) => !opposite(other);
  if (character === "t") return (other) => other === "\t";
  return /^[^A-Za-z0-9]$/.test(character) ? (other) => other === character : undefined;
}
