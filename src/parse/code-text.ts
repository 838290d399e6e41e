import type { FenceBlock, IndentedCodeBlock } from "./block.ts";
import type { Span } from "#model/source";

/** The text of a code block as CommonMark gives it, and the way back into the document. */
export interface CodeText {
  /** Content lines without container prefixes and indentation, each ended by `\n`; empty for a block without lines. */
  readonly text: string;
  /** The document offset of an offset in `text`; the end of the text gives the end of the last line. */
  toDocument(offset: number): number;
}

/** The text of a fence or of indented code. Blank lines at the end of indented code are no part of it. */
export function codeOf(text: string, block: FenceBlock | IndentedCodeBlock): CodeText {
  const { lines } = block;
  const plain = block.kind === "fence" ? plainCodeOf(text, lines) : undefined;
  if (plain !== undefined) return plain;
  const paddings = paddingsOf(block);
  const starts: number[] = [];
  const parts: string[] = [];
  let length = 0;
  const count = block.kind === "fence" ? lines.length : filledLines(text, lines);
  for (let index = 0; index < count; index++) {
    const line = lines[index] as Span;
    const part = `${" ".repeat(paddings[index] ?? 0)}${text.slice(line.start, line.end)}\n`;
    starts.push(length);
    parts.push(part);
    length += part.length;
  }
  return {
    text: parts.join(""),
    toDocument: (offset) => toDocument(offset, starts, lines, paddings, block),
  };
}

/** Why: most code stands in its document as it is, line after line, and needs neither to be joined nor mapped. */
function plainCodeOf(text: string, lines: readonly Span[]): CodeText | undefined {
  const first = lines[0];
  const last = lines.at(-1);
  if (first === undefined || last === undefined || text[first.start - 1] !== "\n") return undefined;
  let next = first.start;
  for (const { start, end } of lines) {
    if (start !== next) return undefined;
    next = end + 1;
  }
  const code = text.slice(first.start, last.end);
  if (code.includes("\r")) return undefined;
  return { text: `${code}\n`, toDocument: (offset) => Math.min(first.start + Math.max(0, offset), last.end) };
}

function paddingsOf(block: FenceBlock | IndentedCodeBlock): readonly number[] {
  return "paddings" in block ? (block.paddings as readonly number[]) : [];
}

function filledLines(text: string, lines: readonly Span[]): number {
  let count = lines.length;
  while (count > 0 && isEmpty(text, lines[count - 1] as Span)) count--;
  return count;
}

function isEmpty(text: string, line: Span): boolean {
  return text.slice(line.start, line.end).trim() === "";
}

function toDocument(
  offset: number,
  starts: readonly number[],
  lines: readonly Span[],
  paddings: readonly number[],
  block: Span,
): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  const line = lines[low];
  if (line === undefined) return block.end;
  const inside = offset - (starts[low] ?? 0) - (paddings[low] ?? 0);
  return Math.min(line.start + Math.max(0, inside), line.end);
}
