import {
  type DocumentTrace,
  definitionColumn,
  definitionKind,
  definitionWidth,
  tagColumn,
  tagFlag,
  tagWidth,
} from "#model/trace";
import type { Corpus, CorpusDocument } from "./trace-corpus.ts";

/** The corpus as readers give it, so that the graph can be measured alone. Equal strings are one string, as readers pool them. */
export function corpusTraces(corpus: Corpus): readonly DocumentTrace[] {
  const pool = new Map<string, string>();
  return corpus.documents.map((document) => traceOf(document, pool));
}

function traceOf(document: CorpusDocument, pool: Map<string, string>): DocumentTrace {
  const rows = new Rows(pool);
  for (const artifact of document.artifacts) {
    const begun = rows.place;
    rows.place += 40;
    for (const [tag, values] of artifact.tags) for (const value of values) rows.tag(tag, value);
    if (artifact.name !== "") rows.definition(document.type, artifact.name, artifact.title, begun);
  }
  const role = document.type === "CODE" ? "source" : document.type === "TESTS" ? "test" : "artifact";
  return {
    path: document.path,
    role,
    type: document.type,
    id: document.id,
    title: document.title,
    template: false,
    strings: rows.strings,
    tags: Int32Array.from(rows.tags),
    definitions: Int32Array.from(rows.definitions),
    mentions: new Int32Array(0),
    faults: [],
  };
}

const kinds: Readonly<Record<string, number>> = {
  BDD: definitionKind.scenario,
  SPEC: definitionKind.yamlId,
  TASKS: definitionKind.label,
};

class Rows {
  readonly strings: string[] = [];
  readonly tags: number[] = [];
  readonly definitions: number[] = [];
  place = 10;
  readonly #pool: Map<string, string>;
  readonly #numbers = new Map<string, number>();
  #ordinal = 0;

  constructor(pool: Map<string, string>) {
    this.#pool = pool;
  }

  tag(tag: string, value: string): void {
    const colon = tag === "code" ? -1 : value.indexOf(":");
    const at = this.tags.length;
    this.place += tag.length + value.length + 4;
    for (let column = 0; column < tagWidth; column++) this.tags.push(0);
    this.tags[at + tagColumn.type] = this.#string(tag);
    this.tags[at + tagColumn.document] = this.#string(colon < 0 ? value : value.slice(0, colon));
    this.tags[at + tagColumn.element] = colon < 0 ? -1 : this.#string(value.slice(colon + 1));
    this.tags[at + tagColumn.raw] = -1;
    this.tags[at + tagColumn.start] = this.place - value.length;
    this.tags[at + tagColumn.end] = this.place;
    this.tags[at + tagColumn.flags] = tagFlag.live;
  }

  definition(type: string, name: string, title: string, begun: number): void {
    const at = this.definitions.length;
    for (let column = 0; column < definitionWidth; column++) this.definitions.push(0);
    const kind = kinds[type] ?? definitionKind.heading;
    this.#ordinal++;
    const element = type === "BDD" ? `scenario-${title.toLowerCase().replaceAll(" ", "-")}` : name;
    this.definitions[at + definitionColumn.element] = this.#string(element);
    this.definitions[at + definitionColumn.kind] = kind;
    this.definitions[at + definitionColumn.start] = begun;
    this.definitions[at + definitionColumn.end] = begun + name.length;
    this.definitions[at + definitionColumn.scopeStart] = begun;
    this.definitions[at + definitionColumn.scopeEnd] = this.place + 1;
    this.definitions[at + definitionColumn.title] = this.strings.push(title) - 1;
    this.definitions[at + definitionColumn.ordinal] = this.#ordinal;
  }

  #string(text: string): number {
    let number = this.#numbers.get(text);
    if (number === undefined) {
      let shared = this.#pool.get(text);
      if (shared === undefined) this.#pool.set(text, (shared = text));
      number = this.strings.push(shared) - 1;
      this.#numbers.set(text, number);
    }
    return number;
  }
}
