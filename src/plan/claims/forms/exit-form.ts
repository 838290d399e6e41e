import { type ClaimForm, quoted } from "./claim-form.ts";

const form = /^(?:of\s+)?(?:"([^"]+)"|'([^']+)'|(\S+))\s+(?:=\s*(\d{1,3})|(fails))$/;

/** `exit "bash deploy.sh --dry" = 0`, `exit "node bad.js" fails`. */
export const exitForm: ClaimForm<"exit"> = {
  words: ["exit"],
  example: 'exit "COMMAND" = N',
  read(rest) {
    const match = form.exec(rest);
    if (match === null) return 'exit is written: exit "node check.js" = 0 or exit "node check.js" fails';
    const command = match[1] ?? match[2] ?? match[3] ?? "";
    return { kind: "exit", command, status: match[5] === undefined ? Number(match[4]) : "failure" };
  },
  write: ({ command, status }) => `exit ${quoted(command)} ${status === "failure" ? "fails" : `= ${status}`}`,
};
