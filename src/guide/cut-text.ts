/** Texts cut to a size, and whether anything was left out. */
export interface CutTexts {
  readonly texts: readonly string[];
  readonly cut: boolean;
}

/** Fewest bytes in which a cut text still says something. */
const smallest = 24;

/** Bytes a text takes in a JSON list, its quotes and comma included. */
export function sizeOf(text: string): number {
  return new TextEncoder().encode(JSON.stringify(text)).length + 1;
}

/** Bytes that all texts of a list take. */
export function sizeOfAll(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + sizeOf(text), 0);
}

/** Divides bytes among needs: nobody gets more than needed, and what one leaves over the others share by weight. */
export function divide(
  bytes: number,
  needs: readonly { readonly need: number; readonly weight: number }[],
): readonly number[] {
  const given = needs.map(() => 0);
  let open = needs.map((_, index) => index);
  let rest = Math.max(0, bytes);
  while (open.length > 0) {
    const weight = open.reduce((sum, index) => sum + (needs[index]?.weight ?? 0), 0);
    const share = (index: number): number => Math.floor((rest * (needs[index]?.weight ?? 0)) / weight);
    const content = open.filter((index) => (needs[index]?.need ?? 0) <= share(index));
    for (const index of content.length > 0 ? content : open) {
      given[index] = content.length > 0 ? (needs[index]?.need ?? 0) : share(index);
    }
    if (content.length === 0) break;
    rest -= content.reduce((sum, index) => sum + (given[index] ?? 0), 0);
    open = open.filter((index) => !content.includes(index));
  }
  return given;
}

/** As many texts of a list, from its start, as fit; one that would take more than a third of the room alone is cut itself. */
export function cutList(texts: readonly string[], bytes: number): CutTexts {
  if (sizeOfAll(texts) <= bytes) return { texts, cut: false };
  const short = texts.map((text) => cutText(text, Math.max(smallest, bytes / 3)));
  let used = 0;
  const end = short.findIndex((text) => (used += sizeOf(text)) > bytes);
  return { texts: end < 0 ? short : short.slice(0, end), cut: true };
}

/** Each text of a list cut to its part of the bytes; texts at the end for which nothing is left are dropped. */
export function cutEach(texts: readonly string[], bytes: number): CutTexts {
  const kept = texts.slice(0, Math.max(1, Math.floor(bytes / smallest)));
  const shares = divide(
    bytes,
    kept.map((text) => ({ need: sizeOf(text), weight: 1 })),
  );
  const cut = kept.map((text, index) => cutText(text, shares[index] ?? 0));
  return {
    texts: cut.filter((text, index) => text !== "" || texts[index] === ""),
    cut: cut.some((text, index) => text !== texts[index]) || kept.length < texts.length,
  };
}

/** A text of at most so many bytes as JSON, cut at line borders with the count of lines left out; empty when nothing fits. */
export function cutText(text: string, bytes: number): string {
  if (sizeOf(text) <= bytes) return text;
  const lines = text.split("\n");
  const room = bytes - sizeOf(`\n… ${lines.length} more lines`);
  let kept = 0;
  for (let used = 0; kept < lines.length; kept++) {
    used += sizeOf(lines[kept] ?? "") - 1;
    if (used > room) break;
  }
  if (kept > 0) return [...lines.slice(0, kept), `… ${lines.length - kept} more lines`].join("\n");
  return cutLine(lines[0] ?? "", bytes);
}

/** The beginning of a line with an ellipsis, in whole characters. */
function cutLine(line: string, bytes: number): string {
  let end = 0;
  for (let used = sizeOf("…"); end < line.length; ) {
    const char = String.fromCodePoint(line.codePointAt(end) ?? 0);
    used += sizeOf(char) - 3;
    if (used > bytes) break;
    end += char.length;
  }
  return end === 0 ? "" : `${line.slice(0, end)}…`;
}
