import { createGraph, type TraceGraph } from "#graph/graph";
import type { Served } from "#guide/served";
import type { Tag } from "#model/plan";
import type { Source } from "#model/source";
import type { Session } from "./session.ts";
import { readTraces } from "./trace-documents.ts";
import type { WorkspaceDocument } from "./workspace.ts";

/** Texts of documents above the plan, each under its id and place. */
export interface ServedTexts {
  readonly requirements: readonly string[];
  readonly decisions: readonly string[];
}

/** Most texts of requirements and scenarios; the nearest come first. */
const mostTexts = 24;

/** Most documents that are read for one packet. */
const mostDocuments = 16;

/** Most characters and lines of one text. */
const mostCharacters = 1200;
const mostLines = 24;

/** Texts of what a unit serves: of the documents that its plan's tags name, and no others, only those that are needed are read. */
export async function servedTexts(session: Session, served: Served): Promise<ServedTexts> {
  const reading = new Reading(session);
  const isDecision = ({ type }: Tag): boolean => type === "adr";
  const tasks = served.tags.filter(({ type, element }) => type === "tasks" && element !== undefined);
  const own = served.elements.flatMap((name) => tasks.filter(({ element }) => sameName(element, name)));
  await reading.add(own.map(({ document = "" }) => document));
  const traced = own.flatMap((tag) => reading.ownTargets(idOf(tag)));
  const told = served.scenarios.map(({ document }) => document);
  const near = [...own.map(idOf), ...served.mentioned, ...traced];
  await reading.add([...near.map(documentOf), ...told]);
  const scenarios = served.scenarios.flatMap(({ document, title }) => reading.scenario(document, title) ?? []);
  const wanted = [...near, ...scenarios];
  const rest = served.tags.filter((tag) => !isDecision(tag) && tag.element !== undefined && tag.type !== "tasks");
  // Why: where nothing tells which of the plan's tags the unit serves, it may serve any of them.
  if (wanted.length < 3) wanted.push(...rest.map(idOf));
  const adr = served.tags.filter(isDecision).map(idOf);
  await reading.add([...wanted.slice(0, mostTexts), ...adr].map(documentOf));
  const ids = [...new Set(wanted)].filter((id) => !adr.includes(documentOf(id)));
  return {
    requirements: reading.texts(ids.slice(0, mostTexts)),
    decisions: reading.decisions([...new Set([...adr, ...near.filter((id) => id.startsWith("ADR-"))])]),
  };
}

/** Some documents of the workspace, read as far as they are asked for. */
class Reading {
  readonly #session: Session;
  readonly #graph: TraceGraph;
  readonly #known = new Map<string, readonly WorkspaceDocument[]>();
  readonly #read = new Set<string>();

  constructor(session: Session) {
    this.#session = session;
    this.#graph = createGraph(session.profile);
    for (const document of session.documents()) {
      const { artifactId: id, template } = document;
      if (id === undefined || template) continue;
      this.#known.set(id, [...(this.#known.get(id) ?? []), document]);
    }
  }

  async add(ids: readonly string[]): Promise<void> {
    const wanted = [...new Set(ids)].filter((id) => !this.#read.has(id)).slice(0, mostDocuments - this.#read.size);
    for (const id of wanted) this.#read.add(id);
    const documents = wanted.flatMap((id) => this.#known.get(id) ?? []);
    for (const trace of await readTraces(this.#session, documents)) this.#graph.set(trace);
  }

  /** Ids that an element's own tags name; those of its document as a whole tell nothing of it. */
  ownTargets(id: string): readonly string[] {
    const node = this.#graph.find(id);
    if (node === undefined) return [];
    const [extent] = this.#graph.extentsOf(node);
    return this.#graph
      .linksFrom(node)
      .filter(({ path, start }) => path === extent?.path && start >= extent.start && start < extent.end)
      .map(({ to }) => to);
  }

  /** The element of a scenario by its title. */
  scenario(document: string, title: string): string | undefined {
    const node = this.#graph.find(document);
    if (node === undefined) return undefined;
    const wanted = title.trim().toLowerCase();
    const elements = this.#graph.holdersOf(node).flatMap((path) => this.#graph.elementsOf(path));
    const found = elements.find((each) => this.#graph.view(each)?.title?.trim().toLowerCase() === wanted);
    return found === undefined ? undefined : this.#graph.idOf(found);
  }

  texts(ids: readonly string[]): readonly string[] {
    const seen = new Set<number>();
    return ids.flatMap((id) => {
      const node = this.#graph.find(id);
      if (node === undefined || seen.has(node)) return [];
      seen.add(node);
      return this.#textOf(node, id) ?? [];
    });
  }

  /** The decision sections of decisions; of one without such a section its title. */
  decisions(ids: readonly string[]): readonly string[] {
    return ids.flatMap((id) => {
      const node = this.#graph.find(id);
      const place = node === undefined ? undefined : this.#graph.extentsOf(node)[0];
      const source = place === undefined ? undefined : this.#session.source(place.path);
      if (node === undefined || source === undefined) return [];
      const section = decisionSection(source.text);
      if (section === undefined) return this.#textOf(node, id) ?? [];
      const text = clipped(source.text.slice(section.start, section.end));
      return [`${headOf(id, source, section.start)}\n${text}`];
    });
  }

  #textOf(node: number, id: string): string | undefined {
    const view = this.#graph.view(node);
    const place = this.#graph.extentsOf(node)[0];
    const source = place === undefined ? undefined : this.#session.source(place.path);
    if (view === undefined || place === undefined || source === undefined) return undefined;
    if (view.element === undefined) return `${headOf(id, source, 0)}\n${view.title ?? ""}`.trimEnd();
    const shown = view.id === id ? id : `${id} = ${view.id}`;
    // Why: an element begins at its name; the mark of its list or heading before it belongs to its text.
    const start = source.text.lastIndexOf("\n", place.start - 1) + 1;
    return `${headOf(shown, source, start)}\n${clipped(source.text.slice(start, place.end))}`;
  }
}

function headOf(id: string, source: Source, start: number): string {
  return `${id} (${source.path}:${source.position(start).line})`;
}

/** Where the section that says what was decided stands. Its heading ends in the word; sections below it belong to it. */
function decisionSection(text: string): { readonly start: number; readonly end: number } | undefined {
  const headings = [...text.matchAll(/^(#{1,6})[ \t]+([^\n]{0,200})$/gmu)];
  const at = headings.findIndex(([, , title = ""]) => /\bdecision\s*$/iu.test(title));
  const found = headings[at];
  if (found === undefined) return undefined;
  const level = found[1]?.length ?? 1;
  const after = headings.slice(at + 1).find(([, marks = ""]) => marks.length <= level);
  return { start: found.index, end: after?.index ?? text.length };
}

/** The beginning of a text in whole lines, without the blank lines in it. */
function clipped(text: string): string {
  const lines = text.slice(0, mostCharacters).split(/\r?\n/u);
  const whole = text.length > mostCharacters && lines.length > 1 ? lines.slice(0, -1) : lines;
  const told = whole.filter((line) => line.trim() !== "").slice(0, mostLines);
  const isCut = text.length > mostCharacters || whole.filter((line) => line.trim() !== "").length > told.length;
  return `${told.join("\n")}${isCut ? "\n…" : ""}`;
}

function idOf({ document = "", element }: Tag): string {
  return element === undefined ? document : `${document}:${element}`;
}

function documentOf(id: string): string {
  return id.split(":")[0] ?? id;
}

function sameName(one: string | undefined, other: string): boolean {
  return one?.toUpperCase() === other.toUpperCase();
}
