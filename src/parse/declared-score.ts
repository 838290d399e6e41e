import type { DeclaredScore } from "#model/declared-score";
import { onceFor } from "#model/lazily";
import type { Profile } from "#profile/profile";
import { normalWords } from "#profile/normal-words";
import { healText } from "./encoding.ts";
import { parseScore } from "./iplan/score.ts";

/** A score stands in the control table, at the head of a document. */
const head = 6144;
/** A row of two cells, a list item with a label, or a key of YAML: what it is called, and its value. */
const line =
  /^[ \t]*(?:\|[ \t]*([^|\n]{1,80})\||(?:[-*][ \t]+|\*\*)([^:\n]{1,80}):|([a-z_]{1,80}):)([^|\n]{1,200})(?:\|[ \t]*)?\r?$/gm;

/** The scores that a document declares under one of the profile's names, such as `SPEC-Ready Score`. */
export function declaredScores(text: string, profile: Profile): readonly DeclaredScore[] {
  const start = text.slice(0, head);
  // Why: nearly all documents declare none, and looking for a word costs next to nothing.
  if (!start.includes("Score") && !start.includes("_score")) return [];
  const names = namesOf(profile);
  const found: DeclaredScore[] = [];
  for (const match of start.matchAll(line)) {
    const [whole, row, item, key, written = ""] = match;
    const name = normalWords((row ?? item ?? key ?? "").replaceAll(/[*_`]+/g, " "));
    if (!names.some((form) => form.test(name))) continue;
    const raw = written
      .replace(/\s#.*$/u, "")
      .trim()
      .replace(/^\*\*\s*/u, "")
      .replace(/^["']|["']$/gu, "");
    const value = parseScore(healText(raw));
    const at = match.index + whole.indexOf(raw, whole.indexOf(written));
    if (value !== undefined && !isFenced(start, match.index)) found.push({ value, start: at, end: at + raw.length });
  }
  return found;
}

/** Why: guides show such tables in fences, and nothing is declared there. */
function isFenced(text: string, at: number): boolean {
  return (text.slice(0, at).match(/^[ \t]{0,3}(?:```|~~~)/gm)?.length ?? 0) % 2 === 1;
}

const namesOf = onceFor(({ readiness }: Profile): readonly RegExp[] =>
  readiness.declaredAs.map((name) => {
    // Why: what is left of a name has no sign that means something in a pattern.
    const words = normalWords(name.replace("{TYPE}", "0")).replace("0", "[a-z]{2,16}");
    return new RegExp(`^${words}$`, "u");
  }),
);
