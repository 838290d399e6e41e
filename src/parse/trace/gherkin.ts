import { slugOf } from "#model/slug";
import type { Profile } from "#profile/profile";
import { tagColumn, tagWidth } from "#model/trace";
import { unreadGherkinTags } from "../unread-tags.ts";
import { gherkinState, quotedStates } from "./gherkin-grammar.ts";
import {
  type GherkinLanguage,
  type GherkinLine,
  gherkinLanguage,
  gherkinLine,
  isStep,
  titleAt,
} from "./gherkin-lines.ts";
import type { TagPlace } from "./slow-tags.ts";
import type { TagScanner } from "./tag-scanner.ts";
import { none, type TraceBuilder, type TraceSubject } from "./trace-builder.ts";

const tagPlace: TagPlace = { flags: 0, live: true, anywhere: true, spaced: false };
const commentPlace: TagPlace = { flags: 0, live: false, anywhere: false, spaced: true };
const languageForm = /^#\s*language\s*:\s*([a-zA-Z\-_]+)\s*$/;
const scenarioTag = /^(?:scenario-[A-Za-z0-9._-]+|[A-Z][A-Z0-9]*(?:[-_][A-Z0-9]+)*-\d+(?:\.\d+)*)$/i;

/** Reads what a feature file says about tracing, and finds the first place at which it is no Gherkin. */
export class GherkinTrace {
  readonly #profile: Profile;
  readonly #builder: TraceBuilder;
  readonly #tags: TagScanner;
  #text = "";
  #own = none;
  #type: string | undefined;
  #stateName = "start";
  #state = gherkinState("start");
  #isQuoted = false;
  #language: GherkinLanguage | undefined;
  #quotes = "";
  #columns = -1;
  #broken = false;
  #scenario = none;
  /** Where the tags of what comes next begin, -1 when there are none, and the names they give to a scenario. */
  #tagsStart = none;
  #names: { readonly element: string; readonly start: number; readonly end: number }[] = [];

  constructor(profile: Profile, builder: TraceBuilder, tags: TagScanner) {
    this.#profile = profile;
    this.#builder = builder;
    this.#tags = tags;
  }

  /** Reads one document into the builder. */
  read(subject: TraceSubject, text: string): void {
    this.#text = text;
    this.#own = subject.id === undefined ? none : this.#builder.pool.internWord(subject.id);
    this.#type = subject.type;
    this.#tags.begin();
    this.#enter("start");
    this.#language = gherkinLanguage("en");
    this.#broken = false;
    this.#scenario = none;
    this.#endTags();
    let end = 0;
    for (let start = 0; start < text.length; start = end + 1) {
      const feed = text.indexOf("\n", start);
      end = feed < 0 ? text.length : feed;
      this.#line(start, feed > start && text.charCodeAt(feed - 1) === 13 ? feed - 1 : end);
    }
    this.#go(gherkinLine.end, text.length, text.length);
    this.#closeScenario(text.length);
  }

