import { suspicious } from "./escape.ts";

/** JSON in which control and direction characters stand as escapes, so that a terminal can show it. Maps become objects. */
export function renderJson(value: unknown, indent = 0): string {
  return JSON.stringify(value, plainValues, indent).replace(suspicious, (found) =>
    found === "\n" ? found : [...found].flatMap(unitsOf).join(""),
  );
}

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
