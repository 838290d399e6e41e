import type { Files } from "#model/ports";
import type { Premise, Presence } from "#model/understanding";
import { matchesGlob } from "./probes/count.ts";

/** Most entries that are looked at for one premise. */
const mostEntries = 20_000;

/** What checks should have gone through or searched from this directory, and is not there: one sentence each. */
export function findMissing(files: Files, directory: string, premises: readonly Premise[]): readonly string[] {
  return premises.flatMap((premise) => {
    const from = premise.directory.startsWith("/") ? premise.directory : `${directory}/${premise.directory}`;
    const missing = isThere(files, from.replace(/\/+$/, ""), premise.there) ? undefined : said(premise.there);
    return missing === undefined ? [] : [`${firstLine(premise.check)}: ${missing}`];
  });
}

function firstLine(text: string): string {
  const line = text.trim().split("\n", 1)[0] ?? "";
  return line.length > 100 ? `${line.slice(0, 97)}...` : line;
}

function said(there: Presence): string {
  switch (there.kind) {
    case "path":
      return `${there.path} is not there`;
    case "content":
      return `${there.path} holds nothing`;
    case "match":
      return `nothing matches ${there.pattern}`;
    case "found":
      return there.names.length === 0
        ? `${there.below.join(" ")} holds nothing`
        : `below ${there.below.join(" ")} nothing is named ${there.names.join(" or ")}`;
  }
}

function isThere(files: Files, from: string, there: Presence): boolean {
  switch (there.kind) {
    case "path":
      return files.stat(placeOf(from, there.path)) !== undefined;
    case "content":
      return (files.stat(placeOf(from, there.path))?.size ?? 0) > 0;
    case "match":
      return matches(files, from, there.pattern);
    case "found":
      return there.below.some((root) => isFound(files, placeOf(from, root), there));
  }
}

function placeOf(from: string, path: string): string {
  const own = path.replace(/^(?:\.\/)+/, "").replace(/\/+$/, "");
  if (path.startsWith("/")) return own === "" ? "/" : own;
  return own === "" || own === "." ? from : `${from}/${own}`;
}

/** Looks for a match of a pattern part by part, as bash does; braces and classes are taken to match. */
function matches(files: Files, from: string, pattern: string): boolean {
  if (/[[{]|[?*+@!]\(/.test(pattern)) return true;
  const parts = pattern.split("/").filter((part) => part !== "" && part !== ".");
  let places = [pattern.startsWith("/") ? "" : from];
  for (const [index, part] of parts.entries()) {
    places = places.flatMap((place) => entriesOf(files, place, part, index < parts.length - 1)).slice(0, mostEntries);
  }
  return places.length > 0;
}

function entriesOf(files: Files, place: string, part: string, isFolder: boolean): readonly string[] {
  if (!/[*?]/.test(part)) return files.stat(`${place}/${part}`) === undefined ? [] : [`${place}/${part}`];
  return files
    .list(place === "" ? "/" : place)
    .filter(
      ({ name, kind }) =>
        (part.startsWith(".") || !name.startsWith(".")) && (!isFolder || kind !== "file") && matchesGlob(name, part),
    )
    .map(({ name }) => `${place}/${name}`);
}

function isFound(files: Files, root: string, wanted: Extract<Presence, { kind: "found" }>): boolean {
  const start = files.stat(root);
  if (start === undefined) return false;
  if (start.kind !== "directory") return wanted.of !== "directory";
  const waiting = [root];
  let seen = 0;
  for (let next = waiting.pop(); next !== undefined && seen < mostEntries; next = waiting.pop()) {
    for (const entry of files.list(next)) {
      seen += 1;
      const path = `${next}/${entry.name}`;
      if (fits(entry, path.slice(root.length + 1), wanted)) return true;
      if (entry.kind === "directory" && entry.name !== ".git") waiting.push(path);
    }
  }
  // Why: nobody may say that nothing is there who has not seen all.
  return seen >= mostEntries;
}

function fits(
  entry: { readonly name: string; readonly kind: string },
  path: string,
  { names, of }: Extract<Presence, { kind: "found" }>,
): boolean {
  if (of !== undefined && (entry.kind === "directory") !== (of === "directory")) return false;
  if (names.length === 0) return true;
  return names.some((pattern) => {
    const own = pattern.replace(/^\.\//, "");
    return own.includes("/") ? matchesGlob(path, own) || matchesGlob(`/${path}`, own) : matchesGlob(entry.name, own);
  });
}
