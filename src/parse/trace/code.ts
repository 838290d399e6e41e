import type { Profile } from "#profile/profile";
import { unreadTags } from "../unread-tags.ts";
import { type CustomForm, customForms, type LexMemory } from "./lex-custom.ts";
import { type LexForm, type SourceLanguage, sourceLanguages } from "./languages.ts";
import type { TagPlace } from "./slow-tags.ts";
import type { TagScanner } from "./tag-scanner.ts";
import type { TraceBuilder, TraceSubject } from "./trace-builder.ts";

const commentPlace: TagPlace = { flags: 0, live: true, anywhere: false, spaced: true };
const newline = 10;

/** A language with its forms by the sign they begin with. */
interface Lexer {
  readonly language: SourceLanguage;
  /** 1 for signs with which a form begins, 2 and 3 for brackets that open and close. */
  readonly signs: Uint8Array;
  readonly forms: ReadonlyMap<number, readonly LexForm[]>;
  readonly custom: ReadonlyMap<number, readonly CustomForm[]>;
}

const lexers: ReadonlyMap<string, Lexer> = new Map(
  sourceLanguages.flatMap((language) => {
    const lexer = lexerOf(language);
    return language.endings.map((ending) => [ending, lexer] as const);
  }),
);

/** True for the ending of a file's name whose comments can be read. */
export function isSourceEnding(ending: string): boolean {
  return lexers.has(ending);
}

/** Reads the tags in comments and docstrings of source code; texts, patterns and code hold none. */
export class CodeTrace {
  readonly #profile: Profile;
  readonly #builder: TraceBuilder;
  readonly #tags: TagScanner;
  #text = "";
  #depth = 0;
  #memory: LexMemory = { heredocs: [], noRegexBefore: 0, unclosed: 0, open: new Set() };

  constructor(profile: Profile, builder: TraceBuilder, tags: TagScanner) {
    this.#profile = profile;
    this.#builder = builder;
    this.#tags = tags;
  }

  /** Reads one file. */
  read(subject: TraceSubject, text: string): void {
    const lexer = lexers.get(subject.path.slice(subject.path.lastIndexOf(".") + 1).toLowerCase());
    if (lexer === undefined || !text.includes("@")) return;
    this.#text = text;
    this.#depth = 0;
    this.#memory = { heredocs: [], noRegexBefore: 0, unclosed: 0, open: new Set() };
    this.#tags.begin();
    const { between } = lexer.language;
    if (between === undefined) this.#scan(lexer, 0, text.length);
    else this.#scanBetween(lexer, between);
  }

