import type { Span } from "#model/source";
import { tagColumn, tagFlag, tagWidth } from "#model/trace";
import type { Profile } from "#profile/profile";
import { isBetweenTags, isLead, readTagLine, type TagOnLine } from "../tag-line.ts";
import {
  elementSigns,
  endsValue,
  isBefore,
  isBetween,
  isBlank,
  isLetter,
  isMark,
  isNameSign,
  isStop,
  isTight,
  joins,
  onlyHolds,
} from "./tag-signs.ts";
import { TagWords } from "./tag-words.ts";
import { none, type TraceBuilder } from "./trace-builder.ts";

const at = 64;
const colon = 58;
const comma = 44;
const openBracket = 91;
const closeBracket = 93;
const openParenthesis = 40;

/** What every tag of a line has in common. */
export interface TagPlace {
  /** Bits of `tagFlag` that the place gives. */
  readonly flags: number;
  /** Tags that lead their line are live here. */
  readonly live: boolean;
  /** Every tag leads, wherever it stands. */
  readonly anywhere: boolean;
  /** The normal form has a blank behind the colon, as everywhere but in Gherkin. */
  readonly spaced: boolean;
}

/**
 * Reads the tags of a line into rows as `readTagLine` would, but without objects and patterns. What is rare (letters beyond
 * ASCII, links, brackets) is left to `readTagLine`.
 */
export class TagScanner {
  readonly words: TagWords;
  readonly #profile: Profile;
  readonly #builder: TraceBuilder;
  #nextSign = -1;
  #text = "";
  #end = 0;
  #place: TagPlace = { flags: 0, live: false, anywhere: false, spaced: true };
  /** The tag being read: where its name stands, and what the name means. */
  #nameStart = 0;
  #nameEnd = 0;
  #type = none;
  #nameFlags = 0;
  #layer = none;
  #isPath = false;
  #leads = false;
  /** The last value: where it ended, whether its tag led, and what it named. */
  #lastEnd = -1;
  #lastLeads = false;
  #document = none;
  #element = none;
  /** The first colon of the value being read, -1 for none. */
  #colon = none;

  constructor(profile: Profile, builder: TraceBuilder) {
    this.#profile = profile;
    this.#builder = builder;
    this.words = new TagWords(profile, builder.pool);
  }

  /** Begins a text, or goes back to its start. */
  begin(): void {
    this.#nextSign = -1;
  }

  /** True when an `@` stands between two places. Ask in ascending order, so that the text is searched once. */
  mayHold(text: string, start: number, end: number): boolean {
    if (this.#nextSign < start) {
      const found = text.indexOf("@", start);
      // Why: no number beyond the small ones, after which the engine would compile this whole class anew.
      this.#nextSign = found < 0 ? text.length : found;
    }
    return this.#nextSign < end;
  }

