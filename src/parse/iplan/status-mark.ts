import { isBeyondAscii } from "#model/beyond-ascii";
import type { StatusMark } from "#model/plan";
import { phaseStatusOf } from "#profile/dialect";
import type { Profile } from "#profile/profile";
import type { Passage } from "../passage.ts";

/** What a written status means. */
export type StatusValue = NonNullable<StatusMark["value"]>;

/** The meaning of a status without its place. */
export interface StatusMeaning {
  readonly value?: StatusValue;
  readonly percent?: number;
}

const glyphMeanings: Readonly<Record<string, StatusValue>> = {
  done: "completed",
  running: "in-progress",
  partial: "in-progress",
  "not-started": "pending",
  none: "pending",
};

/** Signs that stand for a state in real plans beside those of the profile. */
const otherGlyphs: Readonly<Record<string, StatusValue>> = {
  "✓": "completed",
  "✔": "completed",
  "☑": "completed",
  "🟢": "completed",
  "🔄": "in-progress",
  "🚧": "in-progress",
  "⚠": "in-progress",
  "⏸": "pending",
  "⬜": "pending",
  "❎": "pending",
  "✗": "pending",
  "✘": "pending",
  "🔴": "blocked",
  "🚫": "blocked",
};

/** Words that stand for a state in real plans beside those of the profile. */
const otherWords: Readonly<Record<string, StatusValue>> = {
  ready: "pending",
  deferred: "pending",
  partial: "in-progress",
  "partially complete": "in-progress",
};

const glyph = /[✅⏳⏸🟡❌✓✔☑🟢🔄🚧⚠⬜❎✗✘🔴🚫]\uFE0F?/gu;
const percentForm = /(\d{1,3})\s*%/u;
const timeForm = /\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:\s?[A-Z]{1,5}\b)?)?/gu;

/** What a text means that is a status and nothing else: words, a glyph, both, or several to choose from; undefined otherwise. */
export function readStatus(profile: Profile, text: string): StatusMeaning | undefined {
  const trimmed = text.trim();
  if (trimmed === "" || trimmed.length > 80) return undefined;
  const choices = trimmed.split(/[/|]/u);
  if (choices.length > 1) {
    return choices.every((choice) => single(profile, choice) !== undefined) ? { value: "choice" } : undefined;
  }
  return single(profile, trimmed);
}

function single(profile: Profile, text: string): StatusMeaning | undefined {
  // Why: most texts are words of ASCII alone, and the forms for all others take milliseconds to compile.
  const percent = text.includes("%") ? percentForm.exec(text)?.[1] : undefined;
  const unsigned = isBeyondAscii(text) ? text.replace(glyph, " ") : text;
  const untimed = /\d/.test(text) ? unsigned.replace(percentForm, " ").replace(timeForm, " ") : unsigned;
  const words = untimed.replace(/[*_]/gu, "").trim();
  const sign = glyphValue(profile, text);
  if (words !== "" && !isWords(words)) return undefined;
  const meaning = words === "" ? undefined : phaseStatusOf(profile, words);
  const other = otherWords[words.toLowerCase()];
  if (words !== "" && meaning === undefined && other === undefined) return undefined;
  if (words === "" && sign === undefined) return undefined;
  const value = withPercent(meaning ?? other ?? sign, percent);
  return { ...(value === undefined ? {} : { value }), ...(percent === undefined ? {} : { percent: Number(percent) }) };
}

function isWords(text: string): boolean {
  return isBeyondAscii(text) ? /^\p{L}[\p{L} -]*$/u.test(text) : /^[A-Za-z][A-Za-z -]*$/.test(text);
}

/** Why: "0% Complete" is not complete. */
function withPercent(value: StatusValue | undefined, percent: string | undefined): StatusValue | undefined {
  if (value !== "completed" || percent === undefined || percent === "100") return value;
  return Number(percent) === 0 ? "pending" : "in-progress";
}

/** The state the first glyph of a text stands for. */
export function glyphValue(profile: Profile, text: string): StatusValue | undefined {
  if (!isBeyondAscii(text)) return undefined;
  for (const [found] of text.matchAll(glyph)) {
    const known = profile.plan.glyphs.find((entry) => bare(entry.glyph) === bare(found));
    const value = known === undefined ? otherGlyphs[bare(found)] : glyphMeanings[known.means];
    if (value !== undefined) return value;
  }
  return undefined;
}

function bare(sign: string): string {
  return sign.replace("\uFE0F", "");
}

/** The status a passage is, as a mark; undefined when it is none. */
export function statusMark(profile: Profile, passage: Passage): StatusMark | undefined {
  const trimmed = passage.trim();
  const meaning = readStatus(profile, trimmed.text);
  return meaning === undefined ? undefined : { raw: trimmed.raw, range: trimmed.range, ...meaning };
}

/** The status a text speaks of among other words: `✅ 100% Complete`, `❌ 0% - Starting from Scratch`. */
export function looseStatusMark(profile: Profile, passage: Passage): StatusMark | undefined {
  const trimmed = passage.trim();
  if (trimmed.text === "") return undefined;
  const exact = readStatus(profile, trimmed.text.replace(/^\[(.*)\]$/u, "$1"));
  const percent = percentForm.exec(trimmed.text)?.[1];
  const glyphs = new Set(Array.from(trimmed.text.matchAll(glyph), ([sign]) => bare(sign)));
  const value = exact?.value ?? (glyphs.size > 1 ? "choice" : glyphValue(profile, trimmed.text));
  return {
    raw: trimmed.raw,
    range: trimmed.range,
    ...(value === undefined ? {} : { value }),
    ...(percent === undefined ? {} : { percent: Number(percent) }),
  };
}
