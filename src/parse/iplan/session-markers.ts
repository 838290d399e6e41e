import { append } from "../append.ts";
import type { SessionMarkers } from "#model/plan";
import type { AnyBlock } from "../block.ts";
import type { Passage } from "../passage.ts";
import { readLeadingLabel } from "./label.ts";
import type { PlanReading } from "./reading.ts";
import { parseWrittenTime } from "./written-time.ts";

const resume = /[([*_]{0,4}RESUME HERE[)\]*_]{0,4}(?:\s?[👈👉←])?[)\]*_]{0,4}/u;
const completed = /(?:✅\s*)?\((?:completed|done)[:\s]+(\d{4}-\d{2}-\d{2}[^()]{0,30})\)/giu;

/** The marks that sessions of work have left in paragraphs, bullets and headings. */
export function readSessionMarkers(reading: PlanReading): SessionMarkers {
  const done: SessionMarkers["completed"][number][] = [];
  const found: { -readonly [Key in keyof SessionMarkers]?: SessionMarkers[Key] } = {};
  for (const block of textBlocks(reading)) {
    const passage = reading.passageOf(block);
    if (passage.text.includes("RESUME HERE")) found.resumeHere ??= resumeRange(passage);
    append(done, completions(passage));
    if (!/^\W{0,4}(?:current state|next)\b/i.test(passage.text)) continue;
    const label = readLeadingLabel(reading.visible(passage));
    if (label === undefined || label.rest.text === "") continue;
    if (/^current state$/i.test(label.words)) found.currentState ??= label.rest.textAt;
    else if (/^next$/i.test(label.words)) found.next ??= label.rest.textAt;
  }
  return { ...found, completed: done };
}

function textBlocks(reading: PlanReading): AnyBlock[] {
  const { tree } = reading.document;
  return [...tree.ofKind("paragraph"), ...tree.ofKind("heading")].sort((one, other) => one.start - other.start);
}

function resumeRange(passage: Passage): SessionMarkers["resumeHere"] & {} {
  const match = resume.exec(passage.text);
  return passage.sub(match?.index ?? 0, (match?.index ?? 0) + (match?.[0].length ?? 0)).range;
}

function completions(passage: Passage): SessionMarkers["completed"][number][] {
  if (!/completed|done/i.test(passage.text)) return [];
  return Array.from(passage.text.matchAll(completed), (match) => {
    const place = passage.sub(match.index, match.index + match[0].length);
    const at = parseWrittenTime(match[1] ?? "")?.iso;
    return { text: place.line, ...(at === undefined ? {} : { at }), range: place.range };
  });
}
