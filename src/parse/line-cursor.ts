const lineFeed = 10;
const carriageReturn = 13;
const space = 32;
const tab = 9;

/**
 * One line at a time, while its container prefixes are eaten: how far in columns, tabs counted to stops of four,
 * and where the next character that is no blank stands.
 */
export class LineCursor {
  readonly text: string;
  /** Offsets of the line's first character, of its line end, and of the line after it. */
  start = 0;
  end = 0;
  after: number;
  /** Columns eaten. */
  column = 0;
  /** Offset and column of the next character that is no blank; `next === end` on a blank rest. */
  next = 0;
  nextColumn = 0;
  /** Blanks left of a tab that `offset()` found cut in two. */
  padding = 0;
  #runStart = 0;
  #runColumn = 0;
  #feed = -1;
  #return = -1;

  constructor(text: string, start: number) {
    this.text = text;
    this.after = start;
  }

  /** Goes to the next line; false at the end of the text. */
  advance(): boolean {
    const start = this.after;
    const { text } = this;
    if (start >= text.length) return false;
    if (this.#feed < start) this.#feed = found(text.indexOf("\n", start), text.length);
    if (this.#return < start) this.#return = found(text.indexOf("\r", start), text.length);
    this.start = start;
    if (this.#return < this.#feed) {
      this.end = this.#return;
      this.after = this.#feed === this.end + 1 ? this.end + 2 : this.end + 1;
    } else {
      this.end = this.#feed;
      this.after = this.end + 1;
    }
    this.eat(start, 0);
    return true;
  }

  /** Columns of blanks before the next character. */
  get indent(): number {
    return this.nextColumn - this.column;
  }

  get blank(): boolean {
    return this.next === this.end;
  }

  /** The next character that is no blank, -1 at the end of the line. */
  get code(): number {
    return this.next === this.end ? -1 : this.text.charCodeAt(this.next);
  }

  /** Everything before `offset`, which stands at `column`, is eaten; finds the next character. */
  eat(offset: number, column: number): void {
    const { text, end } = this;
    let next = offset;
    let nextColumn = column;
    while (next < end) {
      const code = text.charCodeAt(next);
      if (code === space) nextColumn++;
      else if (code === tab) nextColumn += 4 - (nextColumn & 3);
      else break;
      next++;
    }
    this.#runStart = offset;
    this.#runColumn = column;
    this.column = column;
    this.next = next;
    this.nextColumn = nextColumn;
  }

  /** Eats `columns` columns of blanks; a tab may be cut in two. */
  eatColumns(columns: number): void {
    this.column = Math.min(this.column + columns, this.nextColumn);
  }

  /** The offset of the first character not eaten; sets `padding` to the blanks left of a cut tab. */
  offset(): number {
    let at = this.#runStart;
    let column = this.#runColumn;
    while (column < this.column) {
      column += this.text.charCodeAt(at) === tab ? 4 - (column & 3) : 1;
      at++;
    }
    this.padding = column - this.column;
    return at;
  }
}

function found(index: number, length: number): number {
  return index < 0 ? length : index;
}

/** True for the codes of CR and LF. */
export function isLineEnd(code: number): boolean {
  return code === lineFeed || code === carriageReturn;
}

/** True for the codes of space and tab. */
export function isBlank(code: number): boolean {
  return code === space || code === tab;
}
