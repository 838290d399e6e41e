import { secretName } from "./token-shapes.ts";

/** Shortest value of a named variable that is taken for a secret; shorter ones would redact ordinary text. */
const shortestNamed = 4;
const shortestUnnamed = 8;

/** Shortest encoded piece of a secret that is looked for: shorter ones stand in any base64 text. */
const shortestEncoded = 10;

/** Values of the variables that must not be shown: the named ones, and those whose name says they are secret. */
export function secretValues(
  environment: Readonly<Record<string, string | undefined>>,
  named: readonly string[],
): readonly string[] {
  const values: string[] = [];
  for (const [name, value] of Object.entries(environment)) {
    if (value === undefined) continue;
    const shortest = named.includes(name) ? shortestNamed : secretName.test(name) ? shortestUnnamed : Infinity;
    if (value.length >= shortest) values.push(value);
  }
  return values;
}

/**
 * What a secret looks like where it may turn up: as it is, each line of one with several lines, in a URL, in JSON, and in base64, alone
 * or in the middle of something else.
 */
export function formsOf(value: string): readonly string[] {
  const plain = linesOf(value);
  const forms = [value, ...plain].flatMap((text) => [jsonForm(text), ...urlForms(text)]);
  const encoded = [value, ...plain].flatMap(base64Forms).filter((form) => form.length >= shortestEncoded);
  return [...new Set([...plain, ...forms.flatMap(linesOf), ...encoded])];
}

/** Why: output is read line by line, so the lines of a value that spans several are secrets of their own. */
function linesOf(value: string): readonly string[] {
  return /[\r\n]/.test(value) ? value.split(/\r?\n|\r/).filter((line) => line.length >= shortestUnnamed) : [value];
}

function jsonForm(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** Why: `%` escapes are written in capitals or not, and a blank is `%20` or `+`. */
function urlForms(text: string): readonly string[] {
  const upper = percentEncoded(text);
  if (upper === text) return [];
  return [upper, upper.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase()), upper.replaceAll("%20", "+")];
}

function percentEncoded(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    // Why: half of a surrogate pair has no form in a URL.
    return text;
  }
}

/** The parts of the base64 text of anything that holds the value which depend on the value alone, for each of the three places it may start at. */
function base64Forms(value: string): readonly string[] {
  const bytes = new TextEncoder().encode(value);
  const forms = [0, 1, 2].map((before) => {
    const padded = new Uint8Array(before + bytes.length);
    padded.set(bytes, before);
    const first = Math.ceil((before * 8) / 6);
    const last = Math.floor(((before + bytes.length) * 8) / 6);
    return base64(padded).slice(first, last);
  });
  return [...forms, ...forms.map((form) => form.replaceAll("+", "-").replaceAll("/", "_"))];
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

function base64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    for (let shift = 18; shift >= 0; shift -= 6) text += alphabet[(group >> shift) & 63] ?? "";
  }
  return text;
}
