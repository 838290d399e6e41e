import type { Span } from "#model/source";
import {
  type DefinitionKind,
  type DocumentTrace,
  type TraceFault,
  type TraceRole,
  type UnreadTag,
  definitionColumn,
  definitionKind,
  definitionWidth,
  mentionColumn,
  mentionWidth,
  mostShort,
  tagColumn,
  tagWidth,
} from "#model/trace";
import { RowTape } from "./row-tape.ts";
import { StringPool } from "./string-pool.ts";

/** What is known of a document before it is read. */
export interface TraceSubject {
  readonly path: string;
  readonly role: TraceRole;
  readonly type?: string;
  readonly id?: string;
  readonly part?: number;
  readonly template: boolean;
}

/** Number of no string. */
export const none = -1;

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

const noFaults: readonly TraceFault[] = [];

/** Collects the rows of one document after another. Strings are those of one pool, so that equal ones are the same for all documents. */
export class TraceBuilder {
  readonly pool: StringPool = new StringPool();
  readonly tags: RowTape = new RowTape(tagWidth);
  readonly definitions: RowTape = new RowTape(definitionWidth);
  readonly mentions: RowTape = new RowTape(mentionWidth);
  /** Title of the document, an index of its table. */
  title: number = none;
  readonly faults: TraceFault[] = [];
  /** Index of a string in the document's table by its number in the pool, right where `#turns` is this turn. */
  #indexes = new Int32Array(16);
  #turns = new Int32Array(16);
  #turn = 0;
  /** Strings of the document: numbers of the pool, and -1, -2 and so on for texts of its own. */
  #table: number[] = [];
  /** Texts of the document that are hardly ever the same as another. */
  #texts: string[] = [];
  readonly #ordinals = new Int32Array(Object.keys(definitionKind).length);

