import type { YamlRows } from "./yaml-rows.ts";

/** An open map or list. */
interface Level {
  readonly indent: number;
  readonly list: boolean;
  /** Keys of a map by number, to find one that stands twice. */
  readonly keys: Set<number>;
  /** The last key or dash still has no value. */
  awaits: boolean;
}

const deepest = 100;
const dash = 45;
const colon = 58;
const hash = 35;
/** Signs that begin what only a whole YAML parser reads. */
const strange = new Set([..."{}],&*!%@`?"].map((sign) => sign.charCodeAt(0)));

/**
 * Reads YAML line by line: maps and lists by indentation, scalars on one line, blocks of text, comments. Where anything else
 * stands, or something is amiss, it goes on as well as it can and says that it is not `sure`.
 */
export class YamlLines {
  sure = true;
  readonly #rows: YamlRows;
  readonly #levels: Level[] = [];
  #text = "";
  /** The line being read, and where the last line with content ended. */
  #lineStart = 0;
  #lineEnd = 0;
  #lastEnd = 0;
  /** Lines indented deeper than this belong to a block of text; -1 when there is none. */
  #block = -1;
  /** Indentation of the block's first line, -1 before it came; and the deepest blank line before that. */
  #blockIndent = -1;
  #blankIndent = 0;
  /** The document has a map or list already. */
  #rooted = false;

  constructor(rows: YamlRows) {
    this.#rows = rows;
  }

  /** Reads one text into the rows. */
  read(text: string): void {
    this.#text = text;
    this.sure = true;
    this.#block = -1;
    this.#rooted = false;
    this.#lastEnd = 0;
    // Why: control characters make the parser complain wherever they stand.
    if (/[^\t\n\r\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd]/.test(text) && !isCleanText(text)) this.sure = false;
    let end = 0;
    for (let start = text.charCodeAt(0) === 0xfeff ? 1 : 0; start < text.length; start = end + 1) {
      const feed = text.indexOf("\n", start);
      end = feed < 0 ? text.length : feed;
      this.#lineStart = start;
      this.#lineEnd = end > start && text.charCodeAt(end - 1) === 13 ? end - 1 : end;
      this.#line();
    }
    this.#closeAll();
  }

