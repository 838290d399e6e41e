import { mentionKind } from "#model/trace";
import { readLinks } from "../inline.ts";
import type { ElementIdReader } from "./element-id.ts";
import type { TagWords } from "./tag-words.ts";
import { none, type TraceBuilder } from "./trace-builder.ts";

const scheme = /^(?:[A-Za-z][A-Za-z0-9+.-]*:|\/\/)/;

/** A link as the scanner sees it. */
interface LinkPlace {
  readonly start: number;
  readonly textStart: number;
  readonly textEnd: number;
  readonly targetStart: number;
  readonly targetEnd: number;
  readonly end: number;
}

/** Finds what mentions other documents without being a tag: links anywhere, and ids in the sections for them. */
export class MentionScanner {
  readonly #words: TagWords;
  readonly #builder: TraceBuilder;
  readonly #ids: ElementIdReader;
  /** The next `](` at or behind what was asked for last. */
  #nextLink = -1;

  constructor(words: TagWords, builder: TraceBuilder, ids: ElementIdReader) {
    this.#words = words;
    this.#builder = builder;
    this.#ids = ids;
  }

  /** Begins a new document. */
  begin(): void {
    this.#nextLink = -1;
  }

  /** Reads one line or cell. `kind` is that of its section, -1 where only links count. */
  scan(text: string, start: number, end: number, kind: number): void {
    const counts = idsCount(kind);
    if (this.nextLink(text, start) >= end) {
      if (counts) this.#scanIds(text, start, end, kind);
      return;
    }
    const links = this.#simpleLinks(text, start, end) ?? careful(text, start, end);
    let at = start;
    for (const link of links) {
      if (counts) this.#scanIds(text, at, link.start, kind);
      this.#addLink(text, link, kind < 0 ? mentionKind.elsewhere : kind);
      at = link.end;
    }
    if (counts) this.#scanIds(text, at, end, kind);
  }

  /** Adds the target of a link definition. */
  definition(text: string, start: number, end: number, kind: number): void {
    const match = /^\[(?:[^\]\\]|\\[^])+\]:\s*(?:<([^>\n]*)>|(\S+))/u.exec(text.slice(start, end));
    const target = match?.[1] ?? match?.[2];
    if (match === null || target === undefined) return;
    const targetEnd = start + match[0].length - (match[1] === undefined ? 0 : 1);
    const place = { start, textStart: start, textEnd: start, end };
    this.#addLink(
      text,
      { ...place, targetStart: targetEnd - target.length, targetEnd },
      kind < 0 ? mentionKind.elsewhere : kind,
    );
  }

  /**
   * The next place at or behind `start` where a link may stand, the end of the text when there is none. Ask in ascending order, so that
   * the text is searched once.
   */
  nextLink(text: string, start: number): number {
    if (this.#nextLink < start) {
      const found = text.indexOf("](", start);
      this.#nextLink = found < 0 ? text.length : found;
    }
    return this.#nextLink;
  }

  /** The links of a line without code, escapes and titles; undefined when it has such. */
  #simpleLinks(text: string, start: number, end: number): readonly LinkPlace[] | undefined {
    const links: LinkPlace[] = [];
    let from = start;
    for (let at = start; at < end; at++) {
      const code = text.charCodeAt(at);
      if (code === 96 || code === 92 || code === 60) return undefined;
      if (code !== 93 || text.charCodeAt(at + 1) !== 40) continue;
      const open = openBefore(text, from, at);
      const close = targetEnd(text, at + 2, end);
      if (open < 0 || close < 0) return undefined;
      links.push({
        start: open,
        textStart: open + 1,
        textEnd: at,
        targetStart: at + 2,
        targetEnd: close,
        end: close + 1,
      });
      from = close + 1;
      at = close;
    }
    return links;
  }

  #addLink(text: string, link: LinkPlace, kind: number): void {
    const { targetStart, targetEnd } = link;
    if (targetEnd === targetStart || scheme.test(text.slice(targetStart, Math.min(targetEnd, targetStart + 40))))
      return;
    const { pool } = this.#builder;
    const target = pool.intern(text, targetStart, targetEnd);
    const named = this.#idIn(text, link.textStart, link.textEnd);
    const file = this.#fileId(text, targetStart, targetEnd);
    const value = named >= 0 ? named : file;
    const document = value < 0 ? none : this.#words.document(value);
    const element = named < 0 ? none : this.#words.element(named);
    // Why: where the target does not have the id that the link is read as, only the whole of it shows what is meant.
    const isTold = named < 0 || (file >= 0 && this.#words.document(file) === document);
    const [start, end] = isTold ? [targetStart, targetEnd] : [link.start, link.end];
    this.#builder.mention(kind, document, element, target, start, end);
  }

  /** The first id of a stretch that names a document, -1 for none. */
  #idIn(text: string, start: number, end: number): number {
    for (let at = start; at < end; at++) {
      const after = tokenEnd(text, at, end);
      if (after <= at) continue;
      const value = this.#valueAt(text, at, after);
      if (value >= 0) return value;
      at = after;
    }
    return none;
  }

  /** The id that the file name of a target begins with. */
  #fileId(text: string, start: number, end: number): number {
    let to = start;
    let from = start;
    for (; to < end && text.charCodeAt(to) !== 35; to++) if (text.charCodeAt(to) === 47) from = to + 1;
    let after = from;
    while (after < to && text.charCodeAt(after) !== 95 && text.charCodeAt(after) !== 46) after++;
    return after > from && isUpper(text.charCodeAt(from)) ? this.#valueAt(text, from, after) : none;
  }

  #scanIds(text: string, start: number, end: number, kind: number): void {
    for (let at = start; at < end; at++) {
      const after = tokenEnd(text, at, end);
      if (after <= at) continue;
      const value = this.#valueAt(text, at, after);
      if (value >= 0 && !this.#ids.isOwn(value)) {
        const last = at + this.#words.idLength(value);
        this.#builder.mention(kind, this.#words.document(value), this.#words.element(value), none, at, last);
      }
      at = after;
    }
  }

  /** The value from `start` to `end` without signs at its end, -1 when it names no document. */
  #valueAt(text: string, start: number, end: number): number {
    let after = end;
    while (after > start && isTrailing(text.charCodeAt(after - 1))) after--;
    if (after - start > 200 || !hasDigit(text, start, after)) return none;
    const value = this.#builder.pool.intern(text, start, after);
    return this.#words.document(value) < 0 ? none : value;
  }
}