  #scanBetween(lexer: Lexer, [open, close]: readonly [string, string]): void {
    for (let from = this.#text.indexOf(open); from >= 0; ) {
      const end = this.#scan(lexer, from + open.length, this.#text.length, close);
      from = this.#text.indexOf(open, end);
    }
  }

  /** Reads from one place to another, or to where code ends; returns where it stopped. */
  #scan(lexer: Lexer, from: number, to: number, stop?: string): number {
    const text = this.#text;
    const { signs } = lexer;
    let at = from;
    while (at < to) {
      const code = text.charCodeAt(at);
      const meaning = code < 128 ? signs[code] : 0;
      if (stop !== undefined && code === 63 && text.startsWith(stop, at)) return at + stop.length;
      if (meaning === 0) at++;
      else if (meaning === 1) at = Math.max(at + 1, this.#form(lexer, at, code, stop));
      else {
        this.#depth = Math.max(0, this.#depth + (meaning === 2 ? 1 : -1));
        at++;
      }
    }
    return to;
  }

  /** Where what begins at `at` ends; `at` when nothing does. */
  #form(lexer: Lexer, at: number, code: number, stop: string | undefined): number {
    for (const read of lexer.custom.get(code) ?? []) {
      const end = read(this.#text, at, this.#memory);
      if (end > at) return end;
    }
    const form = lexer.forms.get(code)?.find((each) => this.#isAt(each, at));
    if (form === undefined) return at;
    const end = this.#endOf(form, at, stop);
    if (form.is === "comment" || (form.isDocstring === true && this.#isStatement(at))) {
      const close = form.close ?? "";
      const isClosed = close !== "" && this.#text.startsWith(close, end - close.length);
      this.#comment(at + form.open.length, isClosed ? end - close.length : end);
    }
    return end;
  }

  #isAt(form: LexForm, at: number): boolean {
    if (!this.#text.startsWith(form.open, at)) return false;
    const before = at === 0 ? newline : this.#text.charCodeAt(at - 1);
    if (form.atLine === true) return before === newline;
    return form.atWord !== true || before <= 32 || before === 59;
  }

  #endOf(form: LexForm, at: number, stop: string | undefined): number {
    const text = this.#text;
    const from = at + form.open.length;
    if (form.close === undefined) return this.#lineEnd(from, stop);
    if (form.close === "") return from + 1;
    const last = form.close.charCodeAt(0);
    let depth = 1;
    for (let end = from; end < text.length; end++) {
      const code = text.charCodeAt(end);
      if (form.oneLine === true && code === newline) return end;
      if (form.escapes === true && code === 92) end++;
      else if (code === last && text.startsWith(form.close, end)) {
        if (form.doubles === true && text.charCodeAt(end + 1) === last) end++;
        else if (--depth === 0) return end + form.close.length;
        else end += form.close.length - 1;
      } else if (form.nests === true && text.startsWith(form.open, end)) {
        depth++;
        end += form.open.length - 1;
      }
    }
    return text.length;
  }

  #lineEnd(from: number, stop: string | undefined): number {
    const feed = this.#text.indexOf("\n", from);
    const end = feed < 0 ? this.#text.length : feed;
    const closed = stop === undefined ? -1 : this.#text.slice(from, end).indexOf(stop);
    return closed < 0 ? end : from + closed;
  }

  /** True when a text stands alone as a statement: first on its line, outside of brackets, behind no operator. */
  #isStatement(at: number): boolean {
    if (this.#depth > 0) return false;
    const text = this.#text;
    let before = at - 1;
    while (before >= 0 && (text.charCodeAt(before) === 32 || text.charCodeAt(before) === 9)) before--;
    if (before >= 0 && /[rRuU]/.test(text.charAt(before)) && before === at - 1) return this.#isStatement(before);
    if (before >= 0 && text.charCodeAt(before) !== newline) return false;
    while (before >= 0 && text.charCodeAt(before) <= 32) before--;
    return before < 0 || !"\\=(,[{+%".includes(text.charAt(before));
  }

  #comment(start: number, end: number): void {
    const text = this.#text;
    for (let from = start; this.#tags.mayHold(text, from, end); ) {
      const feed = text.indexOf("\n", from);
      const lineEnd = feed < 0 || feed > end ? end : feed;
      if (this.#tags.mayHold(text, from, lineEnd)) this.#line(from, lineEnd);
      from = lineEnd + 1;
    }
  }

  #line(start: number, end: number): void {
    let from = start;
    while (from < end && isDecoration(this.#text.charCodeAt(from))) from++;
    const to = this.#text.charCodeAt(end - 1) === 13 ? end - 1 : end;
    this.#tags.scan(this.#text, from, to, commentPlace);
    if (!this.#tags.odd) return;
    for (const found of unreadTags(this.#profile, this.#text.slice(from, to))) {
      if (found.kind !== "value") this.#builder.unread(found, from);
    }
  }
}

/** Blanks and the signs a comment's frame is drawn with: stars, slashes, `!`, `#` and `;`. */
function isDecoration(code: number): boolean {
  return code === 32 || code === 9 || code === 42 || code === 47 || code === 33 || code === 35 || code === 59;
}

function lexerOf(language: SourceLanguage): Lexer {
  const signs = new Uint8Array(128);
  const forms = new Map<number, LexForm[]>();
  const custom = new Map<number, CustomForm[]>();
  const brackets = language.forms.some((form) => form.isDocstring === true);
  for (const sign of brackets ? "([{" : "") signs[sign.charCodeAt(0)] = 2;
  for (const sign of brackets ? ")]}" : "") signs[sign.charCodeAt(0)] = 3;
  for (const form of language.forms) listOf(forms, form.open.charCodeAt(0), signs).push(form);
  for (const name of language.custom ?? []) {
    for (const sign of customForms[name].signs) listOf(custom, sign.charCodeAt(0), signs).push(customForms[name].read);
  }
  return { language, signs, forms, custom };
}

function listOf<Item>(lists: Map<number, Item[]>, sign: number, signs: Uint8Array): Item[] {
  signs[sign] = 1;
  const list = lists.get(sign) ?? [];
  lists.set(sign, list);
  return list;
}