  /** The index of a pool's string in the table of the document. */
  local(number: number): number {
    if (number < 0) return none;
    if (number >= this.#indexes.length) this.#grow(number);
    if (this.#turns[number] === this.#turn + 1) return this.#indexes[number] as number;
    this.#turns[number] = this.#turn + 1;
    this.#indexes[number] = this.#table.length;
    return this.#table.push(number) - 1;
  }

  /** The index of a text that need not be looked up, such as a title; it must hold no line feed. */
  text(text: string, start: number, end: number): number {
    if (start >= end) return none;
    return this.#table.push(-this.#texts.push(text.slice(start, end))) - 1;
  }

  /**
   * Adds a definition and returns where its row begins, so that its scope can be closed. `element` is a number of the pool, `title`
   * an index of the document's table.
   */
  define(kind: DefinitionKind, element: number, start: number, end: number, scopeEnd: number, title: number): number {
    const at = this.definitions.add();
    const { cells } = this.definitions;
    cells[at + definitionColumn.element] = this.local(element);
    cells[at + definitionColumn.kind] = kind;
    cells[at + definitionColumn.start] = start;
    cells[at + definitionColumn.end] = end;
    cells[at + definitionColumn.scopeEnd] = scopeEnd;
    cells[at + definitionColumn.title] = title;
    cells[at + definitionColumn.scopeStart] = start;
    this.#ordinals[kind] = (this.#ordinals[kind] as number) + 1;
    cells[at + definitionColumn.ordinal] = this.#ordinals[kind] as number;
    return at;
  }

  /** Adds a scenario and the names its tags give it: all have its ordinal. Returns where the first row begins. */
  defineScenario(
    scopeStart: number,
    names: readonly { readonly element: string; readonly start: number; readonly end: number }[],
    element: number,
    start: number,
    end: number,
    title: number,
  ): number {
    const first = this.definitions.end;
    for (const name of names) {
      this.define(definitionKind.scenarioTag, this.pool.internWord(name.element), name.start, name.end, end, title);
    }
    this.define(definitionKind.scenario, element, start, end, end, title);
    const { cells } = this.definitions;
    const ordinal = this.#ordinals[definitionKind.scenario] as number;
    for (let row = first; row < this.definitions.end; row += definitionWidth) {
      cells[row + definitionColumn.scopeStart] = scopeStart;
      cells[row + definitionColumn.ordinal] = ordinal;
    }
    return first;
  }

  /** Says where the text of all definitions from a row on ends. */
  closeScopes(row: number, scopeEnd: number): void {
    for (let at = row; at < this.definitions.end; at += definitionWidth) this.closeScope(at, scopeEnd);
  }

  /** The number in the pool of a string of the table. */
  numberOf(index: number): number {
    return Math.max(none, this.#table[index] ?? none);
  }

  /** Says where the text of a definition ends. */
  closeScope(row: number, scopeEnd: number): void {
    this.definitions.cells[row + definitionColumn.scopeEnd] = scopeEnd;
  }

  /** Adds a tag without the place of its name. */
  tag(type: number, document: number, element: number, raw: number, start: number, end: number, flags: number): void {
    const row = this.tags.add();
    const { cells } = this.tags;
    cells[row + tagColumn.type] = this.local(type);
    cells[row + tagColumn.document] = this.local(document);
    cells[row + tagColumn.element] = this.local(element);
    cells[row + tagColumn.raw] = this.local(raw);
    cells[row + tagColumn.start] = start;
    cells[row + tagColumn.end] = end;
    cells[row + tagColumn.flags] = flags;
  }

  /** Says where the name of the last tag stands. */
  nameTag(start: number, end: number): void {
    const row = this.tags.end - tagWidth;
    const { cells } = this.tags;
    cells[row + tagColumn.nameStart] = start;
    cells[row + tagColumn.nameEnd] = end;
  }

  /** Adds a flag to the last tag. */
  flagTag(flag: number): void {
    const cell = this.tags.end - tagWidth + tagColumn.flags;
    const { cells } = this.tags;
    cells[cell] = (cells[cell] as number) | flag;
  }

  /** Adds what was meant as a tag, at a place of the text that begins at `offset`. */
  unread({ start, end, ...unread }: UnreadTag & Span, offset: number): void {
    const message = "what looks like a tag is not read";
    this.faults.push({ kind: "tag", message, start: offset + start, end: offset + end, unread });
  }

  /** Adds a mention. */
  mention(kind: number, document: number, element: number, target: number, start: number, end: number): void {
    const at = this.mentions.add();
    const { cells } = this.mentions;
    cells[at + mentionColumn.kind] = kind;
    cells[at + mentionColumn.document] = this.local(document);
    cells[at + mentionColumn.element] = this.local(element);
    cells[at + mentionColumn.target] = this.local(target);
    cells[at + mentionColumn.start] = start;
    cells[at + mentionColumn.end] = end;
  }

  /** The trace of a document of a length; the builder is empty afterwards. */
  finish(subject: TraceSubject, length: number): DocumentTrace {
    const { path, role, template, type, id, part } = subject;
    const strings = this.#strings();
    const ofTags = this.tags.end;
    const ofDefinitions = ofTags + this.definitions.end;
    // Why: a buffer outside the heap costs a microsecond, so a document has one.
    const Cells = Math.max(length, strings.length) > mostShort ? Int32Array : Int16Array;
    const cells = new Cells(ofDefinitions + this.mentions.end);
    this.tags.moveTo(cells, 0);
    this.definitions.moveTo(cells, ofTags);
    this.mentions.moveTo(cells, ofDefinitions);
    const trace: Writable<DocumentTrace> = {
      path,
      role,
      template,
      strings,
      tags: new Cells(cells.buffer, 0, ofTags),
      definitions: new Cells(cells.buffer, ofTags * cells.BYTES_PER_ELEMENT, ofDefinitions - ofTags),
      mentions: new Cells(cells.buffer, ofDefinitions * cells.BYTES_PER_ELEMENT),
      faults: this.faults.length === 0 ? noFaults : this.faults.splice(0),
    };
    if (type !== undefined) trace.type = type;
    if (id !== undefined) trace.id = id;
    if (part !== undefined) trace.part = part;
    if (this.title >= 0) trace.title = strings[this.title] ?? "";
    this.title = none;
    this.#table = [];
    this.#texts = [];
    this.#turn++;
    this.#ordinals.fill(0);
    return trace;
  }

  /** Why: strings cut out of the document would keep all of it alive; joined and split they keep only each other. */
  #strings(): readonly string[] {
    this.pool.detach();
    const copies = this.#texts.length === 0 ? [] : this.#texts.join("\n").split("\n");
    const strings: string[] = [];
    const { strings: known } = this.pool;
    const table = this.#table;
    for (let index = 0; index < table.length; index++) {
      const entry = table[index] as number;
      strings.push((entry < 0 ? copies[-1 - entry] : known[entry]) ?? "");
    }
    return strings;
  }

  #grow(number: number): void {
    const size = Math.max(number + 1, this.#indexes.length * 2);
    const indexes = new Int32Array(size);
    const turns = new Int32Array(size);
    indexes.set(this.#indexes);
    turns.set(this.#turns);
    this.#indexes = indexes;
    this.#turns = turns;
  }
}
