import { suspicious } from "./escape.ts";

/** JSON in which control and direction characters stand as escapes, so that a terminal can show it. Maps become objects. */
export function renderJson(value: unknown, indent = 0): string {
  return printable(JSON.stringify(value, plainValues, indent));
}

/** The same for a value that holds no map, which is several times as fast. */
export function printableJson(value: unknown, indent = 0): string {
  return printable(JSON.stringify(value, undefined, indent));
}

/** Text of JSON with those characters as escapes. */
export function printable(json: string): string {
  // Why: a pattern that meets each line end would make a string of each.
  return json.replace(suspiciousInJson, (found) => [...found].flatMap(unitsOf).join(""));
}

/** Suspicious characters but the line end, which JSON itself writes between values only. */
const suspiciousInJson = new RegExp(
  suspicious.source.replace("\\u0000-\\u001F", "\\u0000-\\u0009\\u000B-\\u001F"),
  "g",
);

/** Why: JSON names a character above U+FFFF by its two UTF-16 units. */
function unitsOf(character: string): readonly string[] {
  return Array.from(
    { length: character.length },
    (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`,
  );
}

function plainValues(_key: string, value: unknown): unknown {
  return value instanceof Map ? Object.fromEntries(value) : value;
}