  #line(): void {
    const text = this.#text;
    let from = this.#lineStart;
    while (from < this.#lineEnd && text.charCodeAt(from) === 32) from++;
    const indent = from - this.#lineStart;
    if (from === this.#lineEnd) {
      this.#blankIndent = Math.max(this.#blankIndent, indent);
      return;
    }
    if (this.#block >= 0) {
      if (indent > this.#block) return this.#blockLine(from, indent);
      this.#block = -1;
    }
    if (text.charCodeAt(from) === 9) return this.#doubt();
    if (text.charCodeAt(from) === hash) return this.#rows.text(from + 1, this.#lineEnd);
    if (indent === 0 && this.#isMark()) return this.#mark();
    this.#content(from, indent);
    this.#lastEnd = this.#lineEnd;
  }

  #blockLine(from: number, indent: number): void {
    if (this.#blockIndent < 0) {
      this.#blockIndent = indent;
      if (this.#blankIndent > indent) this.#doubt();
    }
    if (indent < this.#blockIndent) this.#doubt();
    if (this.#text.charCodeAt(from) === 9) this.#doubt();
    this.#rows.text(from, this.#lineEnd);
    this.#lastEnd = this.#lineEnd;
  }

  /** `---` or `...` alone, or a directive. */
  #isMark(): boolean {
    const text = this.#text;
    const start = this.#lineStart;
    return text.startsWith("---", start) || text.startsWith("...", start) || text.charCodeAt(start) === 37;
  }

  #mark(): void {
    const rest = this.#text.slice(this.#lineStart, this.#lineEnd);
    if (!/^---[ ]*(?:$| #)/.test(rest)) this.#doubt();
    this.#closeAll();
  }

  /** Reads what stands at a column: dashes, then a key or a scalar. */
  #content(start: number, indent: number): void {
    const text = this.#text;
    let from = start;
    let column = indent;
    let dashed = false;
    while (text.charCodeAt(from) === dash && this.#blankAt(from + 1)) {
      this.#openList(column, dashed);
      dashed = true;
      const next = this.#skipBlanks(from + 1);
      if (next === this.#lineEnd || text.charCodeAt(next) === hash) return;
      column += next - from;
      from = next;
    }
    const key = this.#keyEnd(from);
    if (key < 0) return this.#item(from, dashed);
    this.#openKey(column, from, key, dashed);
    this.#value(this.#skipBlanks(this.#colonAt(key) + 1), column);
  }

  #item(from: number, dashed: boolean): void {
    const level = this.#levels.at(-1);
    if (!dashed || level === undefined) return this.#doubt();
    this.#value(from, level.indent);
  }

  /** A dash at a column: the next item of the list there, or the first of a list that is awaited. */
  #openList(column: number, nested: boolean): void {
    if (!nested) this.#closeTo(column, true);
    const level = this.#levels.at(-1);
    if (!nested && level?.list === true && level.indent === column) {
      level.awaits = true;
      return;
    }
    this.#push(column, true, nested);
  }

  #openKey(column: number, start: number, end: number, nested: boolean): void {
    if (!nested) this.#closeTo(column, false);
    const level = this.#levels.at(-1);
    if (nested || level === undefined || level.list || level.indent !== column) this.#push(column, false, nested);
    else this.#rows.leave(this.#lastEnd);
    const map = this.#levels.at(-1);
    const quoted = isQuote(this.#text.charCodeAt(start)) ? 1 : 0;
    const from = start + quoted;
    const to = end - quoted;
    const key = this.#rows.keyNumber(from, to);
    if (map?.keys.has(key) === true || (to - from === 2 && this.#text.startsWith("<<", from))) this.#doubt();
    map?.keys.add(key);
    if (map !== undefined) map.awaits = true;
    this.#rows.enterNumber(key, from, to);
  }

  /** Opens a map or list, which something must have waited for. */
  #push(indent: number, list: boolean, nested: boolean): void {
    const level = this.#levels.at(-1);
    const isAwaited = level === undefined ? !this.#rooted : level.awaits;
    const isDeeper =
      level === undefined || nested || indent > level.indent || (list && !level.list && indent === level.indent);
    if (!isAwaited || !isDeeper || this.#levels.length >= deepest) this.#doubt();
    if (level !== undefined) level.awaits = false;
    this.#levels.push({ indent, list, keys: new Set(), awaits: true });
    this.#rooted = true;
  }

  /** Closes what is deeper than a column, and a list that stands at the column of a key. */
  #closeTo(column: number, list: boolean): void {
    for (let level = this.#levels.at(-1); level !== undefined; level = this.#levels.at(-1)) {
      if (level.indent < column || (level.indent === column && (list || !level.list))) return;
      this.#pop();
    }
  }

  #pop(): void {
    const level = this.#levels.pop();
    if (level !== undefined && !level.list) this.#rows.leave(this.#lastEnd);
  }

  #closeAll(): void {
    while (this.#levels.length > 0) this.#pop();
    this.#block = -1;
    this.#rooted = false;
  }

  #value(from: number, indent: number): void {
    const text = this.#text;
    const code = text.charCodeAt(from);
    if (from >= this.#lineEnd || code === hash) return;
    const level = this.#levels.at(-1);
    if (level !== undefined) level.awaits = false;
    if (code === 124 || code === 62) return this.#blockHead(from, indent);
    if (isQuote(code)) return this.#quoted(from);
    if (code === 91) return this.#flow(from);
    if (strange.has(code) || code === 9 || this.#looksNested(from, code)) this.#doubt();
    const end = this.#plainEnd(from);
    this.#rows.scalar(from, end);
  }

  #looksNested(from: number, code: number): boolean {
    return (code === dash || code === colon) && this.#blankAt(from + 1);
  }

  #blockHead(from: number, indent: number): void {
    if (!/^[|>][+-]?(?:\s+#.*|\s*)$/.test(this.#text.slice(from, this.#lineEnd))) this.#doubt();
    this.#block = indent;
    this.#blockIndent = -1;
    this.#blankIndent = 0;
  }

  #quoted(from: number): void {
    const close = this.#closingQuote(from);
    if (close < 0) return this.#doubt();
    this.#rows.scalar(from + 1, close);
    this.#expectEnd(close + 1);
  }

  /** The quote that closes the one at `from` on this line without escapes, -1 when there is none. */
  #closingQuote(from: number): number {
    const text = this.#text;
    const quote = text.charCodeAt(from);
    for (let at = from + 1; at < this.#lineEnd; at++) {
      const code = text.charCodeAt(at);
      if (code === 92 && quote === 34) return -1;
      if (code === quote) return text.charCodeAt(at + 1) === quote ? -1 : at;
    }
    return -1;
  }

  /** A list of words on one line. */
  #flow(from: number): void {
    const text = this.#text;
    let at = this.#skipBlanks(from + 1);
    while (at < this.#lineEnd && text.charCodeAt(at) !== 93) {
      const end = isQuote(text.charCodeAt(at)) ? this.#closingQuote(at) : wordEnd(text, at, this.#lineEnd);
      if (end <= at) return this.#doubt();
      const quoted = isQuote(text.charCodeAt(at)) ? 1 : 0;
      this.#rows.scalar(at + quoted, end);
      at = this.#skipBlanks(end + quoted);
      if (text.charCodeAt(at) === 44) at = this.#skipBlanks(at + 1);
      else if (text.charCodeAt(at) !== 93) return this.#doubt();
    }
    if (at >= this.#lineEnd) return this.#doubt();
    this.#expectEnd(at + 1);
  }

  /** Nothing but a comment may follow. */
  #expectEnd(from: number): void {
    if (!/^[ \t]*(?:$|[ \t]#)/.test(this.#text.slice(from, this.#lineEnd))) this.#doubt();
  }

  /** Where a plain scalar ends: before a comment, without blanks. */
  #plainEnd(from: number): number {
    const text = this.#text;
    let end = from;
    for (let at = from; at < this.#lineEnd; at++) {
      const code = text.charCodeAt(at);
      if (code === hash && isBlank(text.charCodeAt(at - 1))) break;
      if (code === colon && this.#blankAt(at + 1)) this.#doubt();
      if (!isBlank(code)) end = at + 1;
    }
    return end;
  }

  /** Where the key at `from` ends, quotes included; -1 when the line holds none. */
  #keyEnd(from: number): number {
    const text = this.#text;
    const first = text.charCodeAt(from);
    if (isQuote(first)) {
      const close = this.#closingQuote(from);
      if (close < 0) return -1;
      const after = this.#skipBlanks(close + 1);
      return text.charCodeAt(after) === colon && this.#blankAt(after + 1) ? close + 1 : -1;
    }
    if (first === 91 || first === 124 || first === 62) return -1;
    let end = from;
    for (let at = from; at < this.#lineEnd; at++) {
      const code = text.charCodeAt(at);
      if (code === colon && this.#blankAt(at + 1)) {
        if (strange.has(first) || end === from) this.#doubt();
        return end > from ? end : -1;
      }
      if (code === hash && at > from && isBlank(text.charCodeAt(at - 1))) return -1;
      if (!isBlank(code)) end = at + 1;
    }
    return -1;
  }

  #colonAt(from: number): number {
    return this.#skipBlanks(from);
  }

  #skipBlanks(from: number): number {
    let at = from;
    while (at < this.#lineEnd && isBlank(this.#text.charCodeAt(at))) {
      if (this.#text.charCodeAt(at) === 9) this.#doubt();
      at++;
    }
    return at;
  }

  #blankAt(at: number): boolean {
    return at >= this.#lineEnd || isBlank(this.#text.charCodeAt(at));
  }

  #doubt(): void {
    this.sure = false;
  }
}

/** The end of a plain word in a list on one line; `from` when what stands there is more. */
function wordEnd(text: string, from: number, lineEnd: number): number {
  let at = from;
  while (at < lineEnd && isWordSign(text.charCodeAt(at))) at++;
  return text.charCodeAt(at) === 44 || text.charCodeAt(at) === 93 || text.charCodeAt(at) === 32 ? at : from;
}

/** Letters, digits and `. - _ /`, and a colon inside of an id. */
function isWordSign(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 46 && code <= 58) ||
    code === 95 ||
    code === dash
  );
}

/** Why: pairs of surrogates are characters like others; the pattern for them would be slow. */
function isCleanText(text: string): boolean {
  return !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/.test(text);
}

function isQuote(code: number): boolean {
  return code === 34 || code === 39;
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}
