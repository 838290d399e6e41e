import {
  type DefinitionKind,
  type DocumentTrace,
  type TraceRole,
  definitionColumn,
  definitionKind,
  definitionWidth,
  tagColumn,
  tagFlag,
  tagWidth,
} from "#model/trace";

/** Makes a `DocumentTrace` as a reader would: every piece stands ten offsets behind the last one. */
export class TraceBuilder {
  #path: string;
  readonly #type: string | undefined;
  readonly #id: string | undefined;
  #role: TraceRole;
  #part: number | undefined;
  #template = false;
  #title: string | undefined;
  readonly #strings: string[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #tags: number[] = [];
  readonly #definitions: number[] = [];
  readonly #ordinals = new Map<DefinitionKind, number>();
  /** Offset of the definition row that takes the tags which follow; -1 for the document. */
  #open = -1;
  #at = 10;

  constructor(path: string, role: TraceRole, type?: string, id?: string) {
    this.#path = path;
    this.#role = role;
    this.#type = type;
    this.#id = id;
  }

  /** Moves the document to another path. */
  path(path: string): this {
    this.#path = path;
    return this;
  }

  part(part: number): this {
    this.#part = part;
    return this;
  }

  template(): this {
    this.#template = true;
    return this;
  }

  title(title: string): this {
    this.#title = title;
    return this;
  }

  /** Leaves room, as text that was put in would. */
  gap(size: number): this {
    this.#at += size;
    return this;
  }

  /** `tag("sys: SYS-012:PERF-001, FUNC-002")`; `null` says that there is none. */
  tag(line: string, flags: number = tagFlag.live): this {
    const colon = line.indexOf(":");
    const type = line.slice(0, colon).trim();
    let last = "";
    for (const value of line.slice(colon + 1).split(",")) last = this.#value(type, value.trim(), last, flags);
    return this;
  }

  tags(...lines: readonly string[]): this {
    for (const line of lines) this.tag(line);
    return this;
  }

  /** An element with an id of its own; tags that follow are its own, up to `end()` or the next element. */
  element(name: string, kind: DefinitionKind = definitionKind.heading, title = ""): this {
    this.end();
    this.#define(name, kind, title);
    return this;
  }

  /** A scenario with the tags above it that name it. */
  scenario(title: string, ...names: readonly string[]): this {
    this.end();
    const ordinal = (this.#ordinals.get(definitionKind.scenario) ?? 0) + 1;
    for (const name of names) this.#row(name, definitionKind.scenarioTag, "", ordinal);
    this.#define(
      `scenario-${
        title
          .toLowerCase()
          .match(/[a-z0-9]+/g)
          ?.join("-") ?? ""
      }`,
      definitionKind.scenario,
      title,
    );
    return this;
  }

  end(): this {
    this.#open = -1;
    return this;
  }

  build(): DocumentTrace {
    return {
      path: this.#path,
      role: this.#role,
      ...(this.#type === undefined ? {} : { type: this.#type }),
      ...(this.#id === undefined ? {} : { id: this.#id }),
      ...(this.#part === undefined ? {} : { part: this.#part }),
      ...(this.#title === undefined ? {} : { title: this.#title }),
      template: this.#template,
      strings: this.#strings,
      tags: Int32Array.from(this.#tags),
      definitions: Int32Array.from(this.#definitions),
      mentions: new Int32Array(0),
      faults: [],
    };
  }

  #define(name: string, kind: DefinitionKind, title: string): void {
    const ordinal = (this.#ordinals.get(kind) ?? 0) + 1;
    this.#ordinals.set(kind, ordinal);
    this.#open = this.#row(name, kind, title, ordinal);
  }

  #row(name: string, kind: DefinitionKind, title: string, ordinal: number): number {
    const row = Array.from({ length: definitionWidth }, () => 0);
    const [start, end] = this.#place();
    row[definitionColumn.element] = this.#string(name);
    row[definitionColumn.kind] = kind;
    row[definitionColumn.start] = start;
    row[definitionColumn.end] = end;
    row[definitionColumn.scopeStart] = start;
    row[definitionColumn.scopeEnd] = end;
    row[definitionColumn.title] = title === "" ? -1 : this.#string(title);
    row[definitionColumn.ordinal] = ordinal;
    return this.#definitions.push(...row) - definitionWidth;
  }

  #value(type: string, value: string, last: string, flags: number): string {
    const none = value === "null";
    const colon = type === "code" ? -1 : value.indexOf(":");
    const isDocument = colon >= 0 || type === "code" || /^[A-Z]+-\d+(-\d+)?$/.test(value);
    const continued = !none && last !== "" && (!isDocument || (colon < 0 && last.includes(":")));
    const document = none ? "" : continued ? (last.split(":")[0] ?? "") : colon < 0 ? value : value.slice(0, colon);
    const element = none ? "" : continued ? value : colon < 0 ? "" : value.slice(colon + 1);
    const [start, end] = this.#place();
    const row = Array.from({ length: tagWidth }, () => 0);
    row[tagColumn.type] = this.#string(type);
    row[tagColumn.document] = document === "" ? -1 : this.#string(document);
    row[tagColumn.element] = element === "" ? -1 : this.#string(element);
    row[tagColumn.raw] = this.#string(value);
    row[tagColumn.start] = start;
    row[tagColumn.end] = end;
    row[tagColumn.flags] = flags | (none ? tagFlag.none : 0) | (continued ? tagFlag.continued : 0);
    this.#tags.push(...row);
    if (this.#open >= 0) this.#definitions[this.#open + definitionColumn.scopeEnd] = end + 1;
    return element === "" ? document : `${document}:${element}`;
  }

  #place(): readonly [number, number] {
    this.#at += 10;
    return [this.#at - 10, this.#at - 2];
  }

  #string(text: string): number {
    let number = this.#numbers.get(text);
    if (number === undefined) {
      number = this.#strings.push(text) - 1;
      this.#numbers.set(text, number);
    }
    return number;
  }
}

/** A document with an id, at the path its type has: `artifact("REQ-003")`. */
export function artifact(id: string, slug = "x"): TraceBuilder {
  const type = id.slice(0, id.indexOf("-"));
  const ending = type === "BDD" ? "feature" : type === "SPEC" ? "yaml" : "md";
  return new TraceBuilder(`docs/${type}/${id}_${slug}.${ending}`, "artifact", type, id);
}

/** A source file, known by its path. */
export function source(path: string): TraceBuilder {
  return new TraceBuilder(path, "source", "CODE", path);
}

/** A test file, known by its path. */
export function test(path: string): TraceBuilder {
  return new TraceBuilder(path, "test", "TESTS", path);
}

/** A page that is no artifact. */
export function page(path: string): TraceBuilder {
  return new TraceBuilder(path, "other");
}
