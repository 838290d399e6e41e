import type { TaskMark } from "./block.ts";
import { isBlank, isLineEnd } from "./line-cursor.ts";

/** Signs in brackets, and whether they tick the box. */
const signs: ReadonlyMap<string, boolean> = new Map([
  [" ", false],
  ["\t", false],
  ["-", false],
  ["~", false],
  ["x", true],
  ["X", true],
]);

/** Glyphs, whether they are ticked; the wounded ones are their UTF-8 bytes read as Mac Roman. */
const glyphs: readonly (readonly [glyph: string, ticked: boolean])[] = [
  ["☐", false],
  ["☑", true],
  ["☒", true],
  ["‚òê", false],
  ["‚òë", true],
  ["‚òí", true],
];

const longestChoice = 8;

/** Reads the box at the start of an item's text, which must go on after it. */
export function readTaskMark(text: string, from: number, to: number): TaskMark | undefined {
  const box = text.charCodeAt(from) === 91 ? readBrackets(text, from, to) : readGlyph(text, from, to);
  return box !== undefined && (box.form === "glyph" || goesOn(text, box.end, to)) ? box : undefined;
}

function readGlyph(text: string, from: number, to: number): TaskMark | undefined {
  const found = glyphs.find(([glyph]) => text.startsWith(glyph, from));
  if (found === undefined) return undefined;
  const [glyph, ticked] = found;
  const end = from + glyph.length;
  if (end > to) return undefined;
  return { start: from, end, mark: { start: from, end }, form: "glyph", ticked };
}

function readBrackets(text: string, from: number, to: number): TaskMark | undefined {
  const ticked = signs.get(text.charAt(from + 1));
  if (ticked !== undefined && text.charAt(from + 2) === "]" && from + 3 <= to) {
    return { start: from, end: from + 3, mark: { start: from + 1, end: from + 2 }, form: "brackets", ticked };
  }
  return readChoice(text, from, to);
}

/** A box that leaves the choice to the reader: `[x/☐]`. */
function readChoice(text: string, from: number, to: number): TaskMark | undefined {
  const length = text.slice(from, Math.min(to, from + longestChoice)).indexOf("]");
  if (length < 0) return undefined;
  const end = from + length;
  const [first, second, ...more] = text.slice(from + 1, end).split("/");
  if (first === undefined || second === undefined || more.length > 0) return undefined;
  if (!isChoice(first) || !isChoice(second)) return undefined;
  return { start: from, end: end + 1, mark: { start: from + 1, end }, form: "choice", ticked: false };
}

function isChoice(word: string): boolean {
  return signs.has(word) || glyphs.some(([glyph]) => glyph === word);
}

function goesOn(text: string, from: number, to: number): boolean {
  if (from >= to) return false;
  const code = text.charCodeAt(from);
  if (!isBlank(code)) return isLineEnd(code);
  let at = from;
  while (at < to && isBlank(text.charCodeAt(at))) at++;
  return at < to;
}
