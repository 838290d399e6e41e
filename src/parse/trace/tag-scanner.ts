import { tagFlag } from "#model/trace";
import type { Profile } from "#profile/profile";
import { isBetweenTags, isLead, readTagLine, type TagOnLine } from "../tag-line.ts";
import { TagWords } from "./tag-words.ts";
import { none, type TraceBuilder } from "./trace-builder.ts";

const at = 64;
const colon = 58;
const comma = 44;
const openBracket = 91;
const closeBracket = 93;
const openParenthesis = 40;

/** Signs of a value's end: blanks and `,;`|()[]{}"'<>`; also `@`, at which the slow reader takes over. */
const endsValue = flagsOf(" \t\n\v\f\r,;`|()[]{}\"'<>@");
/** Signs that may stand before a line's first tag, or between two tags. */
const isBefore = flagsOf(" \t>|*+`-");
const isBetween = flagsOf(" \t`|,;");
/** Signs in front of `@` that make it part of a word, such as an e-mail address. */
const joins = flagsOf("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.%+-");

/** What every tag of a line has in common. */
export interface TagPlace {
  /** Bits of `tagFlag` that the place gives. */
  readonly flags: number;
  /** Tags that lead their line are live here. */
  readonly live: boolean;
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
  #text = "";
  #end = 0;
  #place: TagPlace = { flags: 0, live: false, spaced: true };
  /** The tag being read. */
  #name = none;
  #nameStart = 0;
  #nameEnd = 0;
  #leads = false;
  /** The last value: where it ended, whether its tag led, and what it named. */
  #lastEnd = -1;
  #lastLeads = false;
  #document = none;
  #element = none;

  constructor(profile: Profile, builder: TraceBuilder) {
    this.#profile = profile;
    this.#builder = builder;
    this.words = new TagWords(profile, builder.pool);
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
    this.#name = this.#builder.pool.intern(text, sign + 1, after);
    if (this.words.typeOf(this.#name) < 0) return 0;
    this.#nameStart = sign + 1;
    this.#nameEnd = after;
    this.#leads = this.#isLeading(start, sign);
    return after + 1;
  }

  #blankBeforeColon(from: number): boolean {
    let after = from;
    while (after < this.#end && isBlank(this.#text.charCodeAt(after))) after++;
    return after < this.#end && this.#text.charCodeAt(after) === colon;
  }

  #isLeading(start: number, sign: number): boolean {
    if (this.#lastEnd < 0) {
      return onlyHolds(this.#text, start, sign, isBefore)
        ? sign - start <= 200
        : isLead(this.#text.slice(start, sign));
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
    for (let first = true; ; first = false) {
      while (next < this.#end && (isBlank(text.charCodeAt(next)) || (first && isMark(text.charCodeAt(next))))) next++;
      const after = this.#valueEnd(next);
      if (after < 0) return false;
      let end = after;
      while (end > next && isStop(text.charCodeAt(end - 1))) end--;
      if (end === next || !this.#takeValue(next, end, first)) return true;
      next = after;
      while (next < this.#end && (isBlank(text.charCodeAt(next)) || text.charCodeAt(next) === 96)) next++;
      const remark = text.charCodeAt(next) === openParenthesis ? this.#remarkLength(next) : 0;
      if (remark > 0) this.#addFlag(tagFlag.optional);
      next += remark;
      while (next < this.#end && isBlank(text.charCodeAt(next))) next++;
      if (next >= this.#end || text.charCodeAt(next) !== comma) return true;
      next++;
    }
  }

  /** Where the value at `from` ends; -1 when the slow reader must tell. */
  #valueEnd(from: number): number {
    const text = this.#text;
    if (from < this.#end && text.charCodeAt(from) === openBracket) return -1;
    let after = from;
    while (after < this.#end) {
      const code = text.charCodeAt(after);
      if (code >= 128 || code === at) return -1;
      if (endsValue[code] === 1) break;
      after++;
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
    const raw = this.#builder.pool.intern(this.#text, start, end);
    const layer = words.layerOfName(this.#name);
    let document = none;
    let element = none;
    let flags = 0;
    if (words.isNone(raw)) flags = tagFlag.none;
    else if (layer >= 0) {
      document = words.document(raw);
      const goesOn =
        !first &&
        !words.isWhole(raw) &&
        (document < 0 || (this.#element >= 0 && !words.hasColon(raw) && words.layer(raw) !== layer));
      if (goesOn) {
        if (this.#element < 0 || this.#document < 0 || !words.looksLikeValue(raw)) return false;
        element = words.part(raw);
        if (element < 0) return false;
        document = this.#document;
        flags = tagFlag.continued;
      } else if (document >= 0) element = words.element(raw);
      else if (!words.looksLikeValue(raw)) return false;
    }
    this.#document = document;
    this.#element = element;
    this.#add(document, element, raw, start, end, flags);
    return true;
  }

  #add(document: number, element: number, raw: number, start: number, end: number, flags: number): void {
    const { live, spaced } = this.#place;
    const tight = spaced && isTight(this.#text, this.#nameEnd);
    this.#lastEnd = end;
    this.#lastLeads = this.#leads;
    this.#builder.tag({
      type: this.words.typeOf(this.#name),
      document,
      element,
      raw,
      start,
      end,
      nameStart: this.#nameStart,
      nameEnd: this.#nameEnd,
      flags:
        flags |
        this.#place.flags |
        this.words.nameFlags(this.#name) |
        (live && this.#leads ? tagFlag.live : 0) |
        (tight ? tagFlag.untidy : 0),
    });
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
    const continued = tag.document !== undefined && tag.element !== tag.raw && !tag.raw.startsWith(tag.document);
    this.#builder.tag({
      type: number(tag.type),
      document: number(tag.document),
      element: number(tag.element),
      raw: number(tag.raw),
      start: start + tag.start,
      end: start + tag.end,
      nameStart: start + tag.nameStart,
      nameEnd: start + tag.nameEnd,
      flags:
        this.#place.flags |
        this.words.nameFlags(name) |
        (this.#place.live && tag.leads ? tagFlag.live : 0) |
        (tag.optional ? tagFlag.optional : 0) |
        (this.#profile.tags.none.includes(tag.raw) ? tagFlag.none : 0) |
        (continued ? tagFlag.continued : 0) |
        (link ? tagFlag.link : 0) |
        (untidy ? tagFlag.untidy : 0),
    });
  }
}

/** True when no blank follows the colon at `at`. */
function isTight(text: string, place: number): boolean {
  return text.charCodeAt(place) === colon && !isBlank(text.charCodeAt(place + 1));
}

function isNameSign(code: number): boolean {
  return isLetter(code) || code === 45;
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

function isMark(code: number): boolean {
  return code === 96 || code === 42;
}

function isStop(code: number): boolean {
  return code === 46 || code === colon;
}

function onlyHolds(text: string, from: number, to: number, signs: Uint8Array): boolean {
  for (let place = from; place < to; place++) if (signs[text.charCodeAt(place)] !== 1) return false;
  return true;
}

function flagsOf(signs: string): Uint8Array {
  const flags = new Uint8Array(128);
  for (const sign of signs) flags[sign.charCodeAt(0)] = 1;
  return flags;
}
