import { isLinearPattern } from "../linear-pattern.ts";
import { type ClaimForm, quoted, unquoted } from "./claim-form.ts";

const form = /^(?:of\s+(?:"([^"]+)"|'([^']+)')\s+)?(contains|lacks|matches)\s+([^]+)$/;
const broken =
  "the pattern uses what cannot be matched in linear time (look-around, back references, nested repetition) or is broken";

/** The pattern between slashes, or what is wrong with it. */
export function readSlashed(value: string, word: string): { readonly pattern: string } | string {
  const pattern = /^\/([^]+)\/$/.exec(value)?.[1];
  if (pattern === undefined) return `a pattern stands between slashes: ${word} matches /[0-9]+ passed/`;
  return isLinearPattern(pattern) ? { pattern } : broken;
}

/** `output contains "ready"`, `output of "npm test" matches /[0-9]+ passed/`. */
export const outputForm: ClaimForm<"output"> = {
  words: ["output"],
  example: 'output contains "TEXT", output matches /PATTERN/',
  read(rest) {
    const match = form.exec(rest);
    if (match === null)
      return 'output is written: output contains "TEXT", output lacks "TEXT" or output matches /PATTERN/';
    const [, double, single, verb, value = ""] = match;
    const command = double ?? single;
    const own = command === undefined ? {} : { command };
    if (verb === "lacks" && value.startsWith("/")) {
      const lacked = readSlashed(value, "output");
      if (typeof lacked === "string") return lacked;
      return { kind: "output", text: lacked.pattern, form: "regex", expect: "absent", ...own };
    }
    if (verb !== "matches") {
      const expect = verb === "lacks" ? "absent" : "present";
      return { kind: "output", text: unquoted(value), form: "literal", expect, ...own };
    }
    const slashed = readSlashed(value, "output");
    if (typeof slashed === "string") return slashed;
    return { kind: "output", text: slashed.pattern, form: "regex", expect: "present", ...own };
  },
  write({ command, form: as, text, expect }) {
    const of = command === undefined ? "" : `of '${command}' `;
    return as === "regex"
      ? `output ${of}${expect === "absent" ? "lacks" : "matches"} /${text}/`
      : `output ${of}${expect === "absent" ? "lacks" : "contains"} ${quoted(text)}`;
  },
};
