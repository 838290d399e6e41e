import { type ClaimForm, quoted, quotedIfNeeded, unquoted } from "./claim-form.ts";
import { readSlashed } from "./output-form.ts";

const form = /^(?:"([^"]+)"|'([^']+)'|(\S+))\s+(contains|lacks|matches)\s+([^]+)$/;

/** `content README.md contains "Usage"`, `content src/ lacks "console.log"`. */
export const contentForm: ClaimForm<"content"> = {
  words: ["content"],
  example: 'content PATH contains "TEXT"',
  read(rest) {
    const match = form.exec(rest);
    if (match === null)
      return 'content is written: content README.md contains "Usage", with contains, lacks or matches';
    const [, double, single, bare, verb, value = ""] = match;
    const path = double ?? single ?? bare ?? "";
    if (verb !== "matches") {
      const expect = verb === "lacks" ? "absent" : "present";
      return { kind: "content", path, text: unquoted(value), form: "literal", expect };
    }
    const slashed = readSlashed(value, "content PATH");
    if (typeof slashed === "string") return slashed;
    return { kind: "content", path, text: slashed.pattern, form: "regex", expect: "present" };
  },
  write: ({ path, text, form: as, expect }) =>
    as === "regex"
      ? `content ${quotedIfNeeded(path)} matches /${text}/`
      : `content ${quotedIfNeeded(path)} ${expect === "absent" ? "lacks" : "contains"} ${quoted(text)}`,
};
