import type { Passage } from "../passage.ts";
import { plainWords } from "../plain-words.ts";

/** Words in front of a text that say what it is: `**Label** (remark): rest`, `**Label**`, `Label: rest`. */
export interface LeadingLabel {
  /** The words without markup and colon. */
  readonly words: string;
  readonly name: Passage;
  /** What stands in parentheses between label and colon, such as `from ADR-002`. */
  readonly remark?: Passage;
  /** What follows the label, blanks around it removed. */
  readonly rest: Passage;
  readonly bold: boolean;
  readonly colon: boolean;
}

const longestLabel = 160;
/** Why: a remark may hold links, whose targets are long. */
const longestRemark = 400;
const plainLabel = /^([\p{L}\p{N}][^:`*[\]<>|\n.!?;]{0,79}):(?=\s|$)/u;

/** Reads the label a passage begins with; undefined when it begins with none. */
export function readLeadingLabel(passage: Passage): LeadingLabel | undefined {
  const text = passage.text;
  const start = text.length - text.trimStart().length;
  if (text.startsWith("**", start)) return boldLabel(passage, start);
  const match = plainLabel.exec(text.slice(start, start + longestLabel));
  if (match === null) return undefined;
  const name = passage.sub(start, start + match[0].length - 1).trim();
  const rest = passage.sub(start + match[0].length).trim();
  return { words: name.line, name, rest, bold: false, colon: true };
}

function boldLabel(passage: Passage, start: number): LeadingLabel | undefined {
  const text = passage.text;
  const close = text.indexOf("**", start + 2);
  if (close < 0 || close - start > longestLabel) return undefined;
  const inner = passage.sub(start + 2, close).trim();
  const inside = inner.text.endsWith(":");
  const name = inside ? inner.sub(0, inner.text.length - 1).trim() : inner;
  const words = plainWords(name.line);
  if (words === "") return undefined;
  const after = readAfter(text, close + 2);
  const rest = passage.sub(after.end).trim();
  const label = { words, name, rest, bold: true, colon: inside || after.colon };
  if (after.remark === undefined) return label;
  return { ...label, remark: passage.sub(after.remark.start, after.remark.end) };
}

interface After {
  readonly end: number;
  readonly colon: boolean;
  readonly remark?: { readonly start: number; readonly end: number };
}

/** What stands between the bold words and the text: `:`, `(remark):`; a remark without a colon belongs to the text unless it ends the line. */
function readAfter(text: string, from: number): After {
  const at = skipBlanks(text, from);
  if (text[at] === ":") return { end: at + 1, colon: true };
  if (text[at] !== "(") return { end: from, colon: false };
  const close = closing(text, at);
  if (close < 0) return { end: from, colon: false };
  const remark = { start: at + 1, end: close };
  const next = skipBlanks(text, close + 1);
  if (text[next] === ":") return { end: next + 1, colon: true, remark };
  return next >= text.length || text[next] === "\n" ? { end: next, colon: false, remark } : { end: from, colon: false };
}

/** The parenthesis that closes the one at `open` on its line, those of links inside it passed over; -1 for none near. */
function closing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length && at - open <= longestRemark; at++) {
    if (text[at] === "\n") return -1;
    if (text[at] === "(") depth++;
    else if (text[at] === ")" && --depth === 0) return at;
  }
  return -1;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text[at] === " " || text[at] === "\t") at++;
  return at;
}
