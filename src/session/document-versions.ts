import type { GitChange } from "#model/ports";
import type { Profile } from "#profile/profile";
import { fileIdentity, renamedFiles } from "./renamed-files.ts";

/** One state of a file: what a commit made of it, or what lies there now and is not committed. */
export interface Version {
  /** Ordinal of the commit; infinite for what is not committed. */
  readonly order: number;
  readonly change?: GitChange;
}

/** What happened to the documents. */
export interface DocumentHistory {
  readonly profile: Profile;
  /** The oldest first. */
  readonly changes: readonly GitChange[];
  /** Paths that differ from the last commit. */
  readonly changed: readonly string[];
  /** Paths of the documents there are now. */
  readonly documents: ReadonlySet<string>;
}

/**
 * The versions of each document there is now, the oldest first; those it had under former names of its file come before. A move may take
 * several commits, in which the file lies at both places, or at none.
 */
export function documentVersions({ profile, changes, changed, documents }: DocumentHistory): Map<string, Version[]> {
  const past = new Past(profile);
  for (const commit of commitsOf(changes)) {
    past.enter(
      commit.map((change) => ({ path: change.path, isThere: change.blob !== undefined, version: committed(change) })),
    );
  }
  past.enter(changed.map((path) => ({ path, isThere: documents.has(path), version: notCommitted() })));
  for (const path of past.known.keys()) if (!documents.has(path)) past.known.delete(path);
  return past.known;
}

/** Files as one commit after the other leaves them. */
class Past {
  readonly known = new Map<string, Version[]>();
  readonly #profile: Profile;
  readonly #alive = new Map<string, string | undefined>();
  /** Paths of files that are there, by what they are. */
  readonly #living = new Map<string, Set<string>>();
  /** Path of the file that went last, by what it was; undefined where several went at once. */
  readonly #buried = new Map<string, { readonly at: number; readonly path: string | undefined }>();
  #entered = 0;

  constructor(profile: Profile) {
    this.#profile = profile;
  }

  enter(states: readonly State[]): void {
    this.#entered++;
    const gone = states.filter(({ isThere, path }) => !isThere && this.#alive.has(path)).map(({ path }) => path);
    const come = states.filter(({ isThere, path }) => isThere && !this.#alive.has(path)).map(({ path }) => path);
    const renamed = renamedFiles(this.#profile, gone, come);
    const former = new Map(come.map((path) => [path, renamed.get(path) ?? this.#formerOf(path)]));
    for (const [path, old] of former) if (old !== undefined) this.known.set(path, [...(this.known.get(old) ?? [])]);
    for (const path of gone) this.#bury(path);
    for (const path of come) this.#bear(path);
    for (const { isThere, path, version } of states) if (isThere) this.#add(path, version);
  }

  /** Where a file that came alone was before: at the one place where it still is, else where it was when it went. */
  #formerOf(path: string): string | undefined {
    const identity = fileIdentity(this.#profile, path);
    if (identity === undefined) return undefined;
    const [living, ...others] = this.#living.get(identity) ?? [];
    if (living !== undefined) return others.length === 0 ? living : undefined;
    return this.#buried.get(identity)?.path;
  }

  #bear(path: string): void {
    const identity = fileIdentity(this.#profile, path);
    this.#alive.set(path, identity);
    if (identity === undefined) return;
    const living = this.#living.get(identity);
    if (living === undefined) this.#living.set(identity, new Set([path]));
    else living.add(path);
  }

  #bury(path: string): void {
    const identity = this.#alive.get(path);
    this.#alive.delete(path);
    if (identity === undefined) return;
    this.#living.get(identity)?.delete(path);
    const isSecond = this.#buried.get(identity)?.at === this.#entered;
    this.#buried.set(identity, { at: this.#entered, path: isSecond ? undefined : path });
  }

  #add(path: string, version: Version): void {
    const versions = this.known.get(path);
    if (versions === undefined) this.known.set(path, [version]);
    else versions.push(version);
  }
}

interface State {
  readonly path: string;
  readonly isThere: boolean;
  readonly version: Version;
}

/** Why: versions are told apart by identity, and each file has its own. */
function notCommitted(): Version {
  return { order: Number.POSITIVE_INFINITY };
}

function committed(change: GitChange): Version {
  return { order: change.order, change };
}

function* commitsOf(changes: readonly GitChange[]): Generator<readonly GitChange[]> {
  let from = 0;
  for (let at = 1; at <= changes.length; at++) {
    if (changes[at]?.order === changes[from]?.order) continue;
    yield changes.slice(from, at);
    from = at;
  }
}
