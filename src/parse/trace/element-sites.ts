import { slugOf } from "#model/slug";
import { type DefinitionKind, definitionKind } from "#model/trace";
import type { HeadingSite, Profile } from "#profile/profile";
import { ElementIdReader } from "./element-id.ts";
import type { SectionStack } from "./section-stack.ts";
import type { TagScanner } from "./tag-scanner.ts";
import { none, type TraceBuilder, type TraceSubject } from "./trace-builder.ts";

const longestTitle = 400;
const star = 42;
const dash = 45;
const colon = 58;
const anchorForm = /<a\s+(?:id|name)\s*=\s*["']([A-Za-z0-9._:-]+)["']/y;
const numberForm = /^(\d+(?:\.\d+)*)(?![\w.])/;
/** What stands between the word and the name of `Contract 1: Name`. */
const beforeName = /^(?:\s+\d+)?\s*:/;

/** Finds the places of a Markdown document where elements are defined. A place in a section of mentions is none. */
export class ElementSites {
  readonly ids: ElementIdReader;
  readonly #builder: TraceBuilder;
  readonly #sections: SectionStack;
  readonly #byType: ReadonlyMap<string, readonly HeadingSite[]>;
  #sites: readonly HeadingSite[] = [];
  #document = "";
  #phase = "";
  #phaseLevel = 0;

  constructor(profile: Profile, tags: TagScanner, builder: TraceBuilder, sections: SectionStack) {
    this.ids = new ElementIdReader(profile, tags, builder);
    this.#builder = builder;
    this.#sections = sections;
    this.#byType = new Map(profile.trace.elements.map(({ type, headings }) => [type, headings]));
  }

  /** Sets the document that is read. */
  begin(subject: TraceSubject): void {
    this.ids.begin(subject);
    this.#sites = this.#byType.get(subject.type ?? "") ?? [];
    this.#document = subject.id ?? "";
    this.#phase = "";
    this.#phaseLevel = 0;
  }

  /** Reads the heading just entered, with the title from `start` to `end`. */
  heading(text: string, level: number, start: number, end: number): void {
    if (level <= this.#phaseLevel) {
      this.#phase = "";
      this.#phaseLevel = 0;
    }
    if (this.#sections.mentions >= 0) return;
    const number = numberEnd(text, start, end);
    const from = skipMarks(text, number, end);
    const hasId = this.#readId(text, from, end);
    if (hasId) this.#hold(definitionKind.heading, this.#titleAfter(text, this.ids.end, end));
    this.#attribute(text, start, end);
    if (this.#sites.length === 0) return;
    const place = { start, number, from, end };
    for (const site of this.#sites) if (!hasId || site.kind !== "topic") this.#site(site, text, level, place);
  }

  /** Reads the label that may begin a paragraph; an item's label speaks for the whole item. */
  label(text: string, start: number, end: number, inItem: boolean, scopeEnd: number): void {
    const from = inItem ? skipBox(text, start, end) : start;
    if (text.charCodeAt(from) !== star || text.charCodeAt(from + 1) !== star) return;
    const id = text.charCodeAt(from + 2) === 96 ? from + 3 : from + 2;
    if (!this.ids.read(text, id, end) || !isLabel(text, this.ids.end, end, inItem)) return;
    const { element, start: idStart, end: idEnd } = this.ids;
    const title = this.#titleAfter(text, idEnd, end);
    this.#builder.define(definitionKind.label, element, idStart, idEnd, scopeEnd, title);
  }

  /** Reads the first cell of a table row. */
  cell(text: string, start: number, end: number, rowEnd: number): void {
    if (this.#sections.mentions >= 0 || start === end) return;
    const from = skipMarks(text, start, end);
    if (!this.#readId(text, from, end)) return;
    const { element, start: idStart, end: idEnd } = this.ids;
    if (!/^[\s*`\]]*(?:$|[:(–—-])/.test(text.slice(idEnd, Math.min(end, idEnd + 20)))) return;
    const title = this.#titleAfter(text, idEnd, end);
    this.#builder.define(definitionKind.tableCell, element, idStart, idEnd, rowEnd, title);
  }

  /** Reads the anchor that begins at `at`, if one does. */
  anchor(text: string, at: number): void {
    anchorForm.lastIndex = at;
    const match = anchorForm.exec(text);
    if (match === null) return;
    const end = anchorForm.lastIndex - 1;
    this.#defineAnchor(text, end - (match[1] ?? "").length, end);
  }

  #attribute(text: string, start: number, end: number): void {
    if (text.charCodeAt(end - 1) !== 125) return;
    const match = /\{#([A-Za-z0-9._:-]+)\}$/.exec(text.slice(Math.max(start, end - 200), end));
    if (match !== null) this.#defineAnchor(text, end - 1 - (match[1] ?? "").length, end - 1);
  }

  #defineAnchor(text: string, start: number, end: number): void {
    const name = this.#builder.pool.intern(text, start, end);
    if (this.ids.isOwn(name)) return;
    const row = this.#builder.define(definitionKind.anchor, name, start, end, end, none);
    this.#sections.hold(row);
  }

  #readId(text: string, from: number, end: number): boolean {
    const bracket = text.charCodeAt(from) === 91;
    if (!this.ids.read(text, bracket ? from + 1 : from, end)) return false;
    // Why: a linked id stands for what is defined elsewhere.
    return !bracket || (text.charCodeAt(this.ids.end) === 93 && text.charCodeAt(this.ids.end + 1) !== 40);
  }

  #hold(kind: DefinitionKind, title: number): void {
    const { element, start, end } = this.ids;
    this.#sections.hold(this.#builder.define(kind, element, start, end, end, title));
  }

  #titleAfter(text: string, from: number, end: number): number {
    let [start, isNamed] = [from, false];
    for (; start < end && isBetween(text.charCodeAt(start)); start++) {
      // Why: behind the colon a dash before a word is a sign of its own, as in `-40 °C` and `--verbose`.
      if (isNamed && text.charCodeAt(start) === dash && !isBetween(text.charCodeAt(start + 1))) break;
      if (isNamed && text.startsWith("--", start)) break;
      isNamed ||= text.charCodeAt(start) === colon;
    }
    return this.#title(text, start, end);
  }

  #title(text: string, start: number, end: number): number {
    let to = Math.min(end, start + longestTitle);
    while (to > start && isMark(text.charCodeAt(to - 1))) to--;
    return this.#builder.text(text, start, to);
  }

  #site(site: HeadingSite, text: string, level: number, place: HeadingPlace): void {
    siteReaders[site.kind](site, text, place, {
      define: (kind, element, start, end, titleFrom) => {
        const name = this.#builder.pool.internWord(element);
        const title = titleFrom < 0 ? this.#title(text, start, end) : this.#titleAfter(text, titleFrom, place.end);
        this.#sections.hold(this.#builder.define(kind, name, start, end, end, title));
      },
      document: this.#document,
      phase: this.#phase,
      level,
      enterPhase: (number) => {
        this.#phase = number;
        this.#phaseLevel = level;
      },
    });
  }
}

/** Offsets of a heading's title: its start, where its number ends, its first word, its end. */
interface HeadingPlace {
  readonly start: number;
  readonly number: number;
  readonly from: number;
  readonly end: number;
}

interface SiteReading {
  /** `titleFrom` -1: the place itself is the title. */
  define(kind: DefinitionKind, element: string, start: number, end: number, titleFrom: number): void;
  /** Id of the document. */
  readonly document: string;
  /** Number of the phase around the heading, empty outside of one. */
  readonly phase: string;
  readonly level: number;
  enterPhase(number: string): void;
}

type SiteReader = (site: HeadingSite, text: string, place: HeadingPlace, reading: SiteReading) => void;

const siteReaders: Readonly<Record<HeadingSite["kind"], SiteReader>> = {
  phase: (site, text, place, reading) => {
    const found = wordAndNumber(site, text, place);
    if (found !== undefined) {
      reading.define(definitionKind.phase, site.prefix + found.number, place.from, found.end, found.end);
      return reading.enterPhase(found.number);
    }
    const number = ownNumber(text, place);
    if (number === undefined || !number.includes(".")) return;
    if (reading.phase === "" ? reading.level < 4 : !number.startsWith(`${reading.phase}.`)) return;
    const end = place.start + number.length;
    reading.define(definitionKind.phase, site.prefix + number, place.start, end, place.from);
  },
  task: (site, text, place, reading) => {
    const found = wordAndNumber(site, text, place);
    if (found === undefined) return;
    reading.define(definitionKind.task, site.prefix + found.number, place.from, found.end, found.end);
  },
  name: (site, text, place, reading) => {
    const after = wordEnd(site, text, place);
    const match = after < 0 ? null : beforeName.exec(text.slice(after, Math.min(place.end, after + longestTitle)));
    if (match !== null) defineNames(site, text, after + match[0].length, place.end, definitionKind.heading, reading);
  },
  documentName: (site, text, place, reading) => {
    const { document, level } = reading;
    if (level > 1 || document === "" || !text.startsWith(document, place.from)) return;
    defineNames(site, text, place.from + document.length, place.end, definitionKind.name, reading);
  },
  numberedSection: (site, text, place, reading) => {
    const number = ownNumber(text, place);
    if (number === undefined) return;
    const end = place.start + number.length;
    reading.define(definitionKind.numberedSection, site.prefix + number, place.start, end, place.from);
  },
  topic: (site, text, place, reading) => {
    const slug = slugOf(text.slice(place.from, Math.min(place.end, place.from + longestTitle)));
    if (slug !== "") reading.define(definitionKind.topic, site.prefix + slug, place.from, place.end, -1);
  },
};

/** Signs before a name, and what ends its words. */
const nameStart = /^[\s:*`–—-]*/;
const namePart = /[A-Za-z_][A-Za-z0-9._]*(?:-[A-Za-z0-9._]+)*/g;
const nameStop = /\s[–—-]\s|[[(,:;<|]/;

/** The names in `IBGatewayConnector`, `Gateway Connector (v2)` and `Class GatewayConnector`: the words as one, and a word that is a name. */
function defineNames(
  site: HeadingSite,
  text: string,
  from: number,
  end: number,
  kind: DefinitionKind,
  reading: SiteReading,
): void {
  const rest = text.slice(from, Math.min(end, from + longestTitle));
  const start = nameStart.exec(rest)?.[0].length ?? 0;
  const head = rest.slice(start).split(nameStop, 1)[0] ?? "";
  const parts = [...head.matchAll(namePart)];
  const define = (
    name: string,
    first: RegExpMatchArray | undefined,
    last: RegExpMatchArray | undefined,
    as: DefinitionKind,
  ) => {
    const nameEnd = from + start + (last?.index ?? 0) + (last?.[0].length ?? 0);
    reading.define(as, site.prefix + name, from + start + (first?.index ?? 0), nameEnd, nameEnd);
  };
  const own = parts.length === 1 ? parts[0] : parts.find(([word]) => /[a-z][A-Z]|_|[A-Z]{2}[a-z]/.test(word));
  if (own !== undefined) define(own[0], own, own, kind);
  if (parts.length < 2) return;
  const whole = parts.map(([word]) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  define(whole, parts[0], parts.at(-1), definitionKind.name);
}

/** The number that the heading itself begins with. */
function ownNumber(text: string, { start, number }: HeadingPlace): string | undefined {
  return number === start ? undefined : numberForm.exec(text.slice(start, number).replace(/[.\s]+$/, ""))?.[1];
}

function wordAndNumber(
  site: HeadingSite,
  text: string,
  place: HeadingPlace,
): { number: string; end: number } | undefined {
  const after = wordEnd(site, text, place);
  const match =
    after < 0 ? null : /^[ \t]+(\d+(?:\.\d+)*)(?![\w])/.exec(text.slice(after, Math.min(place.end, after + 40)));
  return match === null ? undefined : { number: match[1] ?? "", end: after + match[0].length };
}

/** Where one of the site's words ends that the heading begins with; -1 when it begins with none. */
function wordEnd(site: HeadingSite, text: string, { from, end }: HeadingPlace): number {
  const found = site.words.find((word) => {
    const after = from + word.length;
    return after <= end && text.slice(from, after).toLowerCase() === word.toLowerCase();
  });
  return found === undefined ? -1 : from + found.length;
}

/** Where the heading's number and the blanks behind it end; `start` when it has none. */
function numberEnd(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && (isDigit(text.charCodeAt(at)) || (at > start && text.charCodeAt(at) === 46))) at++;
  if (at === start) return start;
  const number = at;
  while (at < end && isBlank(text.charCodeAt(at))) at++;
  return at === number ? start : at;
}

function skipMarks(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && isMark(text.charCodeAt(at))) at++;
  return at;
}

/** Skips the box of a task: `[ ]`, `[x]` or a glyph. */
function skipBox(text: string, start: number, end: number): number {
  const code = text.charCodeAt(start);
  let at = start;
  if (code === 91) at = text.charCodeAt(start + 2) === 93 ? start + 3 : start;
  else if (code >= 128) while (at < end && at - start < 4 && text.charCodeAt(at) >= 128) at++;
  while (at > start && at < end && isBlank(text.charCodeAt(at))) at++;
  return at;
}

/** True when what follows the id makes it a label: a colon or dash, the end of the bold text in a list, the end of the line. */
function isLabel(text: string, from: number, end: number, inItem: boolean): boolean {
  const rest = text.slice(from, Math.min(end, from + 200));
  const match = /^`?(?:\*\*|:|\s)/.exec(rest);
  if (match === null) return false;
  if (inItem || match[0].endsWith(":")) return true;
  const bold = rest.indexOf("**");
  return bold >= 0 && /^\s*(?:$|:|[–—-]|\()/.test(rest.slice(bold + 2));
}

/** Blanks, `*`, `_` and backticks. */
function isMark(code: number): boolean {
  return isBlank(code) || code === star || code === 95 || code === 96;
}

/** What may stand between an id and its title. */
function isBetween(code: number): boolean {
  return isMark(code) || code === colon || code === dash || code === 93 || code === 0x2013 || code === 0x2014;
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
