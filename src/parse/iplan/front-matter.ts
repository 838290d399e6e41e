import type { Field, FrontMatter, TextAt } from "#model/plan";
import type { Span } from "#model/source";
import type { Passage } from "../passage.ts";
import type { PlanReading } from "./reading.ts";

/** A line of front matter: `key: value`, or a list value under the last key. */
interface Entry {
  /** Keys from the outermost, joined by dots. */
  readonly path: string;
  readonly value: Passage;
  readonly isItem: boolean;
}

const keyForm = /^([A-Za-z_][\w.-]*|"[^"\n]*"|'[^'\n]*')\s*:(?=\s|$)/u;

/** The front matter, read shallowly: nested keys and simple lists. What is malformed is said once and the rest is read. */
export function readFrontMatter(reading: PlanReading): FrontMatter | undefined {
  const block = reading.document.top.find((top) => top.kind === "front-matter");
  if (block === undefined) return undefined;
  const lines = new FrontMatterLines(reading, block);
  const find = (...keys: string[]): Passage | undefined =>
    lines.entries.find(
      ({ path, isItem }) => !isItem && keys.some((key) => path === key || path === `custom_fields.${key}`),
    )?.value;
  return {
    range: reading.range(block),
    ...optional("title", textField(find("title"))),
    tags: lines.entries.filter(({ path, isItem }) => path === "tags" && isItem).map(({ value }) => value.textAt),
    ...optional("documentType", textField(find("document_type"))),
    ...optional("artifactType", textField(find("artifact_type"))),
    ...optional("layer", numberField(find("layer"))),
    ...optional("parentTasks", textField(find("parent_tasks"))),
    ...optional("complexity", numberField(find("complexity"))),
    ...optional("problem", lines.problem),
  };
}

function optional<Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { [K in Key]?: Value });
}

function textField(value: Passage | undefined): Field<string> | undefined {
  if (value === undefined) return undefined;
  const field = { raw: value.raw, range: value.range };
  return value.text === "" || /^(?:null|~)$/u.test(value.text) ? field : { ...field, value: value.text };
}

function numberField(value: Passage | undefined): Field<number> | undefined {
  if (value === undefined) return undefined;
  const field = { raw: value.raw, range: value.range };
  return /^\d+$/u.test(value.text) ? { ...field, value: Number(value.text) } : field;
}

class FrontMatterLines {
  readonly entries: Entry[] = [];
  problem: TextAt | undefined;
  readonly #reading: PlanReading;
  /** Keys still open, with their indentation. */
  #open: { key: string; indent: number }[] = [];
  /** Indentation of a block scalar or flow list that goes on over lines. */
  #text: number | undefined;
  #flow = false;

  constructor(reading: PlanReading, block: Span) {
    this.#reading = reading;
    for (const line of linesOf(reading.source.text, block)) this.#line(line);
  }

  #line(line: Span): void {
    const passage = this.#reading.document.passage(line);
    const indent = passage.text.length - passage.text.trimStart().length;
    const content = passage.trim();
    if (content.text === "" || content.text.startsWith("#")) return;
    if (this.#flow) return this.#flowList(content);
    if (this.#text !== undefined && indent > this.#text) return;
    this.#text = undefined;
    if (passage.text.slice(0, indent).includes("\t")) this.#complain(content, "a tab where YAML wants blanks");
    if (/^-(?:\s|$)/u.test(content.text)) this.#item(content.sub(1).trim(), indent);
    else this.#pair(content, indent);
  }

  #item(content: Passage, indent: number): void {
    while (this.#open.length > 1 && (this.#open.at(-1)?.indent ?? 0) > indent) this.#open.pop();
    if (this.#open.length === 0) this.#complain(content, "a list item without a key");
    else this.entries.push({ path: this.#path(), value: this.#scalar(content), isItem: true });
  }

  #pair(content: Passage, indent: number): void {
    const match = keyForm.exec(content.text);
    if (match === null) {
      this.#complain(content, "neither `key: value` nor a list item");
      return;
    }
    while ((this.#open.at(-1)?.indent ?? -1) >= indent) this.#open.pop();
    this.#open.push({ key: (match[1] ?? "").replace(/^["']|["']$/gu, ""), indent });
    const value = content.sub(match[0].length).trim();
    if (this.entries.some(({ path, isItem }) => !isItem && path === this.#path()))
      this.#complain(content, "a key that was there already");
    if (/^[|>][+-]?\d?$/u.test(value.text)) this.#text = indent;
    if (value.text.startsWith("[")) this.#flowList(value.sub(1));
    else this.entries.push({ path: this.#path(), value: this.#scalar(value), isItem: false });
  }

  /** The values of `[a, b]`, which may go on over lines. */
  #flowList(content: Passage): void {
    const close = content.text.indexOf("]");
    this.#flow = close < 0;
    const inner = content.sub(0, close < 0 ? content.text.length : close);
    for (let start = 0; start <= inner.text.length; ) {
      const found = inner.text.indexOf(",", start);
      const end = found < 0 ? inner.text.length : found;
      const value = inner.sub(start, end).trim();
      if (value.text !== "") this.entries.push({ path: this.#path(), value: this.#scalar(value), isItem: true });
      start = end + 1;
    }
  }

  #scalar(value: Passage): Passage {
    const sign = value.text[0];
    if (sign === '"' || sign === "'") {
      const close = value.text.lastIndexOf(sign);
      if (close === 0) this.#complain(value, "a quote that is not closed");
      return value.sub(1, close === 0 ? value.text.length : close);
    }
    const comment = /(?:^|\s)#/u.exec(value.text);
    return comment === null ? value : value.sub(0, comment.index).trim();
  }

  #path(): string {
    return this.#open.map(({ key }) => key).join(".");
  }

  #complain(place: Passage, text: string): void {
    this.problem ??= { text, range: place.range };
  }
}

function linesOf(text: string, block: Span): Span[] {
  const lines: Span[] = [];
  for (let start = block.start; start <= block.end; ) {
    const found = text.indexOf("\n", start);
    const end = found < 0 || found > block.end ? block.end : found;
    lines.push({ start, end: text[end - 1] === "\r" ? end - 1 : end });
    start = end + 1;
  }
  return lines.slice(1, -1);
}
