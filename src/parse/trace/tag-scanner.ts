import type { Span } from "#model/source";
import { tagFlag } from "#model/trace";
import type { Profile } from "#profile/profile";
import { isBetweenTags, isLead, readTagLine } from "../tag-line.ts";
import {
  elementSigns,
  endsValue,
  isBefore,
  isBetween,
  afterValue,
  blanks,
  isLetter,
  isStop,
  isTight,
  joins,
  marks,
  mayGoOn,
  nameSigns,
  onlyHolds,
} from "./tag-signs.ts";
import { SlowTags, type TagPlace } from "./slow-tags.ts";
import { hashFactor } from "./string-pool.ts";
import { TagWords } from "./tag-words.ts";
import { TextCodes } from "./text-codes.ts";
import { none, type TraceBuilder } from "./trace-builder.ts";

const at = 64;
const colon = 58;
const comma = 44;
const openBracket = 91;
const openParenthesis = 40;

/**
 * Reads the tags of a line into rows as `readTagLine` would, but without objects and patterns. What is rare (letters beyond
 * ASCII, links, brackets) is left to `readTagLine`.
 */
export class TagScanner {
  readonly words: TagWords;
  /** The codes of the document, for all who read it. */
  readonly codes: TextCodes = new TextCodes();
  readonly #profile: Profile;
  readonly #builder: TraceBuilder;
  readonly #slow: SlowTags;
  /** In the line that was read last may stand what was meant as a tag. */
  odd = false;
  #nextSign = -1;
  #text = "";
  #codes: Uint8Array = new Uint8Array(0);
  #end = 0;
  #place: TagPlace = { flags: 0, live: false, anywhere: false, spaced: true };
  /** The tag being read: its name and where it stands, what the name means, and the flags of all its values. */
  #name = none;
  #nameStart = 0;
  #nameEnd = 0;
  #type = none;
  #nameFlags = 0;
  #layer = none;
  #isPath = false;
  #splits = false;
  #leads = false;
  #flags = 0;
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
    this.#slow = new SlowTags(profile, this.words, builder);
  }

  /** Begins a text, or goes back to its start. */
  begin(): void {
    this.#nextSign = -1;
  }

  /** True when an `@` stands between two places. Ask in ascending order, so that the text is searched once. */
  mayHold(text: string, start: number, end: number): boolean {
    return this.nextSign(text, start) < end;
  }

  /** The next `@` at or behind a place, the end of the text when there is none; to be asked as `mayHold` is. */
  nextSign(text: string, start: number): number {
    if (this.#nextSign < start) {
      const found = text.indexOf("@", start);
      // Why: no number beyond the small ones, after which the engine would compile this whole class anew.
      this.#nextSign = found < 0 ? text.length : found;
    }
    return this.#nextSign;
  }

  /** Reads the line from `start` to `end`. */
  scan(text: string, start: number, end: number, place: TagPlace): void {
    this.#text = text;
    this.#codes = this.codes.of(text);
    this.#end = end;
    this.#place = place;
    this.#lastEnd = -1;
    this.odd = false;
    const { tags } = this.#builder;
    const before = tags.end;
    if (this.#scanFast(start)) return;
    tags.truncate(before);
    this.odd = true;
    this.#scanSlowly(start);
  }

  /** Reads the values of a tag whose name stands elsewhere, as the key of a YAML map. */
  scanValues(text: string, name: Span, values: Span, place: TagPlace): void {
    this.#text = text;
    this.#codes = this.codes.of(text);
    this.#end = values.end;
    this.#place = place;
    this.#lastEnd = -1;
    this.odd = false;
    this.#takeName(this.#builder.pool.intern(text, name.start, name.end), name.start, name.end, true);
    const { tags } = this.#builder;
    const before = tags.end;
    if (this.#readValues(values.start)) return;
    tags.truncate(before);
    this.odd = true;
    const head = `@${text.slice(name.start, name.end)}:`;
    const line = `${head}${text.slice(values.start, values.end)}`;
    for (const tag of readTagLine(this.#profile, line)) {
      this.#slow.add(tag, text, values.start - head.length, place);
      this.#builder.nameTag(name.start, name.end);
    }
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
    const codes = this.#codes;
    const { pool } = this.#builder;
    let after = sign + 1;
    let hash = pool.seed;
    for (; after < this.#end; after++) {
      const code = codes[after] as number;
      if (nameSigns[code] !== 1) break;
      hash = Math.imul(hash ^ code, hashFactor);
    }
    if (after === sign + 1 || after >= this.#end) return 0;
    const next = codes[after] as number;
    if (next !== colon) this.odd = true;
    if (next === 32 || next === 9) return this.#blankBeforeColon(after) ? -1 : 0;
    if (next !== colon || codes[after + 1] === colon) return 0;
    if (sign > start) {
      const before = codes[sign - 1] as number;
      if (before >= 128) return -1;
      if (joins[before] === 1) return 0;
    }
    // Why: `a-` and `-a` are no names, but `a` may be one; the pattern knows.
    if (!isLetter(codes[sign + 1] as number) || !isLetter(codes[after - 1] as number)) return -1;
    const name = pool.internCodes(this.#text, codes, sign + 1, after, hash);
    if (this.#takeName(name, sign + 1, after, this.#isLeading(start, sign))) return after + 1;
    this.odd = true;
    return 0;
  }

  /** Takes the tag of the name between two places; false for a name that the profile does not know. */
  #takeName(name: number, start: number, end: number, leads: boolean): boolean {
    if (name !== this.#name) this.#nameMeans(name);
    const { flags, live, spaced } = this.#place;
    this.#nameStart = start;
    this.#nameEnd = end;
    this.#leads = leads;
    this.#flags =
      flags |
      this.#nameFlags |
      (live && leads ? tagFlag.live : 0) |
      (spaced && isTight(this.#codes, end) ? tagFlag.untidy : 0);
    return this.#type >= 0;
  }

  /** Why: most names are those of the tag before. */
  #nameMeans(name: number): void {
    const { words } = this;
    this.#name = name;
    this.#type = words.typeOf(name);
    this.#nameFlags = words.nameFlags(name);
    this.#layer = words.layerOfName(name);
    this.#isPath = words.namesPath(name);
    this.#splits = words.splits && this.#layer >= 0 && !this.#isPath;
  }

  #blankBeforeColon(from: number): boolean {
    let after = from;
    while (after < this.#end && blanks[this.#codes[after] as number] === 1) after++;
    return after < this.#end && this.#codes[after] === colon;
  }

  #isLeading(start: number, sign: number): boolean {
    if (this.#place.anywhere || !this.#place.live) return true;
    if (this.#lastEnd < 0) {
      return onlyHolds(this.#codes, start, sign, isBefore)
        ? sign - start <= 200
        : isLead(this.#text.slice(start, sign));
    }
    if (!this.#lastLeads) return false;
    return (
      onlyHolds(this.#codes, this.#lastEnd, sign, isBetween) || isBetweenTags(this.#text.slice(this.#lastEnd, sign))
    );
  }

  /** Reads the values from `from` on; false when the slow reader must. */
  #readValues(from: number): boolean {
    const codes = this.#codes;
    const end = this.#end;
    let next = from;
    while (next < end && marks[codes[next] as number] === 1) next++;
    for (let first = true; ; first = false) {
      const plain = this.#splits ? this.#takePlain(next) : next;
      if (plain > next) next = plain;
      else {
        const after = this.#valueEnd(next);
        if (after < 0) return false;
        let to = after;
        while (to > next && isStop(codes[to - 1] as number)) to--;
        if (to === next || !this.#takeValue(next, to, first)) {
          if (first) this.odd = true;
          return true;
        }
        next = after;
      }
      while (next < end && afterValue[codes[next] as number] === 1) next++;
      if (next < end && codes[next] === openParenthesis) next = this.#remarkEnd(next);
      if (next >= end) return true;
      if (codes[next] !== comma) {
        if (mayGoOn[codes[next] as number] === 1) this.odd = true;
        return true;
      }
      next++;
      while (next < end && blanks[codes[next] as number] === 1) next++;
    }
  }

  /**
   * Takes the value at `from` when it is as nearly all are, `BRD-001:FR-030` in plain signs; returns where it ends, `from` for any
   * other. Why: one loop over its signs finds the end of both halves and their numbers in the pool.
   */
  #takePlain(from: number): number {
    const codes = this.#codes;
    const end = this.#end;
    const { pool } = this.#builder;
    let code = 0;
    let at = from;
    let hash = pool.seed;
    for (; at < end; at++) {
      code = codes[at] as number;
      if (elementSigns[code] !== 1) break;
      hash = Math.imul(hash ^ code, hashFactor);
    }
    if (at === from || at === end || code !== colon) return from;
    const document = this.words.headDocument(pool.internCodes(this.#text, codes, from, at, hash));
    if (document < 0) return from;
    const head = at + 1;
    hash = pool.seed;
    for (at = head; at < end; at++) {
      code = codes[at] as number;
      if (elementSigns[code] !== 1) break;
      hash = Math.imul(hash ^ code, hashFactor);
    }
    if (at === head || (at < end && endsValue[code] !== 1) || (codes[at - 1] as number) === 46) return from;
    this.#add(document, pool.internCodes(this.#text, codes, head, at, hash), none, from, at, 0);
    return at;
  }

  /** Where the value at `from` ends, and its first colon; -1 when the slow reader must tell. */
  #valueEnd(from: number): number {
    const codes = this.#codes;
    const end = this.#end;
    this.#colon = none;
    if (from < end && (codes[from] as number) === openBracket) return -1;
    let after = from;
    for (; after < end; after++) {
      const code = codes[after] as number;
      if (code >= 128) return -1;
      const ending = endsValue[code];
      if (ending === 0) continue;
      if (ending === 1) break;
      if (code === at) return -1;
      if (this.#colon < 0) this.#colon = after;
    }
    return after;
  }

  /** Where the remark at `from` and the blanks behind it end. */
  #remarkEnd(from: number): number {
    const part = this.#text.slice(from, Math.min(this.#end, from + 80));
    const length = /^\((?:optional|if [^()]{0,60})\)/i.exec(part)?.[0].length ?? 0;
    if (length > 0) this.#builder.flagTag(tagFlag.optional);
    let next = from + length;
    while (next < this.#end && blanks[this.#codes[next] as number] === 1) next++;
    return next;
  }

  /** Adds the value when it is one. */
  #takeValue(start: number, end: number, first: boolean): boolean {
    const { words } = this;
    const layer = this.#layer;
    if (this.#isPath) return this.#takePath(start, end);
    if (this.#colon >= 0 && this.#colon < end && this.#splits) {
      const document = words.headDocument(this.#builder.pool.intern(this.#text, start, this.#colon));
      if (document >= 0) return this.#takeSplit(document, start, end);
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
    const codes = this.#codes;
    const from = this.#colon + 1;
    let to = from;
    while (to < end && elementSigns[codes[to] as number] === 1) to++;
    const isAll = to === end;
    while (to > from && codes[to - 1] === 46) to--;
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
    this.#document = document;
    this.#element = element;
    this.#lastEnd = end;
    this.#lastLeads = this.#leads;
    this.#builder.tag(this.#type, document, element, raw, start, end, this.#flags | flags);
    this.#builder.nameTag(this.#nameStart, this.#nameEnd);
    return true;
  }

  #scanSlowly(start: number): void {
    for (const tag of readTagLine(this.#profile, this.#text.slice(start, this.#end)))
      this.#slow.add(tag, this.#text, start, this.#place);
  }
}
