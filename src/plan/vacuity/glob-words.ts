import type { ShellWord } from "#model/shell-syntax";

/** The unquoted parts of a word as written: what bash may still take for a pattern. */
export function bareText(raw: string): string {
  return raw.replace(/\\.|'[^']*'|"(?:[^"\\]|\\.)*"/gs, "");
}

/** Why: a word of a pattern is short, and what is searched for in it takes long in a long one. */
const longest = 1000;

/** The pattern a word is matched by against the file system, quotes removed; undefined when it is none. */
export function globOf(word: ShellWord): string | undefined {
  if (word.raw.length > longest) return undefined;
  const bare = bareText(word.raw).replace(/\$\{[^}]*\}|\$\([\s\S]*\)|`[^`]*`/g, "");
  if (!/[*?]|\[[^\]]+\]/.test(bare)) return undefined;
  if (word.raw.startsWith("<(") || word.raw.startsWith(">(")) return undefined;
  return word.literal ?? word.raw.replace(/["']/g, "");
}
