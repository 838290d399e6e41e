import type { LayerProfile, Profile } from "#profile/profile";

/** A document that is there already. */
export interface PlacedDocument {
  /** Workspace-relative. */
  readonly path: string;
  readonly type: string;
}

/** What names the files of a new document. */
export interface FileNaming {
  readonly id: string;
  readonly slug: string;
  /** Local time of writing: `2026-03-01 14:05:09 CET`. */
  readonly now: string;
}

/**
 * The directory of a new document: where most documents of its type lie, else beside the directories of other types and named as they
 * are, else below `docs`. Empty for the root.
 */
export function directoryFor(
  profile: Profile,
  layer: LayerProfile,
  documents: readonly PlacedDocument[],
  docs: string,
): string {
  const own = documents.filter(({ type }) => type === layer.type).map(({ path }) => folderOf(path));
  if (own.length > 0) return mostOften(own);
  const name = layer.directories[0] ?? layer.type;
  const shelves = documents.flatMap(({ path, type }) => shelfOf(profile, path, type));
  const numbered = shelves.filter((shelf) => shelf.numbered).length * 2 > shelves.length;
  const base = shelves.length === 0 ? (docs === "." ? "" : docs) : mostOften(shelves.map((shelf) => shelf.base));
  return joined(base, numbered ? `${String(layer.layer).padStart(2, "0")}_${name}` : name);
}

/**
 * The path of a file of a new document, named by the profile's pattern for the ending. A time stands in the name where the pattern asks
 * for one, unless the documents of the type have none.
 */
export function pathFor(
  layer: LayerProfile,
  documents: readonly PlacedDocument[],
  directory: string,
  ending: string,
  { id, slug, now }: FileNaming,
): string {
  const own = documents.filter(({ type }) => type === layer.type);
  const asksForTime = layer.files.some((pattern) => pattern.includes("{date}"));
  const isTimed = asksForTime && (own.length === 0 || own.some(({ path }) => /_\d{8}_\d{6}\.[a-z]+$/u.test(path)));
  const [date = "", time = ""] = now.replace(/[^\d ]/g, "").split(" ");
  return joined(directory, `${id}_${slug}${isTimed ? `_${date}_${time}` : ""}${ending}`);
}

/** Where the directory of a document's type stands, and whether a number stands before its name. */
function shelfOf(
  profile: Profile,
  path: string,
  type: string,
): readonly { readonly base: string; readonly numbered: boolean }[] {
  const names = profile.layers.find((layer) => layer.type === type)?.directories ?? [];
  const parts = path.split("/").slice(0, -1);
  const at = parts.findIndex((part) => names.includes(part.replace(/^\d{1,3}_/u, "")));
  return at < 0 ? [] : [{ base: parts.slice(0, at).join("/"), numbered: /^\d/u.test(parts[at] ?? "") }];
}

/** The most frequent of some words; of equally frequent ones the first. */
function mostOften(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].reduce((best, one) => (one[1] > best[1] ? one : best), ["", 0] as const)[0];
}

function folderOf(path: string): string {
  return path.split("/").slice(0, -1).join("/");
}

function joined(directory: string, name: string): string {
  return directory === "" || directory === "." ? name : `${directory}/${name}`;
}
