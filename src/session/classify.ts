import { isReserved, parseDocumentId } from "#profile/dialect";
import type { Profile } from "#profile/profile";

/** What a document is by its name. */
export interface NamedDocument {
  /** Type word; absent for a file that is no document of the profile. */
  readonly type?: string;
  /** Absent when the name holds no right id, and for reserved numbers and placeholders. */
  readonly artifactId?: string;
  /** Number of the part when the document was split. */
  readonly part?: number;
  /** True for indexes, matrices, glossaries and templates, by number or name. */
  readonly template: boolean;
}

/**
 * Tells what a file is by its name and directory. A name that was meant to be an id but is none (`iplan-1-x.md`, `IPLAN-NNN_x.md`) still has
 * a type, so that it is not passed over in silence.
 */
export function classifyDocument(profile: Profile, path: string): NamedDocument {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const dot = name.lastIndexOf(".");
  const stem = dot < 0 ? name : name.slice(0, dot);
  const named = profile.templates.nameParts.some((part) => name.includes(part));
  const id = parseDocumentId(profile, leadOf(stem));
  const type = id?.type ?? meantType(profile, path, stem, named);
  if (type === undefined || !hasExtension(profile, type, dot < 0 ? "" : name.slice(dot))) return { template: named };
  if (id === undefined) return { type, template: named || isPlaceholder(profile, stem.slice(type.length)) };
  if (named || isReserved(profile, id)) return { type, template: true };
  const part = partOf(stem);
  return { type, artifactId: id.id, template: false, ...(part === undefined ? {} : { part }) };
}

/** The part of a name before its slug. */
function leadOf(stem: string): string {
  const end = stem.indexOf("_");
  return end < 0 ? stem : stem.slice(0, end);
}

/**
 * The type that a name begins with when a number or placeholder follows; templates carry their type alone. In small letters it counts
 * only inside a directory of the type: `prd-19-changes.md` elsewhere is a note.
 */
function meantType(profile: Profile, path: string, stem: string, named: boolean): string | undefined {
  const upper = stem.toUpperCase();
  const layer = profile.layers.find(({ type, files, directories }) => {
    if (files.length === 0 || !upper.startsWith(type)) return false;
    if (!stem.startsWith(type) && !isBelow(path, directories)) return false;
    const rest = stem.slice(type.length);
    return /^[-_. ]?\d/u.test(rest) || (named && rest.startsWith("-")) || isPlaceholder(profile, rest);
  });
  return layer?.type;
}

/** True when a directory of the path has one of the names, with or without a number before it (`12_IPLAN`). */
function isBelow(path: string, directories: readonly string[]): boolean {
  return path
    .split("/")
    .slice(0, -1)
    .some((part) => isTypeFolder(part, directories));
}

/** True for the name of a folder of a type, with or without a number before it (`12_IPLAN`). */
export function isTypeFolder(name: string, directories: readonly string[]): boolean {
  return directories.includes(name.replace(/^\d{1,3}_/u, ""));
}

/** True for `-NNN_slug`: a separator, then a word that stands for a number. */
function isPlaceholder(profile: Profile, rest: string): boolean {
  if (!/^[-_]/u.test(rest)) return false;
  const word = /^[A-Za-z]*/u.exec(rest.slice(1))?.[0] ?? "";
  return profile.ids.placeholders.includes(word);
}

function hasExtension(profile: Profile, type: string, extension: string): boolean {
  return profile.layers.some((layer) => layer.type === type && layer.extensions.includes(extension.toLowerCase()));
}

function partOf(stem: string): number | undefined {
  const match = /_part(\d{1,3})(?:_|$)/u.exec(stem);
  return match === null ? undefined : Number(match[1]);
}
