import type { ShellComment, ShellScript, ShellSyntaxError } from "#model/shell-syntax";
import type { Span } from "#model/source";

/** Thrown inside the parser at the first place that is not bash; never leaves it. */
export class NotBash extends Error {
  readonly span: Span;

  constructor(message: string, start: number, end: number) {
    super(message);
    this.span = { start, end: Math.max(end, start) };
  }
}

/** Thrown inside the parser when the text is too deep or too long to read; never leaves it. */
export class TooMuch extends Error {}

/** A here-document whose body has not been read yet. */
export interface PendingHeredoc {
  readonly delimiter: string;
  readonly quoted: boolean;
  readonly stripTabs: boolean;
  /** Receives the body when its lines are reached. */
  close(body: Span, terminated: boolean, content: WordContent): void;
  /** Called when its lines are never reached. */
  abandon(): void;
}

/** What a word, or the body of a here-document, holds. */
export interface WordContent {
  readonly substitutions: ShellScript[];
  readonly variables: string[];
}

/** Counts work done, so that no text can make the parser hang. */
export interface Budget {
  steps: number;
  depth: number;
}

/** Deepest nesting that is read; bash itself meets such text only in attacks. */
const deepest = 100;

/** Reads a script up to a closing `)` or the end; handed in so that words and commands can hold each other. */
export type ReadScript = (reader: Reader) => ShellScript;

/** A place in a text, with what the parser must remember while it walks. */
export class Reader {
  readonly text: string;
  readonly end: number;
  readonly comments: ShellComment[];
  readonly errors: ShellSyntaxError[];
  readonly budget: Budget;
  readonly readScript: ReadScript;
  /** When set, every node gets this span: the text is an unescaped copy of what stands there. */
  readonly fixed: Span | undefined;
  position: number;
  pending: PendingHeredoc[] = [];
  /** Patterns such as `!(a)` are words from here on. */
  extendedPatterns: boolean;

  constructor(text: string, end: number, from: ReaderOrigin) {
    this.text = text;
    this.end = end;
    this.position = from.start;
    this.comments = from.comments;
    this.errors = from.errors;
    this.budget = from.budget;
    this.readScript = from.readScript;
    this.fixed = from.fixed;
    this.extendedPatterns = from.extendedPatterns;
  }

  /** The character at an offset from here; empty at the end. */
  peek(ahead = 0): string {
    const at = this.position + ahead;
    return at < this.end ? (this.text[at] ?? "") : "";
  }

  get atEnd(): boolean {
    return this.position >= this.end;
  }

  startsWith(text: string): boolean {
    return this.position + text.length <= this.end && this.text.startsWith(text, this.position);
  }

  /** Moves on, counting the work. */
  advance(count = 1): void {
    this.position += count;
    this.step();
  }

  /** Counts one piece of work. */
  step(): void {
    this.budget.steps -= 1;
    if (this.budget.steps < 0) throw new TooMuch();
  }

  /** Runs a nested piece of the grammar, counting its depth. */
  nest<T>(read: () => T): T {
    this.budget.depth += 1;
    if (this.budget.depth > deepest) throw new TooMuch();
    try {
      return read();
    } finally {
      this.budget.depth -= 1;
    }
  }

  span(start: number, end: number = this.position): Span {
    return this.fixed ?? { start, end };
  }

  fail(message: string, start: number = this.position, end: number = start + 1): never {
    const span = this.span(start, Math.min(end, Math.max(this.end, start)));
    throw new NotBash(message, span.start, span.end);
  }

  /** A reader of a part of the same text. */
  part(start: number, end: number): Reader {
    return new Reader(this.text, end, { ...this.origin(), start });
  }

  /** A reader of another text that stands for a place of this one. */
  copy(text: string, place: Span): Reader {
    return new Reader(text, text.length, { ...this.origin(), start: 0, fixed: this.fixed ?? place, comments: [] });
  }

  private origin(): Omit<ReaderOrigin, "start"> {
    const { comments, errors, budget, readScript, fixed, extendedPatterns } = this;
    return { comments, errors, budget, readScript, fixed, extendedPatterns };
  }
}

/** Where a reader starts and what it shares with the one it comes from. */
export interface ReaderOrigin {
  readonly start: number;
  readonly comments: ShellComment[];
  readonly errors: ShellSyntaxError[];
  readonly budget: Budget;
  readonly readScript: ReadScript;
  readonly fixed: Span | undefined;
  readonly extendedPatterns: boolean;
}

const metaCharacters: readonly boolean[] = Array.from({ length: 128 }, (_, code) =>
  " \t\n|&;()<>".includes(String.fromCharCode(code)),
);

/** True for the code of a character that ends a word when unquoted. */
export function isMetaCode(code: number): boolean {
  return metaCharacters[code] === true;
}

/** True for the characters that end a word when unquoted. */
export function isMeta(character: string): boolean {
  return character === "" || " \t\n|&;()<>".includes(character);
}

/** Moves over blanks, line continuations and a comment, up to the next token of the line. */
export function skipBlanks(reader: Reader): void {
  while (!reader.atEnd) {
    const next = reader.peek();
    if (next === " " || next === "\t") reader.advance();
    else if (next === "\\" && reader.peek(1) === "\n") reader.advance(2);
    else break;
  }
  if (reader.peek() === "#") skipComment(reader);
}

function skipComment(reader: Reader): void {
  const start = reader.position;
  const line = reader.text.indexOf("\n", start);
  const end = line < 0 || line > reader.end ? reader.end : line;
  reader.position = end;
  reader.step();
  reader.comments.push({ ...reader.span(start), text: reader.text.slice(start + 1, end).trim() });
}
