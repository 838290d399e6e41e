import type { Profile } from "#profile/profile";
import { classifyDocument } from "./classify.ts";
import type { Session } from "./session.ts";
import { sourceText } from "./trace-documents.ts";

/**
 * Which file is which after documents were moved or renamed: new path to old path. A document is known by its id (with part and
 * ending), because ids stay for good; where several files of one id went or came, nobody knows which is which.
 */
export function renamedFiles(
  profile: Profile,
  gone: readonly string[],
  come: readonly string[],
): ReadonlyMap<string, string> {
  if (gone.length === 0 || come.length === 0) return new Map();
  const identity = (path: string): string | undefined => fileIdentity(profile, path);
  return new Map(pairs(onlyOnes(gone, identity), onlyOnes(come, identity)));
}

/** What stays of a document's file when it is moved or renamed: id, part and ending; undefined for what has no id in its name. */
export function fileIdentity(profile: Profile, path: string): string | undefined {
  const { artifactId, part } = classifyDocument(profile, path);
  return artifactId && `${artifactId}\0${part ?? ""}\0${path.slice(path.lastIndexOf("."))}`;
}

/** The documents that had other paths at a former revision: new path to old path, by id or by the same text. */
export function renamedSince(now: Session, then: Session): ReadonlyMap<string, string> {
  const gone = pathsNotIn(then, now);
  const come = gone.length === 0 ? [] : pathsNotIn(now, then);
  const byId = renamedFiles(now.profile, gone, come);
  const paired = new Set([...byId].flat());
  const left = come.filter((path) => !paired.has(path));
  const before = left.length === 0 ? [] : gone.filter((path) => !paired.has(path));
  const texts = onlyOnes(before, (path) => sourceText(then, path));
  const byText = onlyOnes(left, (path) => sourceText(now, path));
  return new Map([...byId, ...pairs(texts, byText)]);
}

function pathsNotIn(one: Session, other: Session): readonly string[] {
  const known = new Set(other.documents().map(({ path }) => path));
  return one.documents().flatMap(({ path }) => (known.has(path) ? [] : [path]));
}

function pairs(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly (readonly [string, string])[] {
  return [...after].flatMap(([identity, path]) => {
    const old = before.get(identity);
    return old === undefined ? [] : [[path, old] as const];
  });
}

/** The paths by what they are, without those that are the same as another or have no identity. */
function onlyOnes(
  paths: readonly string[],
  identityOf: (path: string) => string | undefined,
): ReadonlyMap<string, string> {
  const known = new Map<string, string>();
  const several = new Set<string>();
  for (const path of paths) {
    const identity = identityOf(path) ?? "";
    if (identity === "" || known.has(identity)) several.add(identity);
    known.set(identity, path);
  }
  for (const identity of several) known.delete(identity);
  return known;
}
