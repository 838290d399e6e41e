import type { ArtifactEntry, DocumentEntry } from "./artifact-entry.ts";

/** What was resolved again by one change, or by several. */
export interface GraphChange {
  /** Documents whose links, mentions or names may be others now. */
  readonly documents: ReadonlySet<DocumentEntry>;
  /** Artifacts whose elements may have other names now. */
  readonly artifacts: ReadonlySet<ArtifactEntry>;
}

/** Why: an index that has to follow more changes is sooner made anew. */
const mostChanges = 64;

/** Remembers which documents each of the last changes touched, so that what is kept of the others need not be made again. */
export class ChangeLog {
  readonly #changes: (GraphChange & { readonly version: number })[] = [];
  /** The version up to which nothing is remembered. */
  #unknown = 0;

  /** Notes a change in which no document came or went. */
  note(version: number, change: GraphChange): void {
    this.#changes.push({ version, ...change });
    if (this.#changes.length > mostChanges) this.#unknown = this.#changes.shift()?.version ?? version;
  }

  /** Notes a change that is everybody's. */
  noteWhole(version: number): void {
    this.#changes.length = 0;
    this.#unknown = version;
  }

  /** What changed after a version; undefined when it is not known or concerns everything. */
  since(version: number): GraphChange | undefined {
    if (version < this.#unknown) return undefined;
    const later = this.#changes.filter((change) => change.version > version);
    const [only] = later;
    if (only !== undefined && later.length === 1) return only;
    return {
      documents: new Set(later.flatMap(({ documents }) => [...documents])),
      artifacts: new Set(later.flatMap(({ artifacts }) => [...artifacts])),
    };
  }
}
