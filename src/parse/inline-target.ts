/** The target of a link: its offsets without brackets, and the offset after all of it. */
interface Target {
  readonly target: string;
  readonly start: number;
  readonly end: number;
  readonly after: number;
  readonly reference: boolean;
}

const mostParentheses = 32;
const longestLabel = 999;

/** Reads what follows the `]` of a link: `(target "title")` or `[label]`. */
export class TargetReader {
  readonly #text: string;
  /** By closing sign of a title: from here on none is left. */
  readonly #exhausted = new Map<string, number>();

  constructor(text: string) {
    this.#text = text;
  }

  /** The target in parentheses at `at`. */
  read(at: number): Target | undefined {
    const text = this.#text;
    if (text.charAt(at) !== "(") return undefined;
    const from = this.#skip(at + 1);
    const enclosed = text.charAt(from) === "<";
    const start = enclosed ? from + 1 : from;
    const end = enclosed ? this.#enclosedEnd(start) : this.#rawEnd(start);
    if (end < 0) return undefined;
    const next = enclosed ? end + 1 : end;
    let after = this.#skip(next);
    if (after > next && after < text.length && text.charAt(after) !== ")") after = this.#skip(this.#titleEnd(after));
    if (text.charAt(after) !== ")") return undefined;
    const target = text.slice(start, end).replace(/\\([!-/:-@[-`{-~])/g, "$1");
    return { target, start, end, after: after + 1, reference: false };
  }

  /** The label in brackets at `at`; empty for `[]`. */
  label(at: number): { readonly start: number; readonly end: number; readonly after: number } | undefined {
    const text = this.#text;
    if (text.charAt(at) !== "[") return undefined;
    for (let end = at + 1; end < text.length && end - at <= longestLabel; end++) {
      const character = text.charAt(end);
      if (character === "[") return undefined;
      if (character === "]") return { start: at + 1, end, after: end + 1 };
      if (character === "\\") end++;
    }
    return undefined;
  }

  #skip(from: number): number {
    let at = from;
    while (at >= 0 && at < this.#text.length && " \t\n".includes(this.#text.charAt(at))) at++;
    return at;
  }

  #enclosedEnd(from: number): number {
    for (let at = from; at < this.#text.length; at++) {
      const character = this.#text.charAt(at);
      if (character === ">") return at;
      if (character === "<" || character === "\n") return -1;
      if (character === "\\") at++;
    }
    return -1;
  }

  #rawEnd(from: number): number {
    let depth = 0;
    let at = from;
    for (; at < this.#text.length; at++) {
      const code = this.#text.charCodeAt(at);
      if (code <= 32 || code === 127) break;
      if (code === 92) at++;
      else if (code === 40 && ++depth > mostParentheses) return -1;
      else if (code === 41 && depth-- === 0) return at;
    }
    return depth === 0 ? Math.min(at, this.#text.length) : -1;
  }

  #titleEnd(from: number): number {
    const open = this.#text.charAt(from);
    if (!`"'(`.includes(open)) return -1;
    const close = open === "(" ? ")" : open;
    if (from >= (this.#exhausted.get(close) ?? Number.POSITIVE_INFINITY)) return -1;
    for (let at = from + 1; at < this.#text.length; at++) {
      const character = this.#text.charAt(at);
      if (character === close) return at + 1;
      if (character === "\\") at++;
    }
    this.#exhausted.set(close, from);
    return -1;
  }
}
