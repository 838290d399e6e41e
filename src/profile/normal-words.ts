import { isBeyondAscii } from "#model/beyond-ascii";

const plainStart = /[A-Za-z0-9]/;
const plainEnd = /[^\w\s&/'-]/;
const wordStart = /[\p{L}\p{N}]/u;
const wordEnd = /[^\p{L}\p{N}\s&/'’_-]/u;

/**
 * The words of a heading, field name or status, ready to compare: lower case, single blanks, without leading number (`5.1`),
 * glyph or mark, and without what follows the words (`(8 hours)`, `: …`, a glyph).
 */
export function normalWords(text: string): string {
  const unnumbered = text.replace(/^[\s*`#]*\d+(?:\.\d+)*\.?\s+/u, "");
  const isPlain = !isBeyondAscii(unnumbered);
  const start = unnumbered.search(isPlain ? plainStart : wordStart);
  if (start < 0) return "";
  const rest = unnumbered.slice(start);
  const end = rest.search(isPlain ? plainEnd : wordEnd);
  const words = end < 0 ? rest : rest.slice(0, end);
  return words
    .replace(/[\s_-]+/gu, " ")
    .trim()
    .toLowerCase();
}
