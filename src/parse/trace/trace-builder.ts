import {
  type DefinitionKind,
  type DocumentTrace,
  type TraceFault,
  type TraceRole,
  definitionColumn,
  definitionKind,
  definitionWidth,
  mentionColumn,
  mentionWidth,
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

/** A tag row about to be written; strings are numbers of the pool. */
export interface TagRow {
  readonly type: number;
  readonly document: number;
  readonly element: number;
  readonly raw: number;
  readonly start: number;
  readonly end: number;
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly flags: number;
}

/** Collects the rows of one document after another. Strings are those of one pool, so that equal ones are the same for all documents. */
export class TraceBuilder {
  readonly pool: StringPool = new StringPool();
  readonly tags: RowTape = new RowTape(tagWidth);
  readonly definitions: RowTape = new RowTape(definitionWidth);
  readonly mentions: RowTape = new RowTape(mentionWidth);
  /** Title of the document, a number of the pool. */
  title: number = none;
  readonly faults: TraceFault[] = [];
  /** Index of a string in the document's table by its number in the pool, right where `#turns` is this turn. */
  #indexes = new Int32Array(1024);
  #turns = new Int32Array(1024);
  #turn = 0;
  #table: number[] = [];
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

  /** Adds a definition and returns where its row begins, so that its scope can be closed. */
  define(kind: DefinitionKind, element: number, start: number, end: number, scopeEnd: number, title: number): number {
    const at = this.definitions.add();
    const { cells } = this.definitions;
    cells[at + definitionColumn.element] = this.local(element);
    cells[at + definitionColumn.kind] = kind;
    cells[at + definitionColumn.start] = start;
    cells[at + definitionColumn.end] = end;
    cells[at + definitionColumn.scopeEnd] = scopeEnd;
    cells[at + definitionColumn.title] = this.local(title);
    this.#ordinals[kind] = (this.#ordinals[kind] as number) + 1;
    cells[at + definitionColumn.ordinal] = this.#ordinals[kind] as number;
    return at;
  }

  /** Says where the text of a definition ends. */
  closeScope(row: number, scopeEnd: number): void {
    this.definitions.cells[row + definitionColumn.scopeEnd] = scopeEnd;
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

  /** Adds a tag's value. */
  tag(row: TagRow): void {
    const at = this.tags.add();
    const { cells } = this.tags;
    cells[at + tagColumn.type] = this.local(row.type);
    cells[at + tagColumn.document] = this.local(row.document);
    cells[at + tagColumn.element] = this.local(row.element);
    cells[at + tagColumn.raw] = this.local(row.raw);
    cells[at + tagColumn.start] = row.start;
    cells[at + tagColumn.end] = row.end;
    cells[at + tagColumn.nameStart] = row.nameStart;
    cells[at + tagColumn.nameEnd] = row.nameEnd;
    cells[at + tagColumn.flags] = row.flags;
  }

  /** The document's trace; the builder is empty afterwards. */
  finish(subject: TraceSubject): DocumentTrace {
    this.pool.detach();
    const { path, role, template, type, id, part } = subject;
    const trace: DocumentTrace = {
      path,
      role,
      ...(type === undefined ? {} : { type }),
      ...(id === undefined ? {} : { id }),
      ...(part === undefined ? {} : { part }),
      ...(this.title < 0 ? {} : { title: this.pool.string(this.title) }),
      template,
      strings: this.#table.map((number) => this.pool.string(number)),
      tags: this.tags.take(),
      definitions: this.definitions.take(),
      mentions: this.mentions.take(),
      faults: this.faults.splice(0),
    };
    this.title = none;
    this.#table = [];
    this.#turn++;
    this.#ordinals.fill(0);
    return trace;
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
