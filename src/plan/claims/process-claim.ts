import type { ClaimPattern } from "./claim-scene.ts";
import { normalCommand } from "./planned-runs.ts";

const running =
  /^(?:the )?(?:process |service |server |command )?\x60([^\x60]{1,200})\x60 (?:process )?(?:is |keeps |stays |still )*(?:running|alive|up)(?: in the background)?$/i;

/** `` `node server.js` is running ``, where the plan starts that very command in the background. */
export const processClaim: ClaimPattern = {
  name: "process",
  isCued: (text) => /running|alive|\bup\b/i.test(text),
  fit(text, { plan }) {
    const command = running.exec(text)?.[1];
    if (command === undefined) return undefined;
    const known = plan.services.some((line) => normalCommand(line) === normalCommand(command));
    return known ? { claims: [{ kind: "process", command }], why: "the plan starts it in the background" } : undefined;
  },
};
