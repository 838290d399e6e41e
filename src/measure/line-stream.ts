/** Longer lines are cut: no report has a line of figures this long. */
const longestLine = 4 * 1024 * 1024;

/** Splits text that comes in pieces into lines; an unfinished last line is given by `rest`. */
export class LineStream {
  readonly #take: (line: string, isCut: boolean) => void;
  #pending = "";
  #isCut = false;

  constructor(take: (line: string, isCut: boolean) => void) {
    this.#take = take;
  }

  push(piece: string): void {
    let from = 0;
    for (let end = piece.indexOf("\n"); end >= 0; end = piece.indexOf("\n", from)) {
      this.#keep(piece.slice(from, end));
      this.#give();
      from = end + 1;
    }
    this.#keep(piece.slice(from));
  }

  /** Ends the text; a last line without its end is given like any other. */
  end(): void {
    if (this.#pending !== "") this.#give();
  }

  #keep(text: string): void {
    const room = longestLine - this.#pending.length;
    if (text.length > room) this.#isCut = true;
    this.#pending += text.length > room ? text.slice(0, Math.max(0, room)) : text;
  }

  #give(): void {
    const line = this.#pending;
    const isCut = this.#isCut;
    this.#pending = "";
    this.#isCut = false;
    this.#take(line.endsWith("\r") ? line.slice(0, -1) : line, isCut);
  }
}
