import type { Effort, StatusMark } from "#model/plan";
import type { Profile } from "#profile/profile";
import type { Passage } from "../passage.ts";
import { parseEffort } from "./effort.ts";
import { type StatusMeaning, readStatus } from "./status-mark.ts";

/** A phase's or task's title taken apart: `Foundation (8 hours) - PENDING`. */
export interface TitleParts {
  readonly name: Passage;
  readonly hours?: Effort;
  readonly status?: StatusMark;
}

interface Parts {
  hours?: Effort;
  /** Place of the status in the passage, and what its last word means. */
  status?: { start: number; end: number; meaning: StatusMeaning; groupEnd?: number };
}

const longestTitle = 600;
const separators = /[\s:,;]/u;
const dashes = /[-–—|]/u;
/** What stands at the end of a title that ends in a status: a capital, a bold sign, a glyph or a percent sign. */
const statusEnd = /[A-Z*%\u0080-\uFFFF]/;
const dash = /\s(?:-|–|—|\|)\s/gu;
const trailingWords = /(?:^|[\s*])((?:NOT STARTED|IN[ -]PROGRESS|PENDING|COMPLETED?|DONE|BLOCKED|READY|TODO)[*]*)$/u;
const trailingGlyph = /(?:^|[\s*])([✅⏳⏸🟡❌✓✔🟢🔄🚧⬜🔴🚫]\uFE0F?(?:\s*\d{1,3}\s*%)?)$/u;
const resumeWords = /RESUME HERE/iu;
const resumeMark = /(?:[(*[]|\s)*RESUME HERE(?:[)*\]]|\s|👈|👉)*$/iu;
const openHours = /^\s*\[?[^\]]*\bhours?\b[^\]]*\]?\s*$/i;
const hoursAnywhere = /\((~?\d[^()]{0,60}\b(?:hours?|hrs?|minutes?|mins?|h|min)\b[^()]{0,60})\)/i;

/** Takes hours, status and resume marker off the end of a title; what is left is the name. */
export function readTitleParts(profile: Profile, title: Passage): TitleParts {
  const passage = title.trim();
  const parts: Parts = {};
  let end = passage.text.length;
  if (end <= longestTitle) {
    for (let next = peel(profile, passage, end, parts); next < end; next = peel(profile, passage, end, parts))
      end = next;
  }
  const hours = parts.hours ?? hoursInside(passage.text);
  return {
    name: stripMarks(passage.sub(0, end)),
    ...(hours === undefined ? {} : { hours }),
    ...(parts.status === undefined ? {} : { status: markOf(passage, parts.status) }),
  };
}

function hoursInside(title: string): Effort | undefined {
  if (!title.includes("(")) return undefined;
  const written = hoursAnywhere.exec(title.slice(0, longestTitle))?.[1];
  return written === undefined ? undefined : parseEffort(written);
}

function markOf(passage: Passage, status: NonNullable<Parts["status"]>): StatusMark {
  const part = passage.sub(status.start, status.end).trim();
  return { raw: part.raw, range: part.range, ...status.meaning };
}

/** The end of the title without its last known part; the same end when there is none. */
function peel(profile: Profile, passage: Passage, from: number, parts: Parts): number {
  const text = passage.text.slice(0, from);
  const end = separators.test(text.slice(-1)) ? text.replace(/[\s:,;]+$/u, "").length : from;
  const tail = text.slice(0, end);
  const resume = resumeWords.test(tail) ? resumeMark.exec(tail) : null;
  if (resume !== null) return resume.index;
  return peelGroup(profile, passage, tail, parts) ?? peelTail(profile, passage, tail, parts) ?? from;
}

function peelGroup(profile: Profile, passage: Passage, tail: string, parts: Parts): number | undefined {
  const open = groupStart(tail);
  if (open === undefined) return undefined;
  const start = open + 1;
  const end = tail.length - 1;
  const before = parts.status;
  const known = takeEach(profile, passage, start, end, parts) || take(profile, passage, start, end, parts);
  if (before === undefined && parts.status !== undefined) parts.status.groupEnd = tail.length;
  return known || openHours.test(tail.slice(start, end)) ? open : undefined;
}

/** Where the parentheses or brackets open that close at the end of a text; not those of a link. */
function groupStart(tail: string): number | undefined {
  const close = tail.at(-1);
  const open = close === ")" ? "(" : close === "]" ? "[" : undefined;
  if (open === undefined) return undefined;
  let depth = 0;
  for (let at = tail.length - 1; at >= 0; at--) {
    if (tail[at] === close) depth++;
    else if (tail[at] === open && --depth === 0) return tail[at - 1] === "]" ? undefined : at;
  }
  return undefined;
}

/** Takes the parts of `8 hours, IN PROGRESS` when one of them is a status; otherwise the text is one part. */
function takeEach(profile: Profile, passage: Passage, start: number, end: number, parts: Parts): boolean {
  const spans: [number, number][] = [];
  let from = start;
  for (const sign of passage.text.slice(start, end).matchAll(/[,;]|\s[-–—]\s/gu)) {
    spans.push([from, start + sign.index]);
    from = start + sign.index + sign[0].length;
  }
  spans.push([from, end]);
  if (!spans.some(([first, last]) => readStatus(profile, passage.text.slice(first, last)) !== undefined)) return false;
  for (const [first, last] of spans) take(profile, passage, first, last, parts);
  return true;
}

function peelTail(profile: Profile, passage: Passage, tail: string, parts: Parts): number | undefined {
  const separator = dashes.test(tail) ? Array.from(tail.matchAll(dash)).at(-1) : undefined;
  if (separator !== undefined) {
    const start = separator.index + separator[0].length;
    if (take(profile, passage, start, tail.length, parts)) return separator.index;
  }
  if (!statusEnd.test(tail.slice(-1))) return undefined;
  const found = trailingWords.exec(tail) ?? trailingGlyph.exec(tail);
  if (found === null) return undefined;
  const start = found.index + found[0].length - (found[1]?.length ?? 0);
  return take(profile, passage, start, tail.length, parts) ? start : undefined;
}

/** Takes a part that is hours or a status as a whole. */
function take(profile: Profile, passage: Passage, start: number, end: number, parts: Parts): boolean {
  const part = passage.sub(start, end);
  const hours = parseEffort(part.text);
  if (hours !== undefined) {
    parts.hours ??= hours;
    return true;
  }
  const meaning = readStatus(profile, part.text);
  if (meaning === undefined) return false;
  const last = parts.status;
  parts.status =
    last === undefined ? { start, end, meaning } : { start, end: last.groupEnd ?? last.end, meaning: last.meaning };
  return true;
}

const trailing = /[\s*_:,–—-]/u;

/** Without the bold signs and separators that taking parts off has left at the ends. */
function stripMarks(name: Passage): Passage {
  const text = name.text;
  const start = trailing.test(text.charAt(0)) ? (/^[\s*_:–—-]*/u.exec(text)?.[0].length ?? 0) : 0;
  const last = text.length;
  const end = !trailing.test(text.charAt(last - 1))
    ? last
    : last - (/^[\s*_:,–—-]*/u.exec(Array.from(text.slice(-20)).reverse().join(""))?.[0].length ?? 0);
  return name.sub(start, Math.max(start, end));
}
