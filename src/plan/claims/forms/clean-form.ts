import { type ClaimForm, quotedIfNeeded, unquoted } from "./claim-form.ts";

/** `clean eslint`, `clean "npm test"`. */
export const cleanForm: ClaimForm<"clean"> = {
  words: ["clean"],
  example: "clean TOOL",
  read: (rest) => (rest === "" ? "clean wants the name of a tool" : { kind: "clean", tool: unquoted(rest) }),
  write: ({ tool }) => `clean ${quotedIfNeeded(tool)}`,
};
