import { keptWith } from "#model/lazily";
import { type DocumentTrace, tagColumn, tagFlag, tagWidth } from "#model/trace";
import type { TraceFacts } from "./facts.ts";

/** One value of a tag as it was written. Its columns are read from the trace when they are asked for. */
export class TagRow {
  readonly row: number;
  readonly #trace: DocumentTrace;

  constructor(trace: DocumentTrace, row: number) {
    this.#trace = trace;
    this.row = row;
  }

  /** Normal tag name. */
  get type(): string {
    return this.#text(tagColumn.type) ?? "";
  }

  /** Id or path of the document it names. */
  get document(): string | undefined {
    return this.#text(tagColumn.document);
  }

  get element(): string | undefined {
    return this.#text(tagColumn.element);
  }

  /** The value as it was written where it is more than the ids it names, or none; else empty. */
  get raw(): string {
    return this.#text(tagColumn.raw) ?? "";
  }

  get start(): number {
    return this.#number(tagColumn.start);
  }

  get end(): number {
    return this.#number(tagColumn.end);
  }

  get nameStart(): number {
    return this.#number(tagColumn.nameStart);
  }

  get nameEnd(): number {
    return this.#number(tagColumn.nameEnd);
  }

  /** Bits of `tagFlag`. */
  get flags(): number {
    return this.#number(tagColumn.flags);
  }

  #number(column: number): number {
    return this.#trace.tags[this.row * tagWidth + column] ?? -1;
  }

  #text(column: number): string | undefined {
    return this.#trace.strings[this.#number(column)];
  }
}

/** Why: all rules on tags ask for the same rows of a document, which are not kept longer than its facts. */
const known = keptWith<TraceFacts, { readonly trace: DocumentTrace; readonly tags: readonly TagRow[] }>();

/** The live tags of a document that have one of these flags, or all. */
export function liveTags(facts: TraceFacts, flags?: number): readonly TagRow[] {
  const trace = facts.graph.trace(facts.path);
  if (trace === undefined) return [];
  let rows = known.of(facts);
  if (rows?.trace !== trace) known.keep(facts, (rows = { trace, tags: readTags(trace) }));
  return flags === undefined ? rows.tags : rows.tags.filter((tag) => (tag.flags & flags) !== 0);
}

/** The tags in fences that count as examples. */
export function exampleTags({ graph, path }: TraceFacts): readonly TagRow[] {
  const trace = graph.trace(path);
  if (trace === undefined) return [];
  const found: TagRow[] = [];
  for (let row = 0; row * tagWidth < trace.tags.length; row++) {
    const bits = trace.tags[row * tagWidth + tagColumn.flags] ?? 0;
    if ((bits & (tagFlag.live | tagFlag.fence)) === tagFlag.fence) found.push(new TagRow(trace, row));
  }
  return found;
}

function readTags(trace: DocumentTrace): readonly TagRow[] {
  const found: TagRow[] = [];
  for (let row = 0; row * tagWidth < trace.tags.length; row++) {
    const bits = trace.tags[row * tagWidth + tagColumn.flags] ?? 0;
    if ((bits & tagFlag.live) !== 0) found.push(new TagRow(trace, row));
  }
  return found;
}
