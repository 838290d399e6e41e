import { defineRule, type Rule } from "../rule.ts";

/** A document does not begin with a byte order mark. */
export const byteOrderMark: Rule = defineRule({
  code: "encoding/byte-order-mark",
  severity: "info",
  title: "Byte order mark",
  summary: "A document does not begin with a byte order mark.",
  needs: [],
  check({ source }, report) {
    if (!source.hasBom) return;
    report({
      message: "The file begins with a byte order mark, which some tools read as text. Save it as UTF-8 without one.",
      at: { start: 0, end: 1 },
    });
  },
});
