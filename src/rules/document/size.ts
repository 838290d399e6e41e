import { defineRule, type Rule } from "../rule.ts";

/** A document is small enough for an assistant to read. */
export const size: Rule = defineRule({
  code: "document/size",
  severity: "warning",
  title: "Document size",
  summary: "A document fits into what an assistant can read; the profile grades its size.",
  needs: [],
  check({ document, profile, plan }, report) {
    const tokens = Math.ceil(document.size / profile.sizes.bytesPerToken);
    const passed = profile.sizes.limits.filter((one) => tokens > one.tokens);
    if (passed.length === 0) return;
    const limit = passed.reduce((most, one) => (one.tokens > most.tokens ? one : most));
    const cure = plan === undefined ? "Split it." : "Split it into …_part1_…, …_part2_… files that share the id.";
    report({
      message: `About ${amount(tokens)} tokens, above the limit of ${amount(limit.tokens)}. ${cure}`,
      at: { start: 0, end: 0 },
      severity: limit.severity,
    });
  },
});

/** Why: rounded down, what is above a limit would be told as the limit. */
function amount(tokens: number): string {
  const told = tokens < 10_000 ? tokens : Math.ceil(tokens / 1000) * 1000;
  return tokens < 10_000 ? String(told) : String(told).replace(/\B(?=(?:\d{3})+$)/gu, ",");
}
