import { escapeControls } from "#render/escape";
import type { CommandOutcome } from "#session/command";
import { fitValue, sizeOf } from "./fit-value.ts";

/** Most tokens of one answer: its text and its data together. */
export const answerTokens = 5000;

const bytesPerToken = 3;
const textBytes = 3000 * bytesPerToken;
const dataBytes = (answerTokens - 3100) * bytesPerToken;

/** Tokens of a text, estimated high: three bytes each. */
export function tokensOf(text: string): number {
  return Math.ceil(sizeOf(text) / bytesPerToken);
}

/** The text of an outcome in pages, each within the bound, cut at line ends where there are any. */
export function pagesOf(outcome: CommandOutcome): readonly string[] {
  const text = escapeControls(outcome.page(), { keepLines: true });
  const pages: string[] = [];
  let [page, bytes] = ["", 0];
  for (const line of text.split(/(?<=\n)/).flatMap(pieces)) {
    const more = sizeOf(line);
    if (page !== "" && bytes + more > textBytes) {
      pages.push(page);
      [page, bytes] = ["", 0];
    }
    page += line;
    bytes += more;
  }
  return page === "" && pages.length > 0 ? pages : [...pages, page];
}

/** A line no longer than a page. */
function pieces(line: string): readonly string[] {
  if (sizeOf(line) <= textBytes) return [line];
  const length = Math.floor(textBytes / 3);
  return Array.from({ length: Math.ceil(line.length / length) }, (_, index) =>
    line.slice(index * length, (index + 1) * length),
  );
}

/** What a tool answers: a page of text, and the data as far as it has room. */
export interface ToolAnswer {
  readonly [key: string]: unknown;
  readonly content: { readonly type: "text"; readonly text: string }[];
  readonly structuredContent: Record<string, unknown>;
}

/** One page of an outcome, of which all are given. Throws RangeError when there is no such page. */
export function answerOf(outcome: CommandOutcome, pages: readonly string[], page: number): ToolAnswer {
  const text = pages[page - 1];
  if (text === undefined) throw new RangeError(`There is no page ${page}; there are ${pages.length}.`);
  const whole = { data: outcome.data, findings: outcome.findings ?? [] };
  const { value, omitted } = page === 1 ? fitValue(whole, dataBytes) : { value: {}, omitted: {} };
  const place = { ok: outcome.exitCode === 0, exitCode: outcome.exitCode, page, pages: pages.length };
  const more =
    page < pages.length ? `\n(page ${page} of ${pages.length}; the same call with page=${page + 1} goes on)` : "";
  return {
    content: [{ type: "text", text: `${text}${more}` }],
    structuredContent: {
      ...place,
      ...(value as Record<string, unknown>),
      ...(Object.keys(omitted).length > 0 ? { omitted } : {}),
    },
  };
}
