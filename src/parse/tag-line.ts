import { append } from "./append.ts";
import type { Span } from "#model/source";
import { layerOfTag, parseDocumentId, parseElementId } from "#profile/dialect";
import type { Profile } from "#profile/profile";

/** A tag's value as it stands in a line; offsets are those of the line. */
export interface TagOnLine extends Span {
  /** Normal tag name, aliases resolved. */
  readonly type: string;
  readonly name: string;
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly document?: string;
  readonly element?: string;
  readonly raw: string;
  readonly optional: boolean;
  /** Nothing but other tags, a bullet, a box or a label stands before it. */
  readonly leads: boolean;
}

const nameForm = /@([A-Za-z][A-Za-z]*(?:-[A-Za-z]+)*)[ \t]*:(?!:)/gu;
const lead =
  /^[\s>|*+`-]*(?:\d+[.)]\s+)?(?:\[[ xX~-]\]\s+)?(?:#+|\/\/+|--+)?[\s*`"']*(?:[\p{L}\d][^:@|]{0,60}(?:\([^()]{0,60}\))?\s*:\s*)?[\s*`]*$/u;
const linkForm = /\[([^\][]+)\]\([^()\s]*\)/uy;
const valueForm = /[^\s,;`|()[\]{}"'<>]+/uy;

/** Reads the tags of one line: `@brd: BRD-001:FR-030, NFR-006 (optional)`. An e-mail address is none, nor is a name the profile does not know. */
export function readTagLine(profile: Profile, line: string): TagOnLine[] {
  if (!line.includes("@")) return [];
  const found: TagOnLine[] = [];
  for (const match of line.matchAll(nameForm)) {
    const name = match[1] ?? "";
    const type = tagType(profile, name);
    if (type === undefined || /[\p{L}\p{N}_.%+-]/u.test(line[match.index - 1] ?? "")) continue;
    const place = { type, name, nameStart: match.index + 1, nameEnd: match.index + 1 + name.length };
    const leads = leadsLine(line.slice(0, match.index), found.at(-1));
    append(found, readValues(profile, line, match.index + match[0].length, { ...place, leads }));
  }
  return found;
}

/** Why: `@brd: BRD-001 @prd: PRD-001` on one line are both tags of it, a tag in the midst of a sentence is a mention. */
function leadsLine(before: string, last: TagOnLine | undefined): boolean {
  if (last === undefined) return isLead(before);
  return last.leads && isBetweenTags(before.slice(last.end));
}

/** True when a tag after these first characters of a line is the line's own, and no mention in a sentence. */
export function isLead(before: string): boolean {
  return before.length <= 200 && lead.test(before);
}

/** True when what stands between a tag and the next of its line keeps them apart and nothing more. */
export function isBetweenTags(between: string): boolean {
  return /^[\s`|,;]*(?:\(optional\)[\s`|,;]*)?$/u.test(between);
}

/** The normal name of a tag, aliases resolved; undefined for one that the profile does not know. */
export function tagType(profile: Profile, name: string): string | undefined {
  const lower = name.toLowerCase();
  return layerOfTag(profile, lower)?.tag ?? profile.tags.facts.find((fact) => fact.name === lower)?.name;
}

type Named = Pick<TagOnLine, "type" | "name" | "nameStart" | "nameEnd" | "leads">;

function readValues(profile: Profile, line: string, from: number, named: Named): TagOnLine[] {
  const values: TagOnLine[] = [];
  let at = from;
  for (;;) {
    at = skip(line, at, values.length === 0 ? /[ \t`*]/u : /[ \t]/u);
    const token = readToken(line, at);
    const value = token && readValue(profile, token, named, values.at(-1));
    if (token === undefined || value === undefined) return values;
    at = skip(line, token.after, /[ \t`]/u);
    const remark = /^\((?:optional|if [^()]{0,60})\)/i.exec(line.slice(at, at + 80));
    values.push({ ...named, ...value, start: token.start, end: token.end, optional: remark !== null });
    at = skip(line, at + (remark?.[0].length ?? 0), /[ \t]/u);
    if (line[at] !== ",") return values;
    at++;
  }
}

function skip(line: string, from: number, form: RegExp): number {
  let at = from;
  while (at < line.length && form.test(line.charAt(at))) at++;
  return at;
}

interface Token extends Span {
  readonly text: string;
  /** Where reading goes on. */
  readonly after: number;
}

function readToken(line: string, at: number): Token | undefined {
  linkForm.lastIndex = at;
  const link = linkForm.exec(line);
  if (link !== null) {
    const text = link[1] ?? "";
    return { text, start: at + 1, end: at + 1 + text.length, after: linkForm.lastIndex };
  }
  const bracket = line[at] === "[" ? 1 : 0;
  valueForm.lastIndex = at + bracket;
  const match = valueForm.exec(line);
  if (match === null) return undefined;
  const text = match[0].replace(/[.:]+$/u, "");
  const after =
    at + bracket + match[0].length + (bracket === 1 && line[at + bracket + match[0].length] === "]" ? 1 : 0);
  return { text, start: at + bracket, end: at + bracket + text.length, after };
}

type Value = Pick<TagOnLine, "document" | "element" | "raw">;

function readValue(profile: Profile, token: Token, named: Named, last: TagOnLine | undefined): Value | undefined {
  const raw = token.text;
  if (raw === "" || profile.tags.none.includes(raw)) return raw === "" ? undefined : { raw };
  if (profile.tags.facts.some((fact) => fact.name === named.type)) return { raw };
  if (layerOfTag(profile, named.type)?.reference === "path") return looksLikeValue(raw) ? { raw } : undefined;
  const element = parseElementId(profile, raw);
  if (element !== undefined) return { raw, document: element.document.id, element: element.element };
  const colon = raw.indexOf(":");
  const head = parseDocumentId(profile, colon < 0 ? raw : raw.slice(0, colon));
  const part = colon < 0 ? undefined : elementIn(raw.slice(colon + 1));
  if (head !== undefined && !isContinuation(profile, head.type, named, last, colon)) {
    return part === undefined ? { raw, document: head.id } : { raw, document: head.id, element: part };
  }
  if (last !== undefined) return continued(raw, last);
  return looksLikeValue(raw) ? { raw } : undefined;
}

/** Why: in `@brd: BRD-001:REQ-042, REQ-043` the second value is an element of BRD-001, though REQ-043 could be a document. */
function isContinuation(
  profile: Profile,
  type: string,
  named: Named,
  last: TagOnLine | undefined,
  colon: number,
): boolean {
  return last?.element !== undefined && colon < 0 && layerOfTag(profile, named.type)?.type !== type;
}

function continued(raw: string, last: TagOnLine): Value | undefined {
  if (last.element === undefined || last.document === undefined || !looksLikeValue(raw)) return undefined;
  const element = elementIn(raw);
  return element === undefined ? undefined : { raw, document: last.document, element };
}

/** The element a value or its part after the colon names. */
export function elementIn(text: string): string | undefined {
  const match = /^[\p{L}\p{N}._-]+/u.exec(text)?.[0].replace(/[.]+$/u, "");
  return match === "" ? undefined : match;
}

/** Why: `@brd: Business requirements` names a tag and gives it no value. */
export function looksLikeValue(raw: string): boolean {
  return /[0-9:_/-]/u.test(raw) || /^[A-Z]{2,}/u.test(raw);
}
