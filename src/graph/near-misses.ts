import { type DocumentTrace, tagColumn, tagWidth } from "#model/trace";
import { isBeyondAscii } from "#model/beyond-ascii";
import type { ArtifactEntry, DocumentEntry } from "./artifact-entry.ts";
import { distanceWithin, lettersIn, mayBeWithin } from "./distance.ts";
import type { GraphState } from "./graph-state.ts";
import { type NumberedId, Neighbours } from "./neighbours.ts";
import { wordsIn } from "./words.ts";

const most = 3;
/** Why: looking at every name of a hostile document for every broken tag would be quadratic. */
const mostNames = 2000;

/** What broken tags may have meant. Its index of names is made at the first question, and what changes is put in anew. */
export class NearMisses {
  readonly #state: GraphState;
  #version = -1;
  readonly #numbers = new Map<string, ArtifactEntry[]>();
  readonly #neighbours = new Neighbours();
  readonly #files = new Map<string, ArtifactEntry[]>();
  readonly #elements = new Map<string, number[]>();
  readonly #likes = new Map<string, readonly string[]>();
  readonly #names = new Map<ArtifactEntry, KnownNames>();

  constructor(state: GraphState) {
    this.#state = state;
  }

  /** Ids of documents or elements that are there, the likeliest first, three at most. */
  of(document: DocumentEntry, row: number): readonly string[] {
    return this.like(...namedBy(document.trace, row));
  }

  /** What is like a document's id or path, or like an element of it. */
  like(id: string, element: string | undefined): readonly string[] {
    this.#refresh();
    // Why: what is missing is mostly named more than once, and asked for by each rule that tells of it.
    const key = element === undefined ? id : `${id}\0${element}`;
    let known = this.#likes.get(key);
    if (known === undefined) this.#likes.set(key, (known = this.#look(id, element)));
    return known;
  }

  #look(id: string, element: string | undefined): readonly string[] {
    const target = this.#state.nodes.artifact(id);
    const isThere = target !== undefined && target.holders.length > 0;
    if (isThere && element === undefined) return [];
    const like = isThere ? this.#elementsLike(target, element ?? "") : this.#documents(id, element);
    const ids = element === undefined ? like : [...like, ...this.#elsewhere(id, element)];
    return [...new Set(ids)].slice(0, most);
  }

  #refresh(): void {
    this.#state.settle();
    if (this.#version === this.#state.version) return;
    const change = this.#state.changes.since(this.#version);
    this.#version = this.#state.version;
    if (change === undefined || change.artifacts.size > 0) this.#likes.clear();
    if (change === undefined) this.#makeAnew();
    else for (const artifact of change.artifacts) this.#rename(artifact);
  }

