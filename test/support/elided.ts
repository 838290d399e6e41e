/** What stands for anything left out: alone on a line for any lines, inside a line or a JSON text for any characters. */
const mark = "…";

/** Compares an output with what a page shows of it. Gives undefined when they agree, else what is wrong in one paragraph. */
export function outputMismatch(shown: string, printed: string): string | undefined {
  return isJson(shown) ? jsonMismatch(shown, printed) : textMismatch(shown, printed);
}

function textMismatch(shown: string, printed: string): string | undefined {
  const expected = linesOf(shown);
  const actual = linesOf(printed);
  if (linesAgree(expected, actual)) return undefined;
  const missing = expected.find((line) => line.trim() !== mark && !actual.some((other) => lineAgrees(line, other)));
  const hint =
    missing === undefined
      ? "the lines stand in another order, or there are more of them"
      : `no line agrees with: ${missing}`;
  return `${hint}\n--- printed ---\n${actual.join("\n")}\n---`;
}

/** Why: an editor takes blanks from line ends, and a page cannot show whether the last line ends. */
function linesOf(text: string): string[] {
  const lines = text
    .replaceAll("\r", "")
    .split("\n")
    .map((line) => line.trimEnd());
  while (lines.at(-1) === "") lines.pop();
  while (lines[0] === "") lines.shift();
  return lines;
}

/** Agreement of lines, of which a lone mark stands for any number; the table says whether the first i and j lines agree. */
function linesAgree(expected: readonly string[], actual: readonly string[]): boolean {
  let row = Array.from({ length: actual.length + 1 }, (_, j) => j === 0);
  for (const line of expected) {
    const next: boolean[] = [];
    for (let j = 0; j <= actual.length; j++) {
      const before = actual[j - 1];
      if (line.trim() === mark) next.push(row[j] === true || next[j - 1] === true);
      else next.push(before !== undefined && row[j - 1] === true && lineAgrees(line, before));
    }
    row = next;
  }
  return row[actual.length] === true;
}

/** True when a text is what is shown, each mark standing for at least one character. */
export function lineAgrees(shown: string, printed: string): boolean {
  const [first = "", ...rest] = shown.split(mark);
  if (rest.length === 0) return shown === printed;
  if (!printed.startsWith(first)) return false;
  let at = first.length;
  const last = rest.pop() ?? "";
  for (const piece of rest) {
    const found = printed.indexOf(piece, at + 1);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return printed.endsWith(last) && printed.length - last.length > at;
}

function isJson(shown: string): boolean {
  return /^\s*[{[]/.test(shown) && tryParse(shown) !== undefined;
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function jsonMismatch(shown: string, printed: string): string | undefined {
  const actual = tryParse(printed);
  if (actual === undefined) return `not one JSON document:\n${printed}`;
  return differs(tryParse(shown), actual, "");
}

/** Where a value differs, and what stands there. */
function difference(place: string, actual: unknown): string {
  return `differs at ${place}: ${(JSON.stringify(actual) ?? "nothing").slice(0, 1000)}`;
}

/** The first place at which a value is not what is shown. `"…"` shows any value, as a key any further keys, at a list's end any further items. */
function differs(shown: unknown, actual: unknown, place: string): string | undefined {
  if (shown === mark) return undefined;
  if (Array.isArray(shown))
    return Array.isArray(actual) ? listDiffers(shown, actual, place) : difference(place, actual);
  if (isObject(shown)) return isObject(actual) ? objectDiffers(shown, actual, place) : difference(place, actual);
  if (typeof shown === "string" && typeof actual === "string")
    return lineAgrees(shown, actual) ? undefined : difference(place, actual);
  return shown === actual ? undefined : difference(place, actual);
}

function listDiffers(shown: readonly unknown[], actual: readonly unknown[], place: string): string | undefined {
  const open = shown.at(-1) === mark;
  const wanted = open ? shown.slice(0, -1) : shown;
  if (open ? actual.length < wanted.length : actual.length !== wanted.length) return difference(place, actual);
  for (const [index, item] of wanted.entries()) {
    const found = differs(item, actual[index], `${place}[${index}]`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function objectDiffers(
  shown: Readonly<Record<string, unknown>>,
  actual: Readonly<Record<string, unknown>>,
  place: string,
): string | undefined {
  for (const [key, value] of Object.entries(shown)) {
    if (key === mark) continue;
    if (!Object.hasOwn(actual, key)) return difference(`${place}.${key}`, undefined);
    const found = differs(value, actual[key], `${place}.${key}`);
    if (found !== undefined) return found;
  }
  const further = mark in shown ? undefined : Object.keys(actual).find((key) => !Object.hasOwn(shown, key));
  return further === undefined ? undefined : `not shown: ${place}.${further}`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
