import type { DocumentEntry } from "./artifact-entry.ts";
import type { GraphState } from "./graph-state.ts";
import { mentionsIn } from "./mentions.ts";

const noNodes: ReadonlySet<number> = new Set();

/** Who mentions whom in a section on what lies above: made at the first question, and for changed documents again. */
export class MentionedSources {
  readonly #state: GraphState;
  /** Paths of documents that mention an id, with the node of each. */
  readonly #mentioning = new Map<string, Map<string, number>>();
  /** Ids that a document mentions, by path. */
  readonly #mentioned = new Map<string, ReadonlySet<string>>();
  #version = -1;

  constructor(state: GraphState) {
    this.#state = state;
  }

  /** Nodes of the documents that mention an id. */
  of(id: string): ReadonlySet<number> {
    this.#refresh();
    const mentioning = this.#mentioning.get(id);
    return mentioning === undefined ? noNodes : new Set(mentioning.values());
  }

  #refresh(): void {
    this.#state.settle();
    if (this.#version === this.#state.version) return;
    const change = this.#state.changes.since(this.#version);
    this.#version = this.#state.version;
    if (change === undefined) {
      this.#mentioning.clear();
      this.#mentioned.clear();
    }
    for (const document of change?.documents ?? this.#state.documents()) this.#set(document);
  }

  #set({ trace, artifact }: DocumentEntry): void {
    const { path } = trace;
    for (const id of this.#mentioned.get(path) ?? []) this.#mentioning.get(id)?.delete(path);
    const ids = new Set<string>();
    if (!trace.template && trace.role === "artifact") {
      for (const { document } of mentionsIn(trace, "upstream")) if (document !== artifact.id) ids.add(document);
    }
    if (ids.size > 0) this.#mentioned.set(path, ids);
    else this.#mentioned.delete(path);
    for (const id of ids) {
      const mentioning = this.#mentioning.get(id) ?? new Map<string, number>();
      this.#mentioning.set(id, mentioning.set(path, artifact.node));
    }
  }
}
