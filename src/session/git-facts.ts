import { createGraph, type TraceGraph } from "#graph/graph";
import { Meanings } from "#graph/meaning";
import { IplanError } from "#model/errors";
import type { GitFacts, LaterChange, LinkEnds } from "#model/link-facts";
import type { GitHistory } from "#model/ports";
import { createSource } from "#model/source";
import { createTraceReader } from "#parse/trace";
import { readYamlInDepth } from "#parse/trace/yaml-depth";
import { changedWords } from "./changed-words.ts";
import { classifyDocument } from "./classify.ts";
import { distrustOf } from "./distrusted.ts";
import { documentVersions, type Version } from "./document-versions.ts";
import type { Session } from "./session.ts";
import { sourceText, subjectOf } from "./trace-documents.ts";

/** What the history says of the links. Throws `usage/revision` where there is none, or only its last part. */
export function gitFactsOf(session: Session, graph: TraceGraph): GitFacts {
  const git = session.host.git(session.root);
  const history = git.history();
  if (history === undefined) {
    const distrust = distrustOf(session.host, session.root);
    if (distrust !== undefined) throw new IplanError("usage/revision", distrust.message, distrust.cure);
    throw new IplanError(
      "usage/revision",
      `${session.root} lies in no git repository with a commit, so nothing tells what changed after what.`,
      "Accept the links instead, and later changes are found without git: iplan check --accept",
    );
  }
  if (history.shallow) {
    throw new IplanError(
      "usage/revision",
      "This is a shallow clone: git does not have the history that tells what changed after what.",
      "Fetch it first: git fetch --unshallow",
    );
  }
  const past = new Past(session, graph, history, git.changes() ?? []);
  return { laterChange: (link) => past.laterChange(link) };
}

/** A version that was read. */
interface ReadVersion {
  readonly text: string;
  readonly meanings: Meanings;
  readonly graph: TraceGraph;
}

/** How many files are asked for in one call of git. */
const filesAtOnce = 200;

/** The versions of the documents, read when they are asked for. */
class Past {
  readonly #session: Session;
  readonly #graph: TraceGraph;
  readonly #history: GitHistory;
  readonly #versions: ReadonlyMap<string, readonly Version[]>;
  readonly #paths: readonly string[];
  readonly #bytes = new Map<string, Uint8Array | undefined>();
  readonly #read = new Map<Version, ReadVersion | undefined>();
  readonly #edited = new Map<string, number>();
  readonly #reader: ReturnType<typeof createTraceReader>;

  constructor(session: Session, graph: TraceGraph, history: GitHistory, changed: readonly string[]) {
    this.#session = session;
    this.#graph = graph;
    this.#history = history;
    this.#reader = createTraceReader(session.profile);
    const documents = new Set(graph.paths().filter((path) => graph.trace(path)?.role === "artifact"));
    this.#versions = documentVersions({ profile: session.profile, changes: history.changes, changed, documents });
    this.#paths = [...this.#versions.keys()].sort();
  }