  #makeAnew(): void {
    for (const index of [this.#numbers, this.#neighbours, this.#files, this.#elements, this.#names]) index.clear();
    for (const artifact of this.#state.nodes.artifacts) {
      if (artifact.holders.length > 0) this.#add(artifact);
    }
  }

  #add(artifact: ArtifactEntry): void {
    const id = numberedId(artifact.id);
    this.#neighbours.add(artifact);
    if (id === undefined) put(this.#files, fileName(artifact.id), artifact);
    else put(this.#numbers, numberKey(id), artifact);
    this.#addElements(artifact);
  }

  /** Why: no document came or went, so that its number is where it was. */
  #rename(artifact: ArtifactEntry): void {
    this.#names.delete(artifact);
    for (const [name, node] of artifact.elements) {
      const known = this.#elements.get(name);
      const place = known?.indexOf(node) ?? -1;
      if (place >= 0) known?.splice(place, 1);
    }
    if (artifact.holders.length > 0) this.#addElements(artifact);
  }

  #addElements(artifact: ArtifactEntry): void {
    this.#state.elements.settle(artifact);
    for (const [name, node] of artifact.elements) {
      if (this.#state.nodes.isDefined(node)) put(this.#elements, name, node);
    }
  }

  /** The same number in another padding or group, then ids one slip away; for paths files of that name. */
  #documents(id: string, element: string | undefined): readonly string[] {
    const wanted = numberedId(id);
    const found = new Set(wanted === undefined ? this.#files.get(fileName(id)) : this.#numbers.get(numberKey(wanted)));
    if (wanted !== undefined && found.size < most) this.#neighbours.addTo(found, wanted, most);
    return [...found].slice(0, most).map((artifact) => this.#withElement(artifact, element));
  }

  #withElement(artifact: ArtifactEntry, element: string | undefined): string {
    if (element === undefined) return artifact.id;
    const { nodes } = this.#state.elements.find(artifact, element);
    return nodes.length === 1 ? this.#state.nodes.idOf(nodes[0] ?? -1) : artifact.id;
  }

  #elementsLike(artifact: ArtifactEntry, element: string): readonly string[] {
    let names = this.#names.get(artifact);
    if (names === undefined) this.#names.set(artifact, (names = new KnownNames(this.#state, artifact)));
    const wanted = new KnownName(element, -1);
    const best: Scored[] = [];
    for (const known of names.all) {
      const score = nameScore(wanted, known);
      // Why: in a sequence of numbers each is in its place; one that stands apart is where another was moved to.
      if (score !== undefined) keepBest(best, { known, score: names.isApart(known, wanted) ? score - 0.5 : score });
    }
    return best.map(({ known }) => this.#state.nodes.idOf(known.node));
  }

  /** Why: an element that many documents of the type have says nothing about which of them was meant. */
  #elsewhere(id: string, element: string): readonly string[] {
    const { nodes, layers } = this.#state;
    const wanted = numberedId(id);
    const type = wanted === undefined ? nodes.artifact(id)?.type : layers.numberOf(wanted.type);
    const found: string[] = [];
    for (const node of this.#elements.get(element) ?? []) {
      const artifact = nodes.artifactOf(node);
      if (artifact.id === id || artifact.type !== type) continue;
      if (found.length === most) return [];
      found.push(nodes.idOf(node));
    }
    return found.sort();
  }
}

/** The document, and the element of it, that a tag names. */
export function namedBy({ tags, strings }: DocumentTrace, row: number): [id: string, element: string | undefined] {
  const text = (column: number): string | undefined => strings[tags[row * tagWidth + column] ?? -1];
  const [head, ...rest] = (text(tagColumn.raw) ?? "").split(":");
  const document = text(tagColumn.document);
  if (document !== undefined) return [document, text(tagColumn.element)];
  return [head ?? "", rest.join(":") || undefined];
}

function put<Value>(index: Map<string, Value[]>, key: string, value: Value): void {
  const known = index.get(key);
  if (known === undefined) index.set(key, [value]);
  else known.push(value);
}

/** Why: an id in a wrong padding or case is none by the profile, but tells well what was meant. */
function numberedId(id: string): NumberedId | undefined {
  const match = /^([A-Za-z]{2,16})[-_ ]?(\d{1,6})(-\d{1,3})?$/u.exec(id);
  if (match === null) return undefined;
  return { type: (match[1] ?? "").toUpperCase(), digits: match[2] ?? "", member: match[3] ?? "" };
}

