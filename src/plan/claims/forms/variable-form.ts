import type { ClaimForm } from "./claim-form.ts";

/** `variable DATABASE_URL set`. */
export const variableForm: ClaimForm<"variable"> = {
  words: ["variable"],
  example: "variable NAME set",
  read(rest) {
    const match = /^([A-Za-z_]\w*)\s+(set|unset)$/.exec(rest);
    return match === null
      ? "variable is written: variable DATABASE_URL set or variable DATABASE_URL unset"
      : { kind: "variable", name: match[1] ?? "", expect: match[2] as "set" | "unset" };
  },
  write: ({ name, expect }) => `variable ${name} ${expect}`,
};
