import type { Source } from "#model/source";

/** Bytes of sources that are kept in memory; what is beyond is read again. Holds the documents of 100,000 artifacts, which saves 3 % of their check. */
const mostHeld = 64 * 1024 * 1024;

/**
 * Sources of documents, read once as long as there is room. Why: documents are gone through in one order, more than once; the first
 * ones that are kept are there the next time, while a shelf that is emptied when it is full never has the one that is wanted.
 */
export class SourceShelf {
  readonly #read: (path: string) => Source | undefined;
  readonly #most: number;
  readonly #kept = new Map<string, Source>();
  #held = 0;
  /** Read last, and not kept. */
  #last: Source | undefined;

  constructor(read: (path: string) => Source | undefined, most: number = mostHeld) {
    this.#read = read;
    this.#most = most;
  }

  /** A document's source by its path; undefined when there is none. */
  source(path: string): Source | undefined {
    const known = this.#kept.get(path);
    if (known !== undefined) return known;
    if (this.#last?.path === path) return this.#last;
    const source = this.#read(path);
    if (source === undefined) return undefined;
    if (this.#held + source.size > this.#most) this.#last = source;
    else {
      this.#held += source.size;
      this.#kept.set(path, source);
    }
    return source;
  }

  /** Forgets one source, or all. */
  forget(path?: string): void {
    if (path === undefined || this.#last?.path === path) this.#last = undefined;
    if (path === undefined) {
      this.#kept.clear();
      this.#held = 0;
      return;
    }
    this.#held -= this.#kept.get(path)?.size ?? 0;
    this.#kept.delete(path);
  }
}
