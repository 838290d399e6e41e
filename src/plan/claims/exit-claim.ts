import type { ClaimPattern } from "./claim-scene.ts";
import { quotedRun } from "./planned-runs.ts";

const command = String.raw`^(?:running |the command |the script )?\x60([^\x60]{1,200})\x60`;
// Why: short forms that all others begin with, or hold, are asked first; the long ones take a millisecond each to compile.
const beginning = /^(?:running |the command |the script )?\x60/i;
const ending = new RegExp(
  `${command} (?:exits|ends|finishes|completes|returns|terminates)(?: with)?(?: an?)?(?: exit)?(?: code| status)?(?: of)? (\\d{1,3})$`,
  "i",
);
const succeeding = new RegExp(
  `${command} (?:succeeds|passes|exits clean(?:ly)?|runs? (?:successfully|cleanly|clean|through|without (?:any )?errors?)|(?:completes|finishes|ends|exits) (?:successfully|cleanly|without (?:any )?errors?))$`,
  "i",
);
const failing = new RegExp(
  `${command} (?:fails|exits (?:with )?(?:an? )?non-?zero(?: (?:code|status))?|(?:is|gets) rejected)$`,
  "i",
);

/** `` `node check.js` exits with 0 ``, where the plan runs that very command. */
export const exitClaim: ClaimPattern = {
  name: "exit",
  isCued: (text) =>
    text.includes("`") && /exit|end|finish|complet|return|terminat|succeed|pass|run|fail|reject/i.test(text),
  fit(text, scene) {
    if (!beginning.test(text)) return undefined;
    const match = ending.exec(text) ?? succeeding.exec(text) ?? failing.exec(text);
    const run = match === null ? undefined : quotedRun(match[1] ?? "", scene);
    if (match === null || run === undefined) return undefined;
    const status = match[2] === undefined ? (failing.test(text) ? "failure" : 0) : Number(match[2]);
    return { claims: [{ kind: "exit", command: run.text, status }], why: "the plan runs that very command" };
  },
};
