import { durationForm as unitForm, durationOf, writeDuration } from "../amounts.ts";
import { signForm, signs } from "../comparison.ts";
import { type ClaimForm, quoted } from "./claim-form.ts";

const form = new RegExp(
  String.raw`^(?:of\s+)?(?:"([^"]+)"|'([^']+)'|(\S+))\s*${signForm}\s*(\d{1,9}(?:\.\d{1,6})?)\s*${unitForm}$`,
);

/** `duration "npm test" < 30 s`. */
export const durationForm: ClaimForm<"duration"> = {
  words: ["duration"],
  example: 'duration "COMMAND" < 5 s',
  read(rest) {
    const match = form.exec(rest);
    const unit = durationOf(match?.[6] ?? "");
    if (match === null || unit === undefined) return 'duration is written: duration "npm test" < 30 s';
    const command = match[1] ?? match[2] ?? match[3] ?? "";
    return { kind: "duration", command, operator: signs[match[4] ?? ""] ?? "<", ms: Number(match[5]) * unit };
  },
  write: ({ command, operator, ms }) => `duration ${quoted(command)} ${operator} ${writeDuration(ms)}`,
};