  /** Reads the line from `start` to `end`. */
  scan(text: string, start: number, end: number, place: TagPlace): void {
    this.#text = text;
    this.#end = end;
    this.#place = place;
    this.#lastEnd = -1;
    const { tags } = this.#builder;
    const before = tags.end;
    if (this.#scanFast(start)) return;
    tags.truncate(before);
    this.#scanSlowly(start);
  }

  /** Reads the values of a tag whose name stands elsewhere, as the key of a YAML map. */
  scanValues(text: string, name: Span, values: Span, place: TagPlace): void {
    this.#text = text;
    this.#end = values.end;
    this.#place = place;
    this.#lastEnd = -1;
    this.#leads = true;
    this.#takeName(name.start, name.end);
    const { tags } = this.#builder;
    const before = tags.end;
    if (this.#readValues(values.start)) return;
    tags.truncate(before);
    const head = `@${text.slice(name.start, name.end)}:`;
    const line = `${head}${text.slice(values.start, values.end)}`;
    for (const tag of readTagLine(this.#profile, line)) {
      this.#addSlow(tag, values.start - head.length);
      this.#spans(this.#lastStart(), this.#lastStop(), name.start, name.end);
    }
  }

  #lastStart(): number {
    const { tags } = this.#builder;
    return tags.cells[tags.end - tagWidth + tagColumn.start] as number;
  }

  #lastStop(): number {
    const { tags } = this.#builder;
    return tags.cells[tags.end - tagWidth + tagColumn.end] as number;
  }

  /** False when the line holds what only the slow reader knows. */
  #scanFast(start: number): boolean {
    const text = this.#text;
    for (let sign = text.indexOf("@", start); sign >= 0 && sign < this.#end; sign = text.indexOf("@", sign + 1)) {
      const known = this.#readName(sign, start);
      if (known < 0) return false;
      if (known > 0 && !this.#readValues(known)) return false;
    }
    return true;
  }

  /** Where the values of the tag at `sign` begin; 0 when it is no tag, -1 when the slow reader must tell. */
  #readName(sign: number, start: number): number {
    const text = this.#text;
    let after = sign + 1;
    while (after < this.#end && isNameSign(text.charCodeAt(after))) after++;
    if (after === sign + 1 || after >= this.#end) return 0;
    const next = text.charCodeAt(after);
    if (next === 32 || next === 9) return this.#blankBeforeColon(after) ? -1 : 0;
    if (next !== colon || text.charCodeAt(after + 1) === colon) return 0;
    if (sign > start) {
      const before = text.charCodeAt(sign - 1);
      if (before >= 128) return -1;
      if (joins[before] === 1) return 0;
    }
    // Why: `a-` and `-a` are no names, but `a` may be one; the pattern knows.
    if (!isLetter(text.charCodeAt(sign + 1)) || !isLetter(text.charCodeAt(after - 1))) return -1;
    if (!this.#takeName(sign + 1, after)) return 0;
    this.#leads = this.#isLeading(start, sign);
    return after + 1;
  }

  /** Takes the tag of the name between two places; false for a name that the profile does not know. */
  #takeName(start: number, end: number): boolean {
    const { words } = this;
    const name = this.#builder.pool.intern(this.#text, start, end);
    this.#nameStart = start;
    this.#nameEnd = end;
    this.#type = words.typeOf(name);
    this.#nameFlags = words.nameFlags(name);
    this.#layer = words.layerOfName(name);
    this.#isPath = words.namesPath(name);
    return this.#type >= 0;
  }

  #blankBeforeColon(from: number): boolean {
    let after = from;
    while (after < this.#end && isBlank(this.#text.charCodeAt(after))) after++;
    return after < this.#end && this.#text.charCodeAt(after) === colon;
  }

  #isLeading(start: number, sign: number): boolean {
    if (this.#lastEnd < 0) {
      return onlyHolds(this.#text, start, sign, isBefore) ? sign - start <= 200 : isLead(this.#text.slice(start, sign));
    }
    if (!this.#lastLeads) return false;
    return (
      onlyHolds(this.#text, this.#lastEnd, sign, isBetween) || isBetweenTags(this.#text.slice(this.#lastEnd, sign))
    );
  }

  /** Reads the values from `from` on; false when the slow reader must. */
  #readValues(from: number): boolean {
    const text = this.#text;
    let next = from;
    while (next < this.#end && isMark(text.charCodeAt(next))) next++;
    for (let first = true; ; first = false) {
      const after = this.#valueEnd(next);
      if (after < 0) return false;
      let end = after;
      while (end > next && isStop(text.charCodeAt(end - 1))) end--;
      if (end === next || !this.#takeValue(next, end, first)) return true;
      next = after;
      while (next < this.#end && (isBlank(text.charCodeAt(next)) || text.charCodeAt(next) === 96)) next++;
      if (next >= this.#end) return true;
      const remark = text.charCodeAt(next) === openParenthesis ? this.#remarkLength(next) : 0;
      if (remark > 0) this.#addFlag(tagFlag.optional);
      next += remark;
      while (next < this.#end && isBlank(text.charCodeAt(next))) next++;
      if (next >= this.#end || text.charCodeAt(next) !== comma) return true;
      next++;
      while (next < this.#end && isBlank(text.charCodeAt(next))) next++;
    }
  }

  /** Where the value at `from` ends, and its first colon; -1 when the slow reader must tell. */
  #valueEnd(from: number): number {
    const text = this.#text;
    const end = this.#end;
    this.#colon = none;
    if (from < end && text.charCodeAt(from) === openBracket) return -1;
    let after = from;
    for (; after < end; after++) {
      const code = text.charCodeAt(after);
      if (code >= 128) return -1;
      const ending = endsValue[code];
      if (ending === 0) continue;
      if (ending === 1) break;
      if (code === at) return -1;
      if (this.#colon < 0) this.#colon = after;
    }
    return after;
  }

  #remarkLength(from: number): number {
    const part = this.#text.slice(from, Math.min(this.#end, from + 80));
    return /^\((?:optional|if [^()]{0,60})\)/i.exec(part)?.[0].length ?? 0;
  }

  /** Adds the value when it is one. */
  #takeValue(start: number, end: number, first: boolean): boolean {
    const { words } = this;
    const layer = this.#layer;
    if (this.#isPath) return this.#takePath(start, end);
    if (this.#colon >= 0 && this.#colon < end && layer >= 0 && words.splits) {
      const head = this.#builder.pool.intern(this.#text, start, this.#colon);
      const document = words.document(head);
      if (document >= 0 && !words.isWhole(head)) return this.#takeSplit(document, start, end);
    }
    const raw = this.#builder.pool.intern(this.#text, start, end);
    if (words.isNone(raw)) return this.#add(none, none, raw, start, end, tagFlag.none);
    if (layer < 0) return this.#add(none, none, raw, start, end, 0);
    const document = words.document(raw);
    const goesOn =
      !first &&
      !words.isWhole(raw) &&
      (document < 0 || (this.#element >= 0 && !words.hasColon(raw) && words.layer(raw) !== layer));
    if (goesOn) return this.#takeFurther(raw, start, end);
    if (document < 0) return words.looksLikeValue(raw) && this.#add(none, none, raw, start, end, 0);
    const plain = !words.hasColon(raw) && !words.isWhole(raw);
    return this.#add(document, words.element(raw), plain ? none : raw, start, end, 0);
  }

  /** Adds a path, with what may stand behind a colon as its element. */
  #takePath(start: number, end: number): boolean {
    const { pool } = this.#builder;
    const raw = pool.intern(this.#text, start, end);
    if (this.words.isNone(raw)) return this.#add(none, none, raw, start, end, tagFlag.none);
    if (!this.words.looksLikeValue(raw)) return false;
    const stop = this.#colon >= 0 && this.#colon < end ? this.#colon : end;
    if (stop === start) return this.#add(none, none, raw, start, end, 0);
    const element = stop === end ? none : pool.intern(this.#text, stop + 1, end);
    return this.#add(pool.intern(this.#text, start, stop), element, none, start, end, 0);
  }

  /** Adds `BRD-001:FR-030`, whose head names a document. */
  #takeSplit(document: number, start: number, end: number): boolean {
    const text = this.#text;
    const from = this.#colon + 1;
    let to = from;
    while (to < end && elementSigns[text.charCodeAt(to)] === 1) to++;
    const isAll = to === end;
    while (to > from && text.charCodeAt(to - 1) === 46) to--;
    const { pool } = this.#builder;
    const element = to === from ? none : pool.intern(text, from, to);
    const raw = isAll && to === end ? none : pool.intern(text, start, end);
    return this.#add(document, element, raw, start, end, 0);
  }

  /** Adds a value that belongs to the document before it; false when it can be none. */
  #takeFurther(raw: number, start: number, end: number): boolean {
    const { words } = this;
    if (this.#element < 0 || this.#document < 0 || !words.looksLikeValue(raw)) return false;
    const element = words.part(raw);
    return element >= 0 && this.#add(this.#document, element, raw, start, end, tagFlag.continued);
  }

  #add(document: number, element: number, raw: number, start: number, end: number, flags: number): true {
    const { flags: common, live, anywhere, spaced } = this.#place;
    this.#document = document;
    this.#element = element;
    this.#lastEnd = end;
    this.#lastLeads = this.#leads;
    const tight = spaced && isTight(this.#text, this.#nameEnd);
    const cells = this.#row(this.#type, document, element, raw);
    const flag = this.#spans(start, end, this.#nameStart, this.#nameEnd);
    cells[flag] =
      flags |
      common |
      this.#nameFlags |
      (live && (this.#leads || anywhere) ? tagFlag.live : 0) |
      (tight ? tagFlag.untidy : 0);
    return true;
  }

  /** Begins a row with its strings, numbers of the pool; returns the cells it stands in. */
  #row(type: number, document: number, element: number, raw: number): Int32Array {
    const builder = this.#builder;
    const row = builder.tags.add();
    const { cells } = builder.tags;
    cells[row + tagColumn.type] = builder.local(type);
    cells[row + tagColumn.document] = builder.local(document);
    cells[row + tagColumn.element] = builder.local(element);
    cells[row + tagColumn.raw] = builder.local(raw);
    cells[row + tagColumn.flags] = 0;
    return cells;
  }

  /** Writes the places of the last row; returns where its flags stand. */
  #spans(start: number, end: number, nameStart: number, nameEnd: number): number {
    const { tags } = this.#builder;
    const row = tags.end - tagWidth;
    const { cells } = tags;
    cells[row + tagColumn.start] = start;
    cells[row + tagColumn.end] = end;
    cells[row + tagColumn.nameStart] = nameStart;
    cells[row + tagColumn.nameEnd] = nameEnd;
    return row + tagColumn.flags;
  }

  #addFlag(flag: number): void {
    const { tags } = this.#builder;
    const cell = tags.end - 1;
    tags.cells[cell] = (tags.cells[cell] as number) | flag;
  }

  #scanSlowly(start: number): void {
    for (const tag of readTagLine(this.#profile, this.#text.slice(start, this.#end))) this.#addSlow(tag, start);
  }

  #addSlow(tag: TagOnLine, start: number): void {
    const { pool } = this.#builder;
    const text = this.#text;
    const number = (word: string | undefined): number => (word === undefined ? none : pool.internWord(word));
    const name = number(tag.name);
    const bracket = text.charCodeAt(start + tag.start - 1) === openBracket;
    const link =
      bracket &&
      text.charCodeAt(start + tag.end) === closeBracket &&
      text.charCodeAt(start + tag.end + 1) === openParenthesis;
    const untidy =
      text.charCodeAt(start + tag.nameEnd) !== colon ||
      (bracket && !link) ||
      (this.#place.spaced && isTight(text, start + tag.nameEnd));
    const isNone = this.#profile.tags.none.includes(tag.raw);
    const isPath = !isNone && !tag.raw.startsWith(":") && this.words.namesPath(name);
    const [path = "", ...parts] = isPath ? tag.raw.split(":") : [];
    const document = isPath ? path : tag.document;
    const element = isPath ? (parts.length === 0 ? undefined : parts.join(":")) : tag.element;
    const continued = !isPath && document !== undefined && element !== tag.raw && !tag.raw.startsWith(document);
    const plain = tag.raw === (element === undefined ? document : `${document}:${element}`);
    this.#row(number(tag.type), number(document), number(element), plain ? none : number(tag.raw));
    this.#spans(start + tag.start, start + tag.end, start + tag.nameStart, start + tag.nameEnd);
    this.#addFlag(
      this.#place.flags |
        this.words.nameFlags(name) |
        (this.#place.live && (tag.leads || this.#place.anywhere) ? tagFlag.live : 0) |
        (tag.optional ? tagFlag.optional : 0) |
        (isNone ? tagFlag.none : 0) |
        (continued ? tagFlag.continued : 0) |
        (link ? tagFlag.link : 0) |
        (untidy ? tagFlag.untidy : 0),
    );
  }
}
