import { defineRule, type Rule } from "../rule.ts";

/** No text was decoded with a wrong encoding and saved again. */
export const wronglyDecoded: Rule = defineRule({
  code: "encoding/wrongly-decoded",
  severity: "error",
  title: "Wrongly decoded text",
  summary: "No text was read with the wrong encoding and saved again.",
  needs: ["wounds"],
  check({ source, wounds }, report) {
    for (const wound of wounds) {
      const expected = source.text.slice(wound.start, wound.end);
      report({
        message: `"${expected}" is "${wound.healed}" read as ${wound.takenFor}. Heal it with check --fix.`,
        at: wound,
        cause: `wrongly-decoded:${wound.takenFor}`,
        fix: {
          title: `Heal text read as ${wound.takenFor}`,
          edits: [{ start: wound.start, end: wound.end, text: wound.healed, expected }],
        },
      });
    }
  },
});