  laterChange({ from, to, path }: LinkEnds): LaterChange | undefined {
    const first = this.#versions.get(path)?.[0];
    const target = this.#graph.find(to);
    if (first === undefined || target === undefined) return undefined;
    for (const { path: above } of this.#graph.extentsOf(target)) {
      const versions = this.#versions.get(above) ?? [];
      if ((versions.at(-1)?.order ?? -1) <= first.order) continue;
      const found = this.#changeAfter(above, versions, to, this.#lastEdit(from, path));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** The last change of what an element means in a file, when it came after `since` and the element was there before. */
  #changeAfter(path: string, versions: readonly Version[], id: string, since: number): LaterChange | undefined {
    const seen = versions.findLastIndex(({ order }) => order <= since);
    if (seen < 0 || seen === versions.length - 1) return undefined;
    const was = this.#meaning(path, versions[seen], id);
    const is = this.#meaning(path, versions.at(-1), id);
    if (was === undefined || is === undefined || was === is) return undefined;
    let last = versions.length - 1;
    while (last > seen + 1 && this.#meaning(path, versions[last - 1], id) === is) last--;
    const change = versions[last]?.change;
    return { ...(change === undefined ? {} : { commit: change.commit, date: change.date }), ...changedWords(was, is) };
  }

  /** The commit that last touched the text of a node, its tags included. */
  #lastEdit(id: string, path: string): number {
    const key = `${path}\0${id}`;
    const known = this.#edited.get(key);
    if (known !== undefined) return known;
    const versions = this.#versions.get(path) ?? [];
    let last = versions.length - 1;
    if (id.includes(":")) {
      const now = this.#written(path, versions[last], id);
      while (last > 0 && this.#written(path, versions[last - 1], id) === now) last--;
    } else {
      while (last > 0 && this.#isSame(path, versions[last - 1], versions[last])) last--;
    }
    const order = versions[last]?.order ?? Number.POSITIVE_INFINITY;
    this.#edited.set(key, order);
    return order;
  }

  /** True when a file was only renamed. */
  #isSame(path: string, one: Version | undefined, other: Version | undefined): boolean {
    const [before, after] = [one?.change?.blob, other?.change?.blob];
    if (one === undefined || other === undefined || (before !== undefined && after !== undefined))
      return before === after;
    return this.#textOf(path, one) === this.#textOf(path, other);
  }

  #written(path: string, version: Version | undefined, id: string): string | undefined {
    const read = this.#versionOf(path, version);
    const [place] = read === undefined ? [] : placesIn(read.graph, id);
    return place === undefined ? undefined : read?.text.slice(place.start, place.end).replace(/\s+/gu, " ").trim();
  }

  #meaning(path: string, version: Version | undefined, id: string): string | undefined {
    const read = this.#versionOf(path, version);
    const [place] = read === undefined ? [] : placesIn(read.graph, id);
    return read === undefined || place === undefined ? undefined : read.meanings.of(place);
  }

  #versionOf(path: string, version: Version | undefined): ReadVersion | undefined {
    if (version === undefined) return undefined;
    if (this.#read.has(version)) return this.#read.get(version);
    const text = this.#textOf(path, version);
    const read = text === undefined ? undefined : this.#parse(path, text);
    this.#read.set(version, read);
    return read;
  }

  #parse(path: string, text: string): ReadVersion {
    const subject = subjectOf({ path, ...classifyDocument(this.#session.profile, path) });
    const quick = this.#reader.read(subject, text);
    const trace = this.#reader.sure ? quick : this.#reader.readInDepth(subject, text, readYamlInDepth);
    const graph = createGraph(this.#session.profile);
    graph.set(trace);
    return { text, meanings: new Meanings(trace, text), graph };
  }

  #textOf(path: string, { change }: Version): string | undefined {
    if (change?.blob === undefined) return sourceText(this.#session, path);
    if (!this.#bytes.has(change.blob)) this.#fetch(path);
    const bytes = this.#bytes.get(change.blob);
    return bytes === undefined ? undefined : createSource(path, bytes).text;
  }

  /** Why: one call of git for many files costs as much as one for a single file. */
  #fetch(path: string): void {
    const from = this.#paths.indexOf(path);
    const blobs = new Set<string>();
    for (const one of this.#paths.slice(from, from + filesAtOnce)) {
      for (const { change } of this.#versions.get(one) ?? []) {
        if (change?.blob !== undefined && !this.#bytes.has(change.blob)) blobs.add(change.blob);
      }
    }
    const contents = this.#history.read([...blobs]);
    for (const [index, blob] of [...blobs].entries()) this.#bytes.set(blob, contents[index]);
  }
}

function placesIn(graph: TraceGraph, id: string): ReturnType<TraceGraph["extentsOf"]> {
  const node = graph.find(id);
  return node === undefined ? [] : graph.extentsOf(node);
}
