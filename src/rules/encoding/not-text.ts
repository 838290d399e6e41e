import { defineRule, type Rule } from "../rule.ts";

/** Bytes looked at for a NUL. */
const looked = 8000;

/** The file is UTF-8 text, not UTF-16 and not binary. */
export const notText: Rule = defineRule({
  code: "encoding/not-text",
  severity: "error",
  title: "Not UTF-8 text",
  summary: "A document is UTF-8 text: no UTF-16, no NUL bytes.",
  needs: [],
  voids: true,
  check({ source }, report) {
    // Why: in UTF-8 NUL is the only byte that is 0, and none is 0xfe or 0xff; most documents need not be made bytes again.
    if (source.undecodable.length === 0 && !source.text.includes("\0")) return;
    const { bytes } = source;
    const wide = wideName(bytes);
    if (wide !== undefined) {
      report({
        message: `The file is ${wide}. Save it as UTF-8, for example with iconv -f ${wide} -t UTF-8.`,
        at: { start: 0, end: 0 },
      });
      return;
    }
    const at = bytes.subarray(0, looked).indexOf(0);
    if (at < 0) return;
    report({
      message: `The file is binary: byte ${at} is NUL. Remove it from the documents or ignore it in the config.`,
      at: { start: 0, end: 0 },
    });
  },
});

function wideName(bytes: Uint8Array): string | undefined {
  const [first, second, third, fourth] = bytes;
  if (first === 0xff && second === 0xfe) return "UTF-16LE";
  if (first === 0xfe && second === 0xff) return "UTF-16BE";
  if (bytes.length < 4 || bytes.length % 2 !== 0) return undefined;
  if (first !== 0 && second === 0 && third !== 0 && fourth === 0) return "UTF-16LE";
  if (first === 0 && second !== 0 && third === 0 && fourth !== 0) return "UTF-16BE";
  return undefined;
}
