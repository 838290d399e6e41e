import { defineRule, type Rule } from "../rule.ts";

/** Every byte is part of well-formed UTF-8. */
export const undecodableBytes: Rule = defineRule({
  code: "encoding/undecodable-bytes",
  severity: "error",
  title: "Bytes that are not UTF-8",
  summary: "Every byte of a document is part of well-formed UTF-8.",
  needs: [],
  check({ source }, report) {
    for (const offset of source.undecodable) {
      const byte = source.bytes[source.byteOffset(offset)] ?? 0;
      const shown = `0x${byte.toString(16).toUpperCase().padStart(2, "0")}`;
      report({
        message: `The byte ${shown} is not UTF-8. Save the file as UTF-8, or write the intended character again.`,
        at: { start: offset, end: offset + 1 },
        cause: "undecodable",
      });
    }
  },
});
