import type { Prerequisite } from "#model/plan";
import { sectionOf } from "#profile/dialect";
import type { Passage } from "../passage.ts";
import { plainWords } from "../plain-words.ts";
import { itemPassage, itemsOf } from "./bullet.ts";
import { groupsOf } from "./group.ts";
import { isPathLike } from "./paths.ts";
import type { PlanReading } from "./reading.ts";
import { findVersionBounds } from "./version-bound.ts";

type Kind = Prerequisite["kind"];

const kindsOfSections: Readonly<Record<string, Kind>> = {
  "required-tools": "tool",
  "required-access": "file",
  "required-knowledge": "knowledge",
  "environment-setup": "environment",
};

const kindsOfWords: readonly (readonly [form: RegExp, kind: Kind])[] = [
  [/\bvariables?\b/i, "variable"],
  [/\bservices?\b/i, "service"],
  [/\b(?:tools?|software|runtime|packages|dependencies)\b/i, "tool"],
  [/\b(?:files?|access|paths?|director(?:y|ies)|materials?|sources?)\b/i, "file"],
  [/\b(?:knowledge|skills?|familiarity)\b/i, "knowledge"],
];

const variable = /^[`$*{]*([A-Z][A-Z0-9]*_[A-Z0-9_]+|[A-Z][A-Z0-9_]{2,}(?==))[`}*]*/u;
const port = /\b(?:localhost|127\.0\.0\.1|0\.0\.0\.0|[a-z][a-z0-9.-]*):(\d{2,5})\b|\bports?\s+(\d{2,5})\b/i;
const toolList = /^[\p{L}\p{N}_.+#`-]+(?: [\p{L}\p{N}_.+#`>=<~^≥-]+){0,2}(?: \([^()]*\))?$/u;
const longest = 400;

/** The prerequisites: one a bullet, one a name where a tool bullet lists several. */
export function readPrerequisites(reading: PlanReading): Prerequisite[] {
  const groups = groupsOf(reading, reading.blocksOf(reading.section("prerequisites")));
  return groups.flatMap(({ title, blocks }) => {
    const kind = kindOfGroup(reading, title);
    return itemsOf(blocks).flatMap((item) => {
      const text = reading.visible(itemPassage(reading, item));
      return text.text === "" ? [] : parted(text, kind).map((part) => prerequisite(part, kind));
    });
  });
}

function kindOfGroup(reading: PlanReading, title: string): Kind | undefined {
  const known = kindsOfSections[sectionOf(reading.profile, title) ?? ""];
  return known ?? kindsOfWords.find(([form]) => form.test(title))?.[1];
}

/** `Git, Docker 24+` are two tools; a bullet with other words in it is one. */
function parted(text: Passage, kind: Kind | undefined): Passage[] {
  if (kind !== "tool" || !text.text.includes(",") || text.text.length > longest) return [text];
  const parts: Passage[] = [];
  for (let start = 0; start <= text.text.length; ) {
    const found = text.text.indexOf(",", start);
    const end = found < 0 ? text.text.length : found;
    parts.push(text.sub(start, end).trim());
    start = end + 1;
  }
  return parts.every((part) => toolList.test(part.text) && /^[`\p{L}]/u.test(part.text)) ? parts : [text];
}

function prerequisite(passage: Passage, group: Kind | undefined): Prerequisite {
  const text = passage.line.slice(0, longest);
  const stated = findVersionBounds(text);
  const found = port.exec(text);
  const number = Number(found?.[1] ?? found?.[2] ?? 0);
  const kind = kindOf(text, group, stated !== undefined, number > 0);
  const name = nameOf(text, kind, stated?.start);
  const access = accessOf(text);
  return {
    kind,
    text: passage.line,
    range: passage.range,
    ...(name === undefined ? {} : { name }),
    bounds: stated?.bounds ?? [],
    ...(access === undefined ? {} : { access }),
    ...(number > 0 && number < 65_536 ? { port: number } : {}),
    optional: /\boptional(?:ly)?\b|\bif (?:available|present|used)\b/i.test(text),
  };
}

function kindOf(text: string, group: Kind | undefined, hasBounds: boolean, hasPort: boolean): Kind {
  if (group === "knowledge" || group === "file" || group === "variable") return group;
  if (variable.test(text) || /^(?:environment )?variable\b/i.test(text)) return "variable";
  if (hasPort) return "service";
  if (group !== undefined && group !== "environment") return group;
  if (hasBounds) return "tool";
  const path = group === undefined ? firstPath(text) : undefined;
  return path !== undefined && (path.includes("/") || text.includes(`\`${path}\``)) ? "file" : (group ?? "environment");
}

function nameOf(text: string, kind: Kind, boundsStart: number | undefined): string | undefined {
  if (kind === "knowledge") return undefined;
  if (kind === "variable") return variable.exec(text)?.[1] ?? /\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b/u.exec(text)?.[0];
  if (kind === "file") return firstPath(text);
  const words = plainWords(text.slice(0, boundsStart ?? text.length));
  const head = /^[^\s(,:;–—]+(?: [A-Z][^\s(,:;–—]*)*/u.exec(words)?.[0]?.replace(/[.]+$/u, "");
  const several = /^[\p{L}\d@]/u.test(head ?? "") ? head : undefined;
  return kind === "environment" ? undefined : several;
}

/** The first word that looks like a path. */
function firstPath(text: string): string | undefined {
  return text
    .split(/\s+/u)
    .map((word) => word.replace(/^[`*("']+|[`*)"',:;]+$/gu, ""))
    .find((word) => !word.startsWith("[") && isPathLike(word));
}

function accessOf(text: string): Prerequisite["access"] | undefined {
  if (/\bread\s*(?:\/|-|and|&|\+)\s*write\b|\br\/?w\b/i.test(text)) return "read-write";
  if (/\bread(?:-?only|able)?\b/i.test(text)) return "read";
  return /\bwrit(?:e|able)\b/i.test(text) ? "write" : undefined;
}
