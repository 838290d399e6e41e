import type { PlainValue } from "#model/claim";
import { type ClaimForm, quotedIfNeeded } from "./claim-form.ts";

const form = /^(?:"([^"]+)"|'([^']+)'|(\S+))\s+in\s+(?:"([^"]+)"|'([^']+)'|(\S+))(?:\s+(absent)|\s*=\s*([^]+))?$/;

/** `value server.port in config.json = 8080`, `value scripts.test in package.json`, `value debug in app.yaml absent`. */
export const valueForm: ClaimForm<"value"> = {
  words: ["value"],
  example: "value KEY in PATH = VALUE",
  read(rest) {
    const match = form.exec(rest);
    if (match === null) return "value is written: value server.port in config.json = 8080";
    const key = match[1] ?? match[2] ?? match[3] ?? "";
    const path = match[4] ?? match[5] ?? match[6] ?? "";
    if (match[8] !== undefined) return { kind: "value", path, key, expect: "equal", value: plainValue(match[8]) };
    return { kind: "value", path, key, expect: match[7] === undefined ? "present" : "absent" };
  },
  write({ path, key, expect, value }) {
    const behind = expect === "equal" ? ` = ${writeValue(value ?? null)}` : expect === "absent" ? " absent" : "";
    return `value ${quotedIfNeeded(key)} in ${quotedIfNeeded(path)}${behind}`;
  },
};

const words: Readonly<Record<string, PlainValue>> = { true: true, false: false, null: null };

/** A value as JSON writes it; a text between quotes, or what is neither number nor word, is a text. */
export function plainValue(written: string): PlainValue {
  const text = written.trim();
  const inner = /^(["'])([^]*)\1$/.exec(text)?.[2];
  if (inner !== undefined) return inner;
  if (Object.hasOwn(words, text)) return words[text] ?? null;
  return /^-?\d{1,15}(?:\.\d{1,9})?$/.test(text) ? Number(text) : text;
}

function writeValue(value: PlainValue): string {
  if (typeof value !== "string") return String(value);
  return value.includes('"') ? `'${value}'` : `"${value}"`;
}
