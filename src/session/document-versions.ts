import type { GitChange } from "#model/ports";
import type { Profile } from "#profile/profile";
import { renamedFiles } from "./renamed-files.ts";

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

/** The versions of each document there is now, the oldest first; those it had under former names of its file come before. */
export function documentVersions({ profile, changes, changed, documents }: DocumentHistory): Map<string, Version[]> {
  const known = new Map<string, Version[]>();
  const alive = new Set<string>();
  const enter = (states: readonly State[]): void => {
    const gone = states.filter(({ isThere, path }) => !isThere && alive.has(path)).map(({ path }) => path);
    const come = states.filter(({ isThere, path }) => isThere && !alive.has(path)).map(({ path }) => path);
    for (const [path, old] of renamedFiles(profile, gone, come)) known.set(path, [...(known.get(old) ?? [])]);
    for (const path of gone) alive.delete(path);
    for (const { isThere, path, version } of states) if (isThere) add(known, alive, path, version);
  };
  for (const commit of commitsOf(changes)) {
    enter(
      commit.map((change) => ({ path: change.path, isThere: change.blob !== undefined, version: committed(change) })),
    );
  }
  enter(changed.map((path) => ({ path, isThere: documents.has(path), version: notCommitted() })));
  for (const path of known.keys()) if (!documents.has(path)) known.delete(path);
  return known;
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

function add(known: Map<string, Version[]>, alive: Set<string>, path: string, version: Version): void {
  alive.add(path);
  const versions = known.get(path);
  if (versions === undefined) known.set(path, [version]);
  else versions.push(version);
}

function* commitsOf(changes: readonly GitChange[]): Generator<readonly GitChange[]> {
  let from = 0;
  for (let at = 1; at <= changes.length; at++) {
    if (changes[at]?.order === changes[from]?.order) continue;
    yield changes.slice(from, at);
    from = at;
  }
}
