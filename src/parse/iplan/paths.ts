import type { TextAt } from "#model/plan";
import type { Span } from "#model/source";
import { readCodeSpans } from "../inline.ts";
import type { Passage } from "../passage.ts";
import type { LeadingLabel } from "./label.ts";
import type { PlanReading } from "./reading.ts";

const pathForm = /^(?:[\w@.~$[][\w@.~${}()+[\]-]*|\/)?(?:\/[\w@.~${}()+[\]*-]+)*\/?$/u;
const fileEnding = /\.[A-Za-z][A-Za-z0-9]{0,7}$/u;

/** True for what looks like a path: with a slash, or a name with a file ending. */
export function isPathLike(text: string): boolean {
  if (text.length > 300 || text === "/" || /^v?\d[\d.]*[xX*]?$/u.test(text) || !pathForm.test(text)) return false;
  return text.includes("/") || (fileEnding.test(text) && !text.endsWith(")"));
}

/** The paths in code spans of a paragraph's lines. */
export function pathsInCode(reading: PlanReading, lines: readonly Span[]): TextAt[] {
  if (!lines.some((line) => reading.source.text.slice(line.start, line.end).includes("`"))) return [];
  return readCodeSpans(reading.source.text, lines).flatMap((span) => {
    const place = reading.document.passage(span.content);
    const text = place.text.trim();
    return isPathLike(text) ? [place.trim().textAt] : [];
  });
}

/** The comma-separated values of a labelled text, code marks removed: `File: `src/a.ts`, src/b.ts`. */
export function listedValues(passage: Passage): TextAt[] {
  const values: TextAt[] = [];
  for (let start = 0; start <= passage.text.length; ) {
    const found = passage.text.indexOf(",", start);
    const end = found < 0 ? passage.text.length : found;
    const value = bareValue(passage.sub(start, end));
    if (value.text !== "") values.push(value.textAt);
    start = end + 1;
  }
  return values;
}

const fileLabel = /^(?:files?|(?:file )?paths?|create files?)$/i;
const placeLabel = /^(?:file )?locations?$/i;

/** The files a label declares: every value of `File:`, and what looks like a path of `Location:`. */
export function declaredFiles(label: Pick<LeadingLabel, "words" | "rest">): TextAt[] {
  if (fileLabel.test(label.words)) return listedValues(label.rest);
  return placeLabel.test(label.words) ? listedValues(label.rest).filter(({ text }) => isPathLike(text)) : [];
}

/** The first code span of a value, else the value without trailing remark in parentheses. */
function bareValue(passage: Passage): Passage {
  const value = passage.trim();
  if (value.text.startsWith("`")) {
    const close = value.text.indexOf("`", 1);
    return close < 0 ? value.sub(1).trim() : value.sub(1, close).trim();
  }
  const remark = value.text.indexOf(" (");
  return remark < 0 ? value : value.sub(0, remark).trim();
}
