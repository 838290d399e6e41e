import type { Span } from "#model/source";
import type { UnreadTag } from "#model/trace";
import { layerOf, layerOfTag, parseDocumentId } from "#profile/dialect";
import type { Profile } from "#profile/profile";
import { isBetweenTags, isLead, readTagLine, type TagOnLine } from "./tag-line.ts";

/** One on a line; offsets are those of the line. */
export type UnreadOnLine = UnreadTag & Span;

const nameForm = /@([A-Za-z][A-Za-z-]{0,40})/gu;
const colons = ":：﹕=＝";
/** What may stand between a name and its value, by mistake or not. */
const gapForm = new RegExp(`^[\\s\`*|[("']*[${colons}]?[\\s\`*|[("']*`, "u");
const emptyForm = new RegExp(`^[\\s\`*]*[${colons}][\\s\`*]*$`, "u");
const tokenForm = /^[^\s,;`|()[\]{}"'<>*]+/u;
const hiddenForm = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\uFEFF]/u;
const restForm = /^([`*]*)\s*(?:([;&+:]|and\b|or\b)|(to\b|through\b|until\b|\.{2,3}|[–—…]))\s*([`*]*)/iu;
const restEnd = /^[`*\])]*\s*(?:$|[,;&+|(]|and\b|or\b)/iu;
const bareForm = new RegExp(`^[\\s>*+\`-]*([A-Za-z][A-Za-z-]{0,40})[\`*]*\\s*[${colons}]`, "u");

/** Finds what of a line looks like a tag or its value and is neither. A line without an `@` is taken for one that should hold a tag. */
export function unreadTags(profile: Profile, line: string): readonly UnreadOnLine[] {
  if (!line.includes("@")) return bareTag(profile, line);
  const tags = readTagLine(profile, line);
  const found: UnreadOnLine[] = [];
  for (const match of line.matchAll(nameForm)) {
    const start = match.index;
    if (tags.some((tag) => tag.nameStart === start + 1) || isJoined(line, start)) continue;
    const last = tags.findLast((tag) => tag.end <= start);
    const before = line.slice(0, start);
    if (!isLead(before) && !(last?.leads === true && isBetweenTags(before.slice(last.end)))) continue;
    const unread = unreadAt(profile, line, start, match[1] ?? "");
    if (unread !== undefined) found.push(unread);
  }
  for (const [index, tag] of tags.entries()) {
    if (!tag.leads) continue;
    const isLast = tags[index + 1]?.nameStart !== tag.nameStart;
    const unread = hiddenIn(line, tag) ?? (isLast ? restBehind(profile, line, tag) : undefined);
    if (unread !== undefined) found.push(unread);
  }
  return found.sort((a, b) => a.start - b.start);
}

/**
 * The same of a word of a Gherkin tag line, from its `@` on: there a value follows the colon at once, and each tag has one. An id of
 * another type than `own` stands for the tag that names it, though only the author knows whether other tools go by that word.
 */
export function unreadGherkinTags(profile: Profile, word: string, own: string | undefined): readonly UnreadOnLine[] {
  const bare = valueTag(profile, word.slice(1));
  if (bare !== undefined) {
    const id = parseDocumentId(profile, word.slice(1).split(":")[0] ?? "");
    return id?.type === own ? [] : [{ kind: "sign", name: "", type: bare.type, start: 0, end: 1 + bare.length }];
  }
  return unreadTags(profile, word).flatMap((found) => {
    if (found.kind === "value") return [];
    const { normal } = found;
    if (normal === undefined || found.kind === "hidden") return [found];
    const joined = normal.replace(/^@([^:]*): /u, "@$1:").replace(/, /gu, ` @${found.type}:`);
    return [{ ...found, normal: joined }];
  });
}

function isJoined(line: string, at: number): boolean {
  return /[\p{L}\p{N}_.%+-]/u.test(line[at - 1] ?? "");
}

function unreadAt(profile: Profile, line: string, start: number, name: string): UnreadOnLine | undefined {
  const after = start + 1 + name.length;
  const rest = line.slice(after);
  const own = idTagOf(profile, name);
  const gap = gapForm.exec(rest)?.[0] ?? "";
  const value = valueTag(profile, rest.slice(gap.length));
  if (value === undefined) {
    if (own === undefined || !emptyForm.test(rest)) return undefined;
    return { kind: "value", name, type: own, start, end: after + rest.trimEnd().length };
  }
  if (own !== undefined && own !== value.type) return undefined;
  if (own === undefined && !/[:：﹕=＝]/u.test(gap)) return undefined;
  const end = after + gap.length + value.length;
  const found = { name, type: value.type, start, end };
  if (own === undefined) return { kind: "name", ...found };
  return { kind: "sign", ...found, ...normalForm(profile, line, start, after + gap.length, own) };
}

/** The normal name of a tag whose values are ids. */
function idTagOf(profile: Profile, name: string): string | undefined {
  const layer = layerOfTag(profile, name.toLowerCase());
  return layer?.reference === "path" ? undefined : layer?.tag;
}

/** The tag of the document that the first word of a text names. */
function valueTag(profile: Profile, text: string): { readonly type: string; readonly length: number } | undefined {
  const token = tokenForm.exec(text)?.[0].replace(/[.:]+$/u, "");
  const id = token === undefined ? undefined : parseDocumentId(profile, token.split(":")[0] ?? "");
  const type = id === undefined ? undefined : layerOf(profile, id.type)?.tag;
  return type === undefined || token === undefined ? undefined : { type, length: token.length };
}

/** The whole tag in its normal form, where it then reads as it was meant. */
function normalForm(
  profile: Profile,
  line: string,
  sign: number,
  from: number,
  type: string,
): Partial<Pick<UnreadOnLine, "normal" | "start" | "end">> {
  const start = sign - (/[`*]*$/u.exec(line.slice(0, sign))?.[0].length ?? 0);
  const values: string[] = [];
  let end = from;
  for (let at = from; ; ) {
    const opened = /^[`*]*/u.exec(line.slice(at))?.[0].length ?? 0;
    const token = tokenForm.exec(line.slice(at + opened))?.[0].replace(/[.:]+$/u, "");
    if (token === undefined || token === "") break;
    values.push(token);
    end = at + opened + token.length;
    end += /^[`*]*/u.exec(line.slice(end))?.[0].length ?? 0;
    const comma = /^\s*,\s*/u.exec(line.slice(end))?.[0].length;
    if (comma === undefined) break;
    at = end + comma;
  }
  const written = line.slice(start, end);
  const isCell = /[|([]/u.test(written) || (written.match(/`/gu)?.length ?? 0) % 2 === 1;
  if (isCell || (written.match(/\*\*/gu)?.length ?? 0) % 2 === 1) return {};
  const tag = `@${type}: ${values.join(", ")}`;
  const normal = written.includes("`") ? `\`${tag}\`` : tag;
  const healed = readTagLine(profile, `${line.slice(0, start)}${normal}${line.slice(end)}`);
  const read = healed.filter((each) => each.nameStart > start);
  const isSame = read.length === values.length && read.every((each, index) => each.leads && each.raw === values[index]);
  return isSame ? { normal, start, end } : {};
}

function hiddenIn(line: string, tag: TagOnLine): UnreadOnLine | undefined {
  const written = line.slice(tag.start, tag.end);
  if (!hiddenForm.test(written)) return undefined;
  const normal = written.replace(new RegExp(hiddenForm, "gu"), "");
  return { kind: "hidden", name: tag.name, type: tag.type, start: tag.start, end: tag.end, normal };
}

/** A value of the tag that stands behind something else than a comma. */
function restBehind(profile: Profile, line: string, tag: TagOnLine): UnreadOnLine | undefined {
  const match = restForm.exec(line.slice(tag.end));
  if (match === null || tag.document === undefined) return undefined;
  const from = tag.end + match[0].length;
  const [, closed = "", sign, range, opened = ""] = match;
  const token = tokenForm.exec(line.slice(from))?.[0].replace(/[.:]+$/u, "") ?? "";
  const isDocument = valueTag(profile, token)?.type === tag.type;
  const isElement = (sign === ":") === (tag.element === undefined) && /^[A-Za-z][\w.-]*\d$/u.test(token);
  if (sign === ":" ? !isElement : !isDocument && !isElement) return undefined;
  if (!restEnd.test(line.slice(from + token.length))) return undefined;
  const place = { name: tag.name, type: tag.type, start: from, end: from + token.length };
  if (range !== undefined) return { kind: "range", ...place };
  if (closed !== "" || opened !== "") return { kind: "rest", ...place };
  return { kind: "rest", ...place, start: tag.end, normal: `${sign === ":" ? ":" : ", "}${token}` };
}

/** A line such as `brd: BRD-001:FR-001`. */
function bareTag(profile: Profile, line: string): readonly UnreadOnLine[] {
  const match = bareForm.exec(line);
  const name = match?.[1] ?? "";
  const type = idTagOf(profile, name);
  if (match === null || type === undefined) return [];
  const after = match[0].length;
  const gap = /^[\s`*]*/u.exec(line.slice(after))?.[0].length ?? 0;
  const value = valueTag(profile, line.slice(after + gap));
  if (value?.type !== type) return [];
  const start = line.lastIndexOf(name, after - 1);
  const found: UnreadOnLine = { kind: "at", name, type, start, end: after + gap + value.length };
  return [{ ...found, ...normalForm(profile, line, start, after + gap, type) }];
}
