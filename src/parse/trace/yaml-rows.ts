import { definitionKind, mentionKind, tagFlag } from "#model/trace";
import { layerOf } from "#profile/dialect";
import type { Profile } from "#profile/profile";
import { unreadTags } from "../unread-tags.ts";
import type { TagPlace } from "./slow-tags.ts";
import type { TagScanner } from "./tag-scanner.ts";
import { none, type TraceBuilder, type TraceSubject } from "./trace-builder.ts";

const entryPlace: TagPlace = { flags: tagFlag.yaml, live: true, anywhere: true, spaced: false };
const textPlace: TagPlace = { flags: 0, live: true, anywhere: false, spaced: true };
const longestWord = 200;
const nameForm = /^[A-Za-z_][A-Za-z0-9._-]*$/;

/** Keys of OpenAPI and JSON Schema under which a value of the interface stands. */
const payloadKeys: ReadonlySet<string> = new Set(["example", "examples", "default"]);

/** Kinds of mentions by the first word of the keys they stand under. */
const mentionWords: readonly (readonly [word: string, kind: number])[] = [
  ["upstream", mentionKind.upstream],
  ["downstream", mentionKind.downstream],
  ["related", mentionKind.related],
];

/** A key whose value is being read. */
interface OpenEntry {
  /** Row of the entry of a list that is open under the key; -1 for none. */
  item: number;
  readonly key: string;
  readonly path: string;
  /** Its definition; -1 when it defines nothing. */
  readonly row: number;
  readonly mentions: number;
  /** Its value is a map of tags, or lies inside of one. */
  readonly tagMap: boolean;
  /** Its value is that of a tag, with the name here. */
  readonly tag: boolean;
  /** Its value is what somebody sends or gets, or lies inside of it: ids and names there are no definitions. */
  readonly payload: boolean;
  readonly start: number;
  readonly end: number;
}

/** Turns keys and scalars of YAML into rows, whoever reads them. */
export class YamlRows {
  readonly #profile: Profile;
  readonly #builder: TraceBuilder;
  readonly #tags: TagScanner;
  readonly #tagMaps: ReadonlySet<string>;
  readonly #open: OpenEntry[] = [];
  #text = "";
  #own = none;

  constructor(profile: Profile, builder: TraceBuilder, tags: TagScanner) {
    this.#profile = profile;
    this.#builder = builder;
    this.#tags = tags;
    this.#tagMaps = new Set(profile.tags.yamlKeys);
  }

  /** Begins a document. */
  begin(subject: TraceSubject, text: string): void {
    this.#text = text;
    this.#own = subject.id === undefined ? none : this.#builder.pool.internWord(subject.id);
    this.#open.length = 0;
    this.#tags.begin();
  }

  /** Reading goes on at an earlier place. */
  goBack(): void {
    this.#tags.begin();
  }

  /** How many keys are open. */
  get depth(): number {
    return this.#open.length;
  }

