import type { Span } from "#model/source";
import { parseDocumentId } from "#profile/dialect";
import type { Profile } from "#profile/profile";

/** Text of a template that nobody filled in. */
export interface TemplateText extends Span {
  readonly text: string;
}

/** Marks that stand between brackets without being a placeholder: boxes, footnotes, numbers of references. */
const harmless = /^(?:[ xX~-]|x\/\S{1,3}|\^.*|\d+)$/u;
/** One or a few capital letters as a number to come: `X`, `≥X%`, `X/Y`. */
const letterSlot = /^[^\p{L}\p{N}]*(?:[\p{L}\p{S}\p{P}]{0,3}[NXYZ]%?|[A-Z]\/[A-Z])$/u;
const numberedSlot = /^[A-Z]+_\d$/;
const slotWords: ReadonlySet<string> = new Set(
  "name title path file files module command commands type value description definition details date author list step task phase component version topic number function class link url branch project placeholder".split(
    " ",
  ),
);

const bracket = /\[([^[\]\n]{1,200})\]/g;

/** A form with signs without one of which it cannot match: most documents have none of them, and looking for a word costs little. */
interface SignedForm {
  readonly signs: readonly string[];
  readonly form: RegExp;
}

const others: readonly SignedForm[] = [
  { signs: ["YYYY-MM-DD"], form: /\bYYYY-MM-DD(?: HH:MM(?::SS)?(?: TZ)?)?/g },
  { signs: ["{{"], form: /\{\{[\w .-]{1,60}\}\}/g },
  { signs: ["<"], form: /<(?:your|insert|path|name|project|file)\b[-_ \w]{0,60}>/gi },
  { signs: ["TBD", "TODO", "FIXME"], form: /\b(?:TBD|TODO|FIXME)\b/g },
];

/** False for a text in which no placeholder can stand, whatever of it is prose. */
export function mayHoldTemplateText(text: string, profile: Profile): boolean {
  if (text.includes("[")) return true;
  for (const { signs } of formsOf(profile)) if (holdsOne(text, signs)) return true;
  return false;
}

function holdsOne(text: string, signs: readonly string[]): boolean {
  for (const sign of signs) if (text.includes(sign)) return true;
  return false;
}

/** Placeholders in prose, in order: `[what to write]`, `REQ-NNN`, `YYYY-MM-DD`, `{{NAME}}`, `<your-…>`, `TBD`. */
export function findTemplateText(prose: string, profile: Profile): readonly TemplateText[] {
  const found: TemplateText[] = [];
  for (const match of prose.matchAll(bracket)) {
    const end = match.index + match[0].length;
    if (isLinkPart(prose, match.index, end) || !isSlot(match[1] ?? "", profile)) continue;
    found.push({ start: match.index, end, text: match[0] });
  }
  for (const { signs, form } of formsOf(profile)) {
    if (!holdsOne(prose, signs)) continue;
    for (const match of prose.matchAll(form)) {
      found.push({ start: match.index, end: match.index + match[0].length, text: match[0] });
    }
  }
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  return found.filter(
    (one, index) => !found.slice(Math.max(0, index - 8), index).some((before) => before.end > one.start),
  );
}

function isLinkPart(prose: string, start: number, end: number): boolean {
  const next = prose[end] ?? "";
  return "([:".includes(next) && next !== "" ? true : "]!\\".includes(prose[start - 1] ?? " ");
}

function isSlot(content: string, profile: Profile): boolean {
  const text = content.trim();
  if (harmless.test(content) || parseDocumentId(profile, text) !== undefined) return false;
  if (/\s/.test(text) || text.includes("path/to")) return true;
  return letterSlot.test(text) || numberedSlot.test(text) || slotWords.has(text.toLowerCase());
}

const formsByProfile = new WeakMap<Profile, readonly SignedForm[]>();

function formsOf(profile: Profile): readonly SignedForm[] {
  let forms = formsByProfile.get(profile);
  if (forms === undefined) {
    forms = [numberWord(profile), ...others];
    formsByProfile.set(profile, forms);
  }
  return forms;
}

function numberWord(profile: Profile): SignedForm {
  const words = profile.ids.placeholders.filter((word) => /^[A-Za-z]+$/.test(word));
  const types = profile.layers.map((layer) => layer.type).filter((type) => /^[A-Z]+$/.test(type));
  // Why: the word alone is looked for, as a dash stands in every document many times over.
  return { signs: words, form: new RegExp(`\\b(?:${types.join("|")})-(?:${words.join("|")})\\b`, "g") };
}
