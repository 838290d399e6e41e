import type { ClaimPattern } from "./claim-scene.ts";

const ticked = String.raw`\x60\$?\{?([A-Za-z_]\w{0,80})\}?\x60`;
const bare = String.raw`\$?([A-Z][A-Z0-9]{0,60}(?:_[A-Z0-9]{1,60})+)`;
const state = String.raw`(?:is|are|has been|gets)? ?(set|exported|defined|unset|not set|not defined|undefined)`;
const single = new RegExp(
  String.raw`^(?:the )?(?:environment )?(?:variables? )?(?:${ticked}|${bare})(?: environment variable| variable)? ${state}(?: in the (?:environment|shell))?$`,
  "i",
);
const names = new RegExp(
  String.raw`^(?:the )?(?:environment )?variables (.{3,300}?) (?:are )?(set|exported|defined)$`,
  "i",
);

/** `` `DATABASE_URL` is set ``; the value is never looked at. */
export const variableClaim: ClaimPattern = {
  name: "variable",
  isCued: (text) => /set|export|defined/i.test(text),
  fit(text) {
    const match = single.exec(text);
    const name = match?.[1] ?? match?.[2];
    if (match !== null && name !== undefined) {
      // Why: without the word, a name in small letters in backticks may be a key, a flag or a function.
      if (!/^[A-Z][A-Z0-9_]*$/.test(name) && !/variable/i.test(text)) return undefined;
      const expect = /^(?:un|not)/i.test(match[3] ?? "") ? "unset" : "set";
      return { claims: [{ kind: "variable", name, expect }], why: "it names a variable of the environment" };
    }
    const listed = names
      .exec(text)?.[1]
      ?.split(/,\s*(?:and\s+)?|\s+and\s+/)
      .map((word) => word.replace(/[`$]/g, "").trim());
    if (listed === undefined || !listed.every((each) => /^[A-Za-z_]\w{0,80}$/.test(each))) return undefined;
    const claims = listed.map((each) => ({ kind: "variable", name: each, expect: "set" }) as const);
    return { claims, why: "it names variables of the environment" };
  },
};
