import { layerOfTag, parseDocumentId, parseElementId } from "#profile/dialect";
import type { Profile } from "#profile/profile";
import { tagFlag } from "#model/trace";
import { elementIn, looksLikeValue, tagType } from "../tag-line.ts";
import type { StringPool } from "./string-pool.ts";
import { none } from "./trace-builder.ts";

/** Columns of what is remembered of a name; strings are numbers of the pool. */
const nameColumn = { known: 0, type: 1, flags: 2, layer: 3, path: 4 } as const;
const nameWidth = 5;

/** Columns of what is remembered of a value. */
const valueColumn = { known: 0, document: 1, element: 2, layer: 3, bits: 4, part: 5, head: 6 } as const;
const valueWidth = 7;

/** What a value may be beside an id. */
const valueBit = { colon: 1, none: 2, looks: 4, whole: 8 } as const;

/** Names and values of tags as the profile understands them; each is taken apart once, however often it is written. */
export class TagWords {
  /** A value with a colon is a document's id and an element, so that each half can be looked up for itself. */
  readonly splits: boolean;
  readonly #profile: Profile;
  readonly #pool: StringPool;
  #names = new Int32Array(nameWidth * 16);
  #values = new Int32Array(valueWidth * 16);

  constructor(profile: Profile, pool: StringPool) {
    this.#profile = profile;
    this.#pool = pool;
    this.splits = profile.ids.elements.every((pattern) => !pattern.includes(":"));
  }

  /** The normal name of a tag's name, -1 for one that the profile does not know. */
  typeOf(name: number): number {
    return this.#nameCell(name, nameColumn.type);
  }

  /** Flags that a name brings: alias, untidy. */
  nameFlags(name: number): number {
    return this.#nameCell(name, nameColumn.flags);
  }

  /** The artifact type that a name speaks of; -1 for a fact. */
  layerOfName(name: number): number {
    return this.#nameCell(name, nameColumn.layer);
  }

  /** The name's values are paths of the workspace, no ids. */
  namesPath(name: number): boolean {
    return this.#nameCell(name, nameColumn.path) === 1;
  }

  /** The document a value names by itself, -1 for none. */
  document(value: number): number {
    return this.#valueCell(value, valueColumn.document);
  }

  /** The document that a value names when it is what stands before a colon, -1 for none. */
  headDocument(value: number): number {
    return this.#valueCell(value, valueColumn.head);
  }

  /** The element behind the document's id, -1 for none. */
  element(value: number): number {
    return this.#valueCell(value, valueColumn.element);
  }

  /** The artifact type of the document. */
  layer(value: number): number {
    return this.#valueCell(value, valueColumn.layer);
  }

  /** The element that the value is when it goes on with the document before it, -1 when it can be none. */
  part(value: number): number {
    return this.#valueCell(value, valueColumn.part);
  }

  /** The value holds a colon. */
  hasColon(value: number): boolean {
    return this.#has(value, valueBit.colon);
  }

  /** The value says that there is none. */
  isNone(value: number): boolean {
    return this.#has(value, valueBit.none);
  }

  /** The value is no prose. */
  looksLikeValue(value: number): boolean {
    return this.#has(value, valueBit.looks);
  }

  /** How many signs of a value the ids take that it names. */
  idLength(value: number): number {
    const element = this.element(value);
    const size = element < 0 ? 0 : this.#pool.string(element).length;
    if (this.isWhole(value)) return size;
    return this.#pool.string(this.document(value)).length + (element < 0 ? 0 : size + 1);
  }

  /** The value is an element's id that names its document in itself. */
  isWhole(value: number): boolean {
    return this.#has(value, valueBit.whole);
  }

  #has(value: number, bit: number): boolean {
    return (this.#valueCell(value, valueColumn.bits) & bit) !== 0;
  }

  // Why: the place comes first, because to read what is new may move the cells.
  #nameCell(name: number, column: number): number {
    const at = this.#name(name);
    return this.#names[at + column] as number;
  }

  #valueCell(value: number, column: number): number {
    const at = this.#value(value);
    return this.#values[at + column] as number;
  }

  #name(name: number): number {
    const at = name * nameWidth;
    if (at >= this.#names.length) this.#names = larger(this.#names, at + nameWidth);
    if (this.#names[at] === 0) this.#readName(name, at);
    return at;
  }

  #value(value: number): number {
    const at = value * valueWidth;
    if (at >= this.#values.length) this.#values = larger(this.#values, at + valueWidth);
    if (this.#values[at] === 0) this.#readValue(value, at);
    return at;
  }

  #readName(name: number, at: number): void {
    const word = this.#pool.string(name);
    const type = tagType(this.#profile, word);
    const lower = word.toLowerCase();
    const layer = type === undefined ? undefined : layerOfTag(this.#profile, lower);
    this.#names[at] = 1;
    this.#names[at + nameColumn.type] = this.#number(type);
    this.#names[at + nameColumn.layer] = this.#number(layer?.type);
    this.#names[at + nameColumn.path] = layer?.reference === "path" ? 1 : 0;
    this.#names[at + nameColumn.flags] =
      (type !== undefined && type !== lower ? tagFlag.alias : 0) | (lower === word ? 0 : tagFlag.untidy);
  }

  #readValue(value: number, at: number): void {
    const raw = this.#pool.string(value);
    const whole = parseElementId(this.#profile, raw);
    const colon = raw.indexOf(":");
    const head = whole?.document ?? parseDocumentId(this.#profile, colon < 0 ? raw : raw.slice(0, colon));
    const element = whole?.element ?? (colon < 0 || head === undefined ? undefined : elementIn(raw.slice(colon + 1)));
    // Why: numbering a string may move the cells, and none may be left half written.
    const document = this.#number(head?.id);
    const named = this.#number(element);
    const layer = this.#number(head?.type);
    const part = this.#number(elementIn(raw));
    const values = this.#values;
    values[at] = 1;
    values[at + valueColumn.document] = document;
    values[at + valueColumn.element] = named;
    values[at + valueColumn.layer] = layer;
    values[at + valueColumn.bits] = this.#bits(raw, colon, whole !== undefined);
    values[at + valueColumn.part] = part;
    values[at + valueColumn.head] = whole === undefined ? document : none;
  }

  #bits(raw: string, colon: number, whole: boolean): number {
    return (
      (colon < 0 ? 0 : valueBit.colon) |
      (this.#profile.tags.none.includes(raw) ? valueBit.none : 0) |
      (looksLikeValue(raw) ? valueBit.looks : 0) |
      (whole ? valueBit.whole : 0)
    );
  }

  #number(word: string | undefined): number {
    return word === undefined ? none : this.#pool.internWord(word);
  }
}

function larger(cells: Int32Array<ArrayBuffer>, least: number): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(Math.max(least, cells.length * 2));
  grown.set(cells);
  return grown;
}
