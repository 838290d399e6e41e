import type { Edit } from "#model/edit";
import { linkPath, relativePath } from "#model/relative-path";
import type { Source } from "#model/source";
import { normalWords } from "#profile/normal-words";
import type { Profile } from "#profile/profile";
import { nothingFollows } from "./templates/page.ts";

/** A document that is to be listed among what follows from another. */
export interface FollowingDocument {
  readonly id: string;
  readonly path: string;
}

/**
 * The edit that makes a document the first that its source lists: in a section that says that nothing follows yet, or in an empty list of a
 * YAML document. Undefined where the source has no such place; further ones are listed by the fix of the rule on missing links back.
 */
export function firstFollowing(source: Source, profile: Profile, child: FollowingDocument): Edit | undefined {
  return /\.ya?ml$/iu.test(source.path) ? yamlEntry(source, child) : markdownEntry(source, profile, child);
}

function markdownEntry({ text, path }: Source, profile: Profile, child: FollowingDocument): Edit | undefined {
  const titles = profile.trace.sections.find((section) => section.key === "downstream")?.titles ?? [];
  const wanted = new Set(titles.map((title) => normalWords(title)));
  for (const heading of text.matchAll(/^#{1,6}[ \t]([^\n]*)(?:\n|$)/gmu)) {
    if (!wanted.has(normalWords((heading[1] ?? "").trim()))) continue;
    const start = heading.index + heading[0].length;
    const body = /^(?:[ \t]*\r?\n)*/u.exec(text.slice(start, start + 200))?.[0] ?? "";
    const at = start + body.length;
    const link = `- [${child.id}](${linkPath(path, child.path)})`;
    if (text.startsWith(nothingFollows, at)) {
      return { start: at, end: at + nothingFollows.length, text: link, expected: nothingFollows };
    }
    if (at === text.length || /^#{1,6}[ \t]/u.test(text.slice(at, at + 8))) return intoEmpty(text, start, at, link);
  }
  return undefined;
}

/** A list of one entry between a heading and the next one, or the end of the text. */
function intoEmpty(text: string, start: number, at: number, link: string): Edit {
  const lineBreak = text.includes("\r\n") ? "\r\n" : "\n";
  const before = text[start - 1] === "\n" ? "" : lineBreak;
  const after = at === text.length ? lineBreak : `${lineBreak}${lineBreak}`;
  return { start, end: at, text: `${before}${lineBreak}${link}${after}` };
}

const emptyList = /^([ \t]+)downstream:[ \t]*\[\][ \t]*(?=\r?$)/mu;
const filledList = /^([ \t]+)downstream:[ \t]*\r?\n((?:\1[ \t]+- \{ id: [^\n]*\r?\n)+)/mu;

function yamlEntry({ text, path }: Source, child: FollowingDocument): Edit | undefined {
  const entry = `- { id: ${child.id}, path: ${relativePath(path, child.path)} }`;
  const lineBreak = text.includes("\r\n") ? "\r\n" : "\n";
  const empty = emptyList.exec(text);
  if (empty !== null) {
    const indent = empty[1] ?? "";
    const end = empty.index + empty[0].length;
    return { start: empty.index, end, text: `${indent}downstream:${lineBreak}${indent}  ${entry}`, expected: empty[0] };
  }
  const filled = filledList.exec(text);
  const rows = filled?.[2] ?? "";
  if (filled === null || new RegExp(`\\bid: ${child.id}\\b`).test(rows)) return undefined;
  const end = filled.index + filled[0].length;
  const indent = /^[ \t]*/u.exec(rows)?.[0] ?? "";
  return { start: end, end, text: `${indent}${entry}${lineBreak}` };
}