/** True for kinds of sections where an id alone is a mention. */
export function idsCount(kind: number): boolean {
  return kind >= 0 && kind !== mentionKind.elsewhere;
}

/** Links of a stretch by the reader that knows all forms; references by label are left to their definitions. */
function careful(text: string, start: number, end: number): readonly LinkPlace[] {
  return readLinks(text, { start, end })
    .filter((link) => !link.reference && link.kind !== "autolink")
    .map((link) => ({
      start: link.start,
      textStart: link.content.start,
      textEnd: link.content.end,
      targetStart: link.targetSpan.start,
      targetEnd: link.targetSpan.end,
      end: link.end,
    }));
}

/** The end of a word that begins with a capital letter at `at`; `at` when none does. */
function tokenEnd(text: string, at: number, end: number): number {
  if (!isUpper(text.charCodeAt(at)) || (at > 0 && isInside(text.charCodeAt(at - 1)))) return at;
  let after = at + 1;
  while (after < end && isWordSign(text.charCodeAt(after))) after++;
  // Why: what goes on with a slash or an `@` is a path or an address.
  return text.charCodeAt(after) === 47 || text.charCodeAt(after) === 64 ? at : after;
}

/** The bracket that opens the text that ends at `at`; -1 when there is none, or another closes before it. */
function openBefore(text: string, from: number, at: number): number {
  for (let open = at - 1; open >= from; open--) {
    const code = text.charCodeAt(open);
    if (code === 91) return open;
    if (code === 93) return -1;
  }
  return -1;
}

/** The parenthesis that closes a plain target from `start` on; -1 when the target is none. */
function targetEnd(text: string, start: number, end: number): number {
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === 41) return at;
    if (code <= 32 || code === 40 || code === 60 || code === 92 || code === 96) return -1;
  }
  return -1;
}

function hasDigit(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (isDigit(text.charCodeAt(at))) return true;
  return false;
}

function isUpper(code: number): boolean {
  return code >= 65 && code <= 90;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Letters, digits and `. : - _`. */
function isWordSign(code: number): boolean {
  return isUpper(code) || (code >= 97 && code <= 122) || isDigit(code) || isTrailing(code);
}

function isTrailing(code: number): boolean {
  return code === 46 || code === 58 || code === 45 || code === 95;
}

/** Signs after which a capital letter is in the midst of something. */
function isInside(code: number): boolean {
  return isWordSign(code) || code === 47 || code === 64 || code >= 128;
}
