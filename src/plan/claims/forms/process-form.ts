import { type ClaimForm, quoted, unquoted } from "./claim-form.ts";

/** `process "node server.js" running`. */
export const processForm: ClaimForm<"process"> = {
  words: ["process"],
  example: 'process "COMMAND" running',
  read(rest) {
    const match = /^([^]+?)\s+running$/.exec(rest);
    return match === null
      ? 'process is written: process "node server.js" running'
      : { kind: "process", command: unquoted(match[1] ?? "") };
  },
  write: ({ command }) => `process ${quoted(command)} running`,
};
