import type { BlockTape } from "./block-tape.ts";
import { isBlank } from "./line-cursor.ts";

const longestLabel = 999;

/**
 * Reads link reference definitions at the start of a paragraph's lines. After each success `line` is the first line
 * behind the definition.
 */
export class DefinitionReader {
  line = 0;
  readonly #text: string;
  readonly #tape: BlockTape;
  #end = 0;
  #at = 0;
  #lineEnd = 0;

  constructor(text: string, tape: BlockTape) {
    this.#text = text;
    this.#tape = tape;
  }

  /** True when a definition starts at line `first` of the tape, of lines up to `end`. */
  read(first: number, end: number): boolean {
    this.#end = end;
    this.#enter(first);
    if (this.#code() !== 91 || !this.#label()) return false;
    if (this.#code() !== 58) return false;
    this.#at++;
    this.#skipBlankLines();
    if (!this.#destination()) return false;
    return this.#finish();
  }

  #enter(line: number): void {
    this.line = line;
    this.#at = this.#tape.lineStart(line);
    this.#lineEnd = this.#tape.lineEnd(line);
  }

  /** The next code; -1 at the end of a line. */
  #code(): number {
    return this.#at < this.#lineEnd ? this.#text.charCodeAt(this.#at) : -1;
  }

  #nextLine(): boolean {
    if (this.line + 1 >= this.#end) return false;
    this.#enter(this.line + 1);
    return true;
  }

  #skipBlanks(): void {
    while (isBlank(this.#code())) this.#at++;
  }

  #skipBlankLines(): void {
    this.#skipBlanks();
    if (this.#code() === -1 && this.#nextLine()) this.#skipBlanks();
  }

  #label(): boolean {
    this.#at++;
    let seen = false;
    for (let size = 0; size <= longestLabel; ) {
      const code = this.#code();
      if (code === -1) {
        if (!this.#nextLine()) return false;
        continue;
      }
      if (code === 91 || (code === 93 && !seen)) return false;
      this.#at++;
      if (code === 93) return true;
      seen ||= !isBlank(code);
      size++;
      if (code === 92 && isEscapable(this.#code(), 91, 93)) {
        this.#at++;
        size++;
      }
    }
    return false;
  }

  #destination(): boolean {
    return this.#code() === 60 ? this.#enclosed() : this.#raw();
  }

  #enclosed(): boolean {
    this.#at++;
    for (;;) {
      const code = this.#code();
      if (code === -1 || code === 60) return false;
      this.#at++;
      if (code === 62) return true;
      if (code === 92 && isEscapable(this.#code(), 60, 62)) this.#at++;
    }
  }

  #raw(): boolean {
    const start = this.#at;
    let balance = 0;
    for (;;) {
      const code = this.#code();
      if (balance === 0 && (code === -1 || isBlank(code) || code === 41)) return this.#at > start;
      if (code === -1 || (code <= 32 && code !== 0) || code === 127) return false;
      this.#at++;
      if (code === 40) balance++;
      if (code === 41) balance--;
      if (code === 92 && isEscapable(this.#code(), 40, 41)) this.#at++;
    }
  }

  /** An optional title, then the end of the line; a title that fails on a line of its own is no part of the definition. */
  #finish(): boolean {
    const blank = isBlank(this.#code());
    this.#skipBlanks();
    const line = this.line;
    const alone = this.#code() === -1;
    if ((alone || blank) && this.#titleAfterBlank(alone)) {
      this.line++;
      return true;
    }
    if (!alone) return false;
    this.line = line + 1;
    return true;
  }

  #titleAfterBlank(alone: boolean): boolean {
    if (alone) {
      if (!this.#nextLine()) return false;
      this.#skipBlanks();
    }
    if (!this.#title()) return false;
    this.#skipBlanks();
    return this.#code() === -1;
  }

  #title(): boolean {
    const open = this.#code();
    if (open !== 34 && open !== 39 && open !== 40) return false;
    const close = open === 40 ? 41 : open;
    this.#at++;
    for (;;) {
      const code = this.#code();
      if (code === -1) {
        if (!this.#nextLine()) return false;
        continue;
      }
      this.#at++;
      if (code === close) return true;
      if (code === 92 && isEscapable(this.#code(), close, close)) this.#at++;
    }
  }
}

function isEscapable(code: number, first: number, second: number): boolean {
  return code === first || code === second || code === 92;
}
