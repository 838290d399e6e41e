import type { Artifact } from "#model/artifact";

/** Documents of one id that are neither parts of one split document nor a pair. */
export interface DuplicateId {
  readonly id: string;
  /** All of them, the one that `get` gives first. */
  readonly artifacts: readonly Artifact[];
}

/** Artifacts by id. What is a template is left out. The order in which artifacts came does not matter. */
export interface ArtifactIndex {
  /** Ids in order of type and number. */
  readonly ids: readonly string[];
  readonly duplicates: readonly DuplicateId[];
  has(id: string): boolean;
  /** The artifact; the first part of a split one; of duplicates the one whose path sorts first. */
  get(id: string): Artifact | undefined;
  /** Parts of a split artifact in part order; a whole one alone, or both files of a `.md` and `.yaml` pair; empty for none. */
  parts(id: string): readonly Artifact[];
  /** Everything that holds the id, duplicates included, by path. */
  holders(id: string): readonly Artifact[];
  ofType(type: string): readonly Artifact[];
}

/** Makes the index of a workspace's artifacts. */
export function createIndex(artifacts: Iterable<Artifact>): ArtifactIndex {
  const byId = new Map<string, Artifact[]>();
  for (const artifact of artifacts) {
    if (artifact.template) continue;
    const known = byId.get(artifact.id);
    if (known === undefined) byId.set(artifact.id, [artifact]);
    else known.push(artifact);
  }
  for (const holders of byId.values()) holders.sort((a, b) => compare(a.path, b.path));
  const ids = [...byId.keys()].sort(compareIds);
  const holders = (id: string): readonly Artifact[] => byId.get(id) ?? [];
  const parts = (id: string): readonly Artifact[] => wholeOf(holders(id));
  return {
    ids,
    duplicates: ids.flatMap((id) => duplicateOf(id, holders(id))),
    has: (id) => byId.has(id),
    get: (id) => parts(id)[0],
    parts,
    holders,
    ofType: (type) =>
      ids.flatMap((id) =>
        parts(id)
          .filter((artifact) => artifact.type === type)
          .slice(0, 1),
      ),
  };
}

/** What belongs to the document whose path sorts first: its pair when it is whole, one document of each part number else. */
function wholeOf(holders: readonly Artifact[]): readonly Artifact[] {
  const [first] = holders;
  if (first === undefined) return [];
  if (first.part === undefined) return holders.filter((artifact) => stemOf(artifact.path) === stemOf(first.path));
  const parts = new Map<number, Artifact>();
  for (const artifact of holders) {
    if (artifact.part !== undefined && !parts.has(artifact.part)) parts.set(artifact.part, artifact);
  }
  return [...parts.values()].sort((a, b) => (a.part ?? 0) - (b.part ?? 0));
}

/** Path without its ending: a contract's `.md` and `.yaml` have it in common. */
function stemOf(path: string): string {
  return path.slice(0, path.lastIndexOf("."));
}

function duplicateOf(id: string, holders: readonly Artifact[]): readonly DuplicateId[] {
  const whole = wholeOf(holders);
  if (whole.length === holders.length) return [];
  const rest = holders.filter((artifact) => !whole.includes(artifact));
  return [{ id, artifacts: [...whole, ...rest] }];
}

/** Orders ids by type, then by number, so that `REQ-1000` follows `REQ-999`. */
export function compareIds(a: string, b: string): number {
  const [typeA = "", ...numbersA] = a.split("-");
  const [typeB = "", ...numbersB] = b.split("-");
  if (typeA !== typeB) return compare(typeA, typeB);
  for (let index = 0; index < Math.max(numbersA.length, numbersB.length); index++) {
    const difference = Number(numbersA[index] ?? -1) - Number(numbersB[index] ?? -1);
    if (difference !== 0 && !Number.isNaN(difference)) return difference;
  }
  return compare(a, b);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
