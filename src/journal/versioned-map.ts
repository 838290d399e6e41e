/** One change, as it is undone: what the key held before. */
interface Undo<T> {
  readonly key: string;
  readonly former: T | undefined;
  readonly had: boolean;
}

/**
 * A map that never changes, whose next version costs what changed and not its size: all versions share one table, which stands at
 * the newest; an older one that is asked again makes a table of its own. Entries stand in the order in which their keys came.
 */
export class VersionedMap<T> implements ReadonlyMap<string, T> {
  #table: Map<string, T> | undefined;
  /** The version that has the table, and how to come back from it. */
  #newer: { readonly version: VersionedMap<T>; readonly undo: Undo<T> } | undefined;

  constructor(entries: Iterable<readonly [string, T]> = []) {
    this.#table = new Map(entries);
  }

  /** This map with one entry set. */
  with(key: string, value: T): VersionedMap<T> {
    const table = this.#own();
    const undo = { key, former: table.get(key), had: table.has(key) };
    return this.#pass(undo, table.set(key, value));
  }

  /** This map without an entry; itself when it has none such. */
  without(key: string): VersionedMap<T> {
    const table = this.#own();
    if (!table.has(key)) return this;
    // Why: an entry that is taken back would come to the end, so here a version has to have a table of its own.
    const rest = new Map(table);
    rest.delete(key);
    return new VersionedMap(rest);
  }

  get size(): number {
    return this.#own().size;
  }

  get [Symbol.toStringTag](): string {
    return "Map";
  }

  get(key: string): T | undefined {
    return this.#own().get(key);
  }

  has(key: string): boolean {
    return this.#own().has(key);
  }

  forEach(visit: (value: T, key: string, map: ReadonlyMap<string, T>) => void): void {
    for (const [key, value] of this) visit(value, key, this);
  }

  /** Why: of a copy, because the table goes on to newer versions while somebody still walks through this one. */
  entries(): MapIterator<[string, T]> {
    return new Map(this.#own()).entries();
  }

  keys(): MapIterator<string> {
    return new Map(this.#own()).keys();
  }

  values(): MapIterator<T> {
    return new Map(this.#own()).values();
  }

  [Symbol.iterator](): MapIterator<[string, T]> {
    return this.entries();
  }

  #pass(undo: Undo<T>, table: Map<string, T>): VersionedMap<T> {
    const next = new VersionedMap<T>();
    next.#table = table;
    this.#table = undefined;
    this.#newer = { version: next, undo };
    return next;
  }

  /** The table of this version; made anew when a newer one has it. */
  #own(): Map<string, T> {
    if (this.#table !== undefined) return this.#table;
    const undone: Undo<T>[] = [];
    let newer = this.#newer;
    let newest: Map<string, T> | undefined;
    while (newest === undefined && newer !== undefined) {
      undone.push(newer.undo);
      newest = newer.version.#table;
      newer = newer.version.#newer;
    }
    const table = new Map(newest);
    for (const { key, former, had } of undone.reverse()) {
      if (had) table.set(key, former as T);
      else table.delete(key);
    }
    this.#table = table;
    this.#newer = undefined;
    return table;
  }
}

/** A map as one that can have versions. */
export function versioned<T>(map: ReadonlyMap<string, T>): VersionedMap<T> {
  return map instanceof VersionedMap ? (map as VersionedMap<T>) : new VersionedMap(map);
}
