import { type ClaimForm, quotedIfNeeded, unquoted } from "./claim-form.ts";

/** `defines greet in src/greet.js`. */
export const definitionForm: ClaimForm<"definition"> = {
  words: ["defines"],
  example: "defines NAME in PATH",
  read(rest) {
    const match = /^([A-Za-z_$][\w$]*)\s+in\s+([^]+)$/.exec(rest);
    if (match === null) return "defines is written: defines greet in src/greet.js";
    return { kind: "definition", name: match[1] ?? "", path: unquoted(match[2] ?? "") };
  },
  write: ({ name, path }) => `defines ${name} in ${quotedIfNeeded(path)}`,
};