function numberKey({ type, digits }: NumberedId): string {
  return `${type} ${Number(digits)}`;
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

interface Scored {
  readonly known: KnownName;
  readonly score: number;
}

/** Puts a name where it belongs among the best, the likeliest first, and drops the last of too many. */
function keepBest(best: Scored[], one: Scored): void {
  let place = best.length;
  while (place > 0 && isLikelier(one, best[place - 1] as Scored)) place--;
  if (place === most) return;
  best.splice(place, 0, one);
  if (best.length > most) best.pop();
}

function isLikelier(one: Scored, other: Scored): boolean {
  return one.score < other.score || (one.score === other.score && one.known.name < other.known.name);
}

/** A name with what it is compared by, made when it first is. */
class KnownName {
  readonly name: string;
  readonly node: number;
  readonly lower: string;
  readonly letters: number;
  #bare: string | undefined;
  #words: ReadonlySet<string> | undefined;
  #isPlain: boolean | undefined;

  constructor(name: string, node: number) {
    this.name = name;
    this.node = node;
    this.lower = name.toLowerCase();
    this.letters = lettersIn(this.lower);
  }

  /** Without padding and case. */
  get bare(): string {
    this.#bare ??= bare(this.lower);
    return this.#bare;
  }

  /** True when the small letters of its words are those that they have in any name. */
  get isPlain(): boolean {
    this.#isPlain ??= !isBeyondAscii(this.lower);
    return this.#isPlain;
  }

  get words(): ReadonlySet<string> {
    if (this.#words === undefined) {
      const words = new Set(wordsIn(this.name));
      words.delete("scenario");
      this.#words = words;
    }
    return this.#words;
  }
}

/** The names of one document's elements. */
class KnownNames {
  readonly all: readonly KnownName[];
  #bare: ReadonlySet<string> | undefined;

  constructor({ nodes }: GraphState, { elements }: ArtifactEntry) {
    this.all = [...elements]
      .slice(0, mostNames)
      .flatMap(([name, node]) => (nodes.isDefined(node) ? [new KnownName(name, node)] : []));
  }

  /** True for a name that ends with a number of which neither the one before nor the one behind is there, or was wanted. */
  isApart({ bare: own }: KnownName, { bare: wanted }: KnownName): boolean {
    const digits = /\d{1,9}$/u.exec(own)?.[0];
    if (digits === undefined) return false;
    this.#bare ??= new Set(this.all.map((one) => one.bare));
    const head = own.slice(0, -digits.length);
    const isTaken = (number: number): boolean =>
      wanted === `${head}${number}` || this.#bare?.has(`${head}${number}`) === true;
    return !isTaken(Number(digits) - 1) && !isTaken(Number(digits) + 1);
  }
}

/** Another padding or case first, then a few letters away, then a part or the whole of it, then what has words in common. */
function nameScore(wanted: KnownName, known: KnownName): number | undefined {
  const beginAlike = !beginOtherwise(wanted.lower, known.lower);
  if (beginAlike && wanted.bare === known.bare) return 0;
  const farthest = Math.min(3, wanted.name.length >> 2);
  if (mayBeWithin(wanted.letters, known.letters, farthest)) {
    const distance = distanceWithin(wanted.lower, known.lower, farthest);
    if (distance !== undefined) return distance;
  }
  if (beginAlike && isPart(wanted.bare, known.bare)) return 4;
  if (!mayShareWords(wanted, known)) return undefined;
  let common = 0;
  for (const word of wanted.words) if (known.words.has(word)) common++;
  return common >= 2 ? 10 - Math.min(5, common) : undefined;
}

/** True for names that begin with different letters: what is left of them without padding does so, too. */
function beginOtherwise(one: string, other: string): boolean {
  const [first, second] = [one.charCodeAt(0), other.charCodeAt(0)];
  return first !== second && isLetter(first) && isLetter(second);
}

function isLetter(code: number): boolean {
  return code >= 0x61 && code <= 0x7a;
}

/** False for names that have no two words in common. Why: the words of nearly all names need not be made then. */
function mayShareWords({ words, isPlain }: KnownName, { lower }: KnownName): boolean {
  if (!isPlain) return true;
  let spare = words.size - 2;
  for (const word of words) {
    if (spare < 0) return false;
    if (!lower.includes(word)) spare--;
  }
  return spare >= 0;
}

/** True for `phase-2` and `phase-2-1`, whichever is which: a part of the one is named by the other. */
function isPart(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return long.charCodeAt(short.length) === dash && long.startsWith(short) && /\d$/u.test(short);
}

const dash = 0x2d;

function bare(lower: string): string {
  return lower
    .replace(/[-_.]+/gu, "-")
    .replace(/([a-z])(?=\d)/gu, "$1-")
    .replace(/(^|-)0+(?=\d)/gu, "$1");
}
