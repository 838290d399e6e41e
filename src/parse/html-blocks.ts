import { isBlank } from "./line-cursor.ts";

const rawNames: ReadonlySet<string> = new Set(["pre", "script", "style", "textarea"]);

const blockNames: ReadonlySet<string> = new Set(
  (
    "address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt " +
    "fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link " +
    "main menu menuitem nav noframes ol optgroup option p param search section summary table tbody td tfoot th thead " +
    "title tr track ul"
  ).split(" "),
);

/** Kinds of HTML blocks, numbered as in CommonMark; they differ in how they start and where they end. */
export const htmlType = {
  none: 0,
  raw: 1,
  comment: 2,
  instruction: 3,
  declaration: 4,
  cdata: 5,
  basic: 6,
  complete: 7,
} as const;

const longestName = 16;

/** The kind of HTML block that starts with the `<` at `from`. `complete` tags start one only where nothing is interrupted. */
export function htmlStart(text: string, from: number, end: number, interrupts: boolean): number {
  const code = text.charCodeAt(from + 1);
  if (from + 1 >= end) return htmlType.none;
  if (code === 33) return declarationStart(text, from, end);
  if (code === 63) return htmlType.instruction;
  const closing = code === 47;
  return tagStart(text, closing ? from + 2 : from + 1, end, closing, interrupts);
}

function declarationStart(text: string, from: number, end: number): number {
  const code = from + 2 < end ? text.charCodeAt(from + 2) : 0;
  if (isLetter(code)) return htmlType.declaration;
  if (from + 4 <= end && text.startsWith("--", from + 2)) return htmlType.comment;
  return from + 9 <= end && text.startsWith("[CDATA[", from + 2) ? htmlType.cdata : htmlType.none;
}

function tagStart(text: string, from: number, end: number, closing: boolean, interrupts: boolean): number {
  if (from >= end || !isLetter(text.charCodeAt(from))) return htmlType.none;
  let at = from + 1;
  while (at < end && isNameCode(text.charCodeAt(at))) at++;
  const code = at < end ? text.charCodeAt(at) : -1;
  const slash = code === 47;
  if (code !== -1 && !slash && code !== 62 && !isBlank(code)) return htmlType.none;
  const name = at - from <= longestName ? text.slice(from, at).toLowerCase() : "";
  if (!slash && !closing && rawNames.has(name)) return htmlType.raw;
  if (blockNames.has(name)) {
    return !slash || (at + 1 < end && text.charCodeAt(at + 1) === 62) ? htmlType.basic : htmlType.none;
  }
  if (interrupts) return htmlType.none;
  const after = closing ? skipBlanks(text, at, end) : skipAttributes(text, at, end);
  if (after < 0 || after >= end || text.charCodeAt(after) !== 62) return htmlType.none;
  return skipBlanks(text, after + 1, end) === end ? htmlType.complete : htmlType.none;
}

/** Goes over attributes and a closing slash to where `>` must stand; -1 when they are broken. */
function skipAttributes(text: string, from: number, end: number): number {
  let at = from;
  while (at < end) {
    at = skipBlanks(text, at, end);
    const code = at < end ? text.charCodeAt(at) : -1;
    if (code === 47) return at + 1;
    if (!(isLetter(code) || code === 58 || code === 95)) return at;
    at++;
    while (at < end && isAttributeCode(text.charCodeAt(at))) at++;
    const sign = skipBlanks(text, at, end);
    if (sign < end && text.charCodeAt(sign) === 61) {
      at = skipValue(text, skipBlanks(text, sign + 1, end), end);
      if (at < 0) return -1;
    } else {
      at = sign;
    }
  }
  return at;
}

function skipValue(text: string, from: number, end: number): number {
  if (from >= end) return -1;
  const quote = text.charCodeAt(from);
  if (quote === 34 || quote === 39) {
    let at = from + 1;
    while (at < end && text.charCodeAt(at) !== quote) at++;
    if (at >= end) return -1;
    const next = at + 1 < end ? text.charCodeAt(at + 1) : -1;
    return next === 47 || next === 62 || isBlank(next) ? at + 1 : -1;
  }
  let at = from;
  while (at < end && !endsValue(text.charCodeAt(at))) at++;
  return at === from && text.charCodeAt(at) !== 47 ? -1 : at;
}

function endsValue(code: number): boolean {
  return isBlank(code) || code === 34 || code === 39 || code === 47 || (code >= 60 && code <= 62) || code === 96;
}

const endings: Readonly<Record<number, string>> = {
  [htmlType.comment]: "-->",
  [htmlType.instruction]: "?>",
  [htmlType.declaration]: ">",
  [htmlType.cdata]: "]]>",
};

/** True when the block ends on the line between `from` and `end`; kinds 6 and 7 end at a blank line instead. */
export function htmlEnds(type: number, text: string, from: number, end: number): boolean {
  if (type === htmlType.raw) return endsRaw(text, from, end);
  const ending = endings[type];
  if (ending === undefined) return false;
  const first = ending.charCodeAt(0);
  for (let at = from; at + ending.length <= end; at++) {
    if (text.charCodeAt(at) === first && text.startsWith(ending, at)) return true;
  }
  return false;
}

function endsRaw(text: string, from: number, end: number): boolean {
  for (let at = from; at + 5 < end; at++) {
    if (text.charCodeAt(at) !== 60 || text.charCodeAt(at + 1) !== 47) continue;
    let close = at + 2;
    while (close < end && close - at < 11 && isLetter(text.charCodeAt(close))) close++;
    if (close < end && text.charCodeAt(close) === 62 && rawNames.has(text.slice(at + 2, close).toLowerCase()))
      return true;
  }
  return false;
}

/** Where the ending of a block is first looked for on its opening line: `<!-->` and `<?>` end at once. */
export function htmlSearchStart(type: number, from: number): number {
  if (type === htmlType.comment) return from + 2;
  return type === htmlType.instruction ? from + 1 : from + (type === htmlType.cdata ? 9 : 1);
}

function skipBlanks(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && isBlank(text.charCodeAt(at))) at++;
  return at;
}

function isLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

function isNameCode(code: number): boolean {
  return isLetter(code) || (code >= 48 && code <= 57) || code === 45;
}

function isAttributeCode(code: number): boolean {
  return isNameCode(code) || code === 46 || code === 58 || code === 95;
}