  #line(start: number, end: number): void {
    const from = skipBlanks(this.#text, start, end);
    if (this.#isQuoted) {
      if (this.#text.startsWith(this.#quotes, from) && from < end) this.#go(gherkinLine.quotes, from, end);
      return;
    }
    const line = this.#kindOf(from, end);
    if (line === gherkinLine.empty) return;
    if (line === gherkinLine.comment) return this.#comment(from, end);
    this.#go(line, from, end);
  }

  /** What the line is; what nothing expects here is told by its looks. */
  #kindOf(from: number, end: number): GherkinLine {
    if (from === end) return gherkinLine.empty;
    const code = this.#text.charCodeAt(from);
    const { next } = this.#state;
    if (code === 35) return gherkinLine.comment;
    if (code === 64) return gherkinLine.tags;
    if (code === 124 && next[gherkinLine.row] !== undefined) return gherkinLine.row;
    if ((code === 34 || code === 96) && next[gherkinLine.quotes] !== undefined && this.#readQuotes(from)) {
      return gherkinLine.quotes;
    }
    const language = this.#language;
    if (language === undefined) return gherkinLine.other;
    if (next[gherkinLine.step] !== undefined && isStep(language, this.#text, from, end)) return gherkinLine.step;
    return titleAt(language, this.#text, from, next) ?? gherkinLine.other;
  }

  #enter(name: string): void {
    if (name === this.#stateName) return;
    this.#stateName = name;
    this.#state = gherkinState(name);
    this.#isQuoted = quotedStates.has(name);
  }

  #readQuotes(from: number): boolean {
    const quotes = ['"""', "```"].find((sign) => this.#text.startsWith(sign, from));
    this.#quotes = quotes ?? "";
    return quotes !== undefined;
  }

  #go(line: GherkinLine, from: number, end: number): void {
    const state = this.#state;
    const next = state.next[line];
    if (next === undefined) {
      if (line === gherkinLine.other && state.describes === true) return;
      return this.#fail(`expected ${state.expects}`, from, end);
    }
    if (line !== gherkinLine.row) this.#columns = -1;
    this.#enter(next);
    this.#lineReaders[line]?.(from, end);
  }

  readonly #lineReaders: Readonly<Partial<Record<GherkinLine, (from: number, end: number) => void>>> = {
    [gherkinLine.tags]: (from, end) => this.#tagLine(from, end),
    [gherkinLine.feature]: (from, end) => this.#feature(from, end),
    [gherkinLine.rule]: (from) => {
      this.#closeScenario(this.#tagsStart < 0 ? from : this.#tagsStart);
      this.#endTags();
    },
    [gherkinLine.scenario]: (from, end) => this.#beginScenario(from, end),
    [gherkinLine.examples]: () => this.#endTags(),
    [gherkinLine.row]: (from, end) => this.#row(from, end),
  };

  #comment(from: number, end: number): void {
    if (this.#tags.mayHold(this.#text, from, end)) this.#tags.scan(this.#text, from + 1, end, commentPlace);
    if (this.#stateName !== "start") return;
    const name = languageForm.exec(this.#text.slice(from, end))?.[1];
    if (name === undefined) return;
    this.#enter("language");
    this.#language = gherkinLanguage(name);
    if (this.#language === undefined) this.#fail(`there is no language ${name}`, from, end);
  }

  #feature(from: number, end: number): void {
    this.#endTags();
    const start = this.#titleStart(from, end);
    const to = trimEnd(this.#text, start, end);
    if (to > start) this.#builder.title = this.#builder.text(this.#text, start, to);
  }

  #beginScenario(from: number, end: number): void {
    const begin = this.#tagsStart < 0 ? from : this.#tagsStart;
    this.#closeScenario(begin);
    const start = this.#titleStart(from, end);
    const to = trimEnd(this.#text, start, end);
    const builder = this.#builder;
    const slug = slugOf(this.#text.slice(start, Math.min(to, start + 400)));
    const element = builder.pool.internWord(`scenario-${slug}`);
    const title = builder.text(this.#text, start, to);
    this.#scenario = builder.defineScenario(begin, this.#names, element, start, to, title);
    this.#endTags();
  }

  #titleStart(from: number, end: number): number {
    const colon = this.#text.indexOf(":", from);
    return skipBlanks(this.#text, Math.min(colon + 1, end), end);
  }

  #closeScenario(end: number): void {
    if (this.#scenario >= 0) this.#builder.closeScopes(this.#scenario, end);
    this.#scenario = none;
  }

  #tagLine(from: number, end: number): void {
    if (this.#tagsStart < 0) this.#tagsStart = from;
    const to = this.#remark(from, end);
    const { tags } = this.#builder;
    const before = tags.end;
    this.#tags.scan(this.#text, from, to, tagPlace);
    if (this.#tags.odd) this.#lookFor(from, to);
    this.#takeOwnNames(before);
    this.#readNames(from, to);
  }

  /** Notes what of a line of tags was meant as a link and is none. */
  #lookFor(from: number, to: number): void {
    for (const word of this.#text.slice(from, to).matchAll(/@[^\s@]+/gu)) {
      const start = from + word.index;
      for (const found of unreadGherkinTags(this.#profile, word[0], this.#type)) this.#builder.unread(found, start);
    }
  }

  /** Where the remark begins that ends a line of tags, without the blank before it; `end` when there is none. */
  #remark(from: number, end: number): number {
    const text = this.#text;
    for (let hash = text.indexOf("#", from); hash >= 0 && hash < end; hash = text.indexOf("#", hash + 1)) {
      if (hash > from && isBlank(text, hash - 1)) return hash - 1;
    }
    return end;
  }

  /** A tag that names an element of the document itself gives that name to the scenario and is no link. */
  #takeOwnNames(before: number): void {
    const { tags, pool } = this.#builder;
    const own = this.#own < 0 ? none : this.#builder.local(this.#own);
    let kept = before;
    for (let row = before; row < tags.end; row += tagWidth) {
      const element = tags.cells[row + tagColumn.element] as number;
      if (own >= 0 && tags.cells[row + tagColumn.document] === own && element >= 0) {
        const end = tags.cells[row + tagColumn.end] as number;
        const name = pool.string(this.#builder.numberOf(element));
        this.#names.push({ element: name, start: end - name.length, end });
        continue;
      }
      tags.cells.copyWithin(kept, row, row + tagWidth);
      kept += tagWidth;
    }
    tags.truncate(kept);
  }

  #readNames(from: number, to: number): void {
    const codes = this.#tags.codes.of(this.#text);
    for (let at = from, next = from; at >= 0 && at < to; at = next) {
      next = this.#text.indexOf("@", at + 1);
      const end = trimEnd(this.#text, at + 1, next < 0 || next > to ? to : next);
      // Why: nearly all are links such as `@req:REQ-001`, and a colon stands in no name.
      if (isLinkWord(codes, at + 1, end)) continue;
      const word = this.#text.slice(at + 1, end);
      if (/\s/.test(word)) this.#blankIn(at, end);
      else if (word.length < 200 && scenarioTag.test(word)) this.#names.push({ element: word, start: at + 1, end });
    }
  }

  #row(from: number, end: number): void {
    const columns = countCells(this.#text, from, end);
    if (this.#columns >= 0 && columns !== this.#columns) {
      this.#fail(`this row has ${columns} cells, the table ${this.#columns}`, from, end);
    }
    this.#columns = columns;
  }

  #endTags(): void {
    this.#tagsStart = none;
    this.#names = [];
  }

  /** Why: such a line stays a line of tags, so that nothing follows from it. */
  #blankIn(start: number, end: number): void {
    if (!this.#broken) this.#builder.faults.push({ kind: "gherkin", message: "a tag may hold no blank", start, end });
  }

  /** Why: what follows the first fault is mostly its consequence. */
  #fail(message: string, start: number, end: number): void {
    if (this.#broken) return;
    this.#broken = true;
    this.#builder.faults.push({ kind: "gherkin", message, start, end });
  }
}

/** The cells of a table row; `\|` is no border. */
function countCells(text: string, from: number, end: number): number {
  let borders = 0;
  for (let at = from; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === 92) at++;
    else if (code === 124) borders++;
  }
  return borders - 1;
}

/** True for a word of plain signs that holds a colon. */
function isLinkWord(codes: Uint8Array, start: number, end: number): boolean {
  let colons = 0;
  for (let at = start; at < end; at++) {
    const code = codes[at] as number;
    if (code <= 32 || code >= 128) return false;
    if (code === 58) colons++;
  }
  return colons > 0;
}

function skipBlanks(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && isBlank(text, at)) at++;
  return at;
}

function trimEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && isBlank(text, at - 1)) at--;
  return at;
}

function isBlank(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 32 || (code >= 9 && code <= 13) || (code >= 128 && /\s/.test(text.charAt(at)));
}