  /** A key, without quotes, whose value follows. */
  enter(start: number, end: number): void {
    const key = firstLine(this.#text.slice(start, Math.min(end, start + longestWord)));
    // Why: a key of several lines, which the pool may not keep, is no tag's name.
    this.#enter(key, key.length === end - start ? this.#builder.pool.internWord(key) : none, start, end);
  }

  /** The number of a key on one line, which is the same for equal keys. */
  keyNumber(start: number, end: number): number {
    return this.#builder.pool.intern(this.#text, start, end);
  }

  /** As `enter`, for a key on one line whose number is known. */
  enterNumber(number: number, start: number, end: number): void {
    const key = this.#builder.pool.string(number);
    this.#enter(key.length > longestWord ? key.slice(0, longestWord) : key, number, start, end);
  }

  #enter(key: string, number: number, start: number, end: number): void {
    const parent = this.#open.at(-1);
    const tagMap = this.#tagMaps.has(key) || parent?.tagMap === true;
    const tag = parent?.tagMap === true && this.#tagMaps.has(parent.key) && this.#isTagName(number);
    if (parent?.tag === true) this.#builder.unread({ kind: "key", name: key, type: parent.key, start, end }, 0);
    // Why: nothing asks for the paths of tags.
    const path = tagMap || parent === undefined ? key : `${parent.path}.${key}`;
    this.#open.push({
      key,
      path,
      row: tagMap ? none : this.#define(definitionKind.yamlKey, path, start, end),
      mentions: mentionsUnder(key) ?? parent?.mentions ?? mentionKind.elsewhere,
      tagMap,
      tag,
      payload: parent?.payload === true || payloadKeys.has(key),
      start,
      end,
      item: none,
    });
  }

  /** The value of the innermost key ends. */
  leave(end: number): void {
    const entry = this.#open.pop();
    if (entry !== undefined && entry.row >= 0) this.#builder.closeScope(entry.row, end);
    if (entry !== undefined && entry.item >= 0) this.#builder.closeScope(entry.item, end);
  }

  /** A scalar on one line, without quotes: the value of the innermost key, or of a list under it. */
  scalar(start: number, end: number): void {
    const entry = this.#open.at(-1);
    if (entry?.tag === true) {
      this.#tags.scanValues(this.#text, { start: entry.start, end: entry.end }, { start, end }, entryPlace);
      if (this.#tags.odd) this.#lookFor(entry.key, start, end);
      return;
    }
    if (start === end || end - start > longestWord) return this.text(start, end);
    const id = this.#idOf(start, end);
    if (id >= 0 && entry?.tagMap === true) this.#unknownKey(entry, id);
    if (id >= 0) return this.#mention(id, start, end, entry?.mentions ?? mentionKind.elsewhere);
    if (entry !== undefined && !entry.tagMap) this.#named(entry, start, end);
    this.text(start, end);
  }

  /** Notes what of a value was meant as one more and is none. */
  #lookFor(key: string, start: number, end: number): void {
    const head = `@${key}: `;
    for (const found of unreadTags(this.#profile, `${head}${this.#text.slice(start, end)}`)) {
      if (found.start >= head.length) this.#builder.unread(found, start - head.length);
    }
  }

  /** Notes a key of a map of tags that is no tag's name, though an id stands under it. */
  #unknownKey({ key, start, end }: OpenEntry, id: number): void {
    const parent = this.#open.at(-2);
    if (parent?.tagMap !== true || !this.#tagMaps.has(parent.key)) return;
    const type = layerOf(this.#profile, this.#builder.pool.string(this.#tags.words.layer(id)))?.tag;
    if (type === undefined || this.#builder.faults.at(-1)?.start === start) return;
    this.#builder.unread({ kind: "name", name: key, type, start, end }, 0);
  }

  /** The number in the pool of a scalar that is an id and nothing else, -1 for any other. */
  #idOf(start: number, end: number): number {
    // Why: prose is no id, and the pool would keep every sentence of every document.
    const blank = this.#text.indexOf(" ", start);
    if (blank >= 0 && blank < end) return none;
    const value = this.#builder.pool.intern(this.#text, start, end);
    const { words } = this.#tags;
    return words.document(value) >= 0 && words.idLength(value) === end - start ? value : none;
  }

  /** A line of text or of a comment, in which tags may stand. */
  text(start: number, end: number): void {
    if (this.#tags.mayHold(this.#text, start, end)) this.#tags.scan(this.#text, start, end, textPlace);
  }

  #isTagName(number: number): boolean {
    return number >= 0 && this.#tags.words.typeOf(number) >= 0;
  }

  #define(kind: 6 | 7 | 8, element: string, start: number, end: number): number {
    return this.#builder.define(kind, this.#builder.pool.internWord(element), start, end, end, none);
  }

  #mention(value: number, start: number, end: number, kind: number): void {
    const { words } = this.#tags;
    if (words.document(value) === this.#own && words.element(value) < 0) return;
    this.#builder.mention(kind, words.document(value), words.element(value), none, start, end);
  }

  /** An entry of a list owns what stands from its `id` to the next one's, or to the end of the list. */
  #beginItem(row: number, key: string, start: number): void {
    const list = this.#open.at(-2);
    if (list === undefined || key !== "id") return;
    if (list.item >= 0) this.#builder.closeScope(list.item, start);
    list.item = row;
  }

  /** Ids and names of entries, and the title of the document. */
  #named({ key, path, payload, start: keyStart }: OpenEntry, start: number, end: number): void {
    const word = this.#text.slice(start, end);
    if ((path === "title" || path === "info.title") && this.#builder.title < 0) {
      const title = unquoted(word, this.#text[start - 1]);
      this.#builder.title = this.#builder.text(title, 0, title.length);
    }
    if (payload || !nameForm.test(word)) return;
    if (key === "id" || (key.endsWith("_id") && beginsItem(this.#text, keyStart)))
      this.#beginItem(this.#define(definitionKind.yamlId, word, start, end), key, start);
    else if (key === "name") this.#define(definitionKind.yamlName, word, start, end);
  }
}

/** What a scalar between quotes says, on one line. */
function unquoted(word: string, quote: string | undefined): string {
  if (quote === "'") return word.replaceAll("''", "'");
  if (quote !== '"' || !word.includes("\\")) return word;
  return word
    .replace(escaped, (_, byte?: string, short?: string, long?: string, sign = "") => {
      const code = Number.parseInt(byte ?? short ?? long ?? "", 16);
      if (!Number.isNaN(code)) return code <= 0x10ffff ? String.fromCodePoint(code) : "";
      return blankSigns.has(sign) ? " " : sign;
    })
    .replace(/\s+/gu, " ")
    .trim();
}

const escaped = /\\(?:x([\dA-Fa-f]{2})|u([\dA-Fa-f]{4})|U([\dA-Fa-f]{8})|([\s\S]))/gu;
/** Signs of escapes that stand for blanks, line breaks and the like. */
const blankSigns: ReadonlySet<string> = new Set("0abefnrtvNLP_\n");

/** True for the first key of a list's entry. Why: what a later `…_id` holds is mostly an id of something else. */
function beginsItem(text: string, keyStart: number): boolean {
  let at = keyStart - 1;
  if (text[at] === '"' || text[at] === "'") at--;
  while (text[at] === " ") at--;
  return text[at] === "-" && at < keyStart - 1;
}

/** The kind of mentions under a key. Why: hardly any key begins with one of the letters, and asking for it is cheap. */
function mentionsUnder(key: string): number | undefined {
  const letter = key.charCodeAt(0) | 32;
  if (letter !== 117 && letter !== 100 && letter !== 114) return undefined;
  const lower = key.toLowerCase();
  return mentionWords.find(([word]) => lower.startsWith(word))?.[1];
}

/** Why: a key of several lines is no key, but what is broken is read, too. */
function firstLine(text: string): string {
  const feed = text.indexOf("\n");
  return feed < 0 ? text : text.slice(0, feed);
}
