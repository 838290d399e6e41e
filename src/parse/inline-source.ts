import type { Span } from "#model/source";

/** What inline reading reads: one stretch of the document, or the lines of a paragraph without their prefixes. */
export type InlineText = Span | readonly Span[];

/** The text to read, its lines joined with `\n`, and the way back into the document. */
export class InlineSource {
  readonly text: string;
  readonly #lines: readonly Span[];
  readonly #starts: number[] = [];

  constructor(document: string, where: InlineText) {
    this.#lines = isLines(where) ? where : [where];
    let length = 0;
    const parts: string[] = [];
    for (const line of this.#lines) {
      const part = document.slice(line.start, line.end);
      this.#starts.push(length);
      parts.push(part);
      length += part.length + 1;
    }
    this.text = parts.join("\n");
  }

  /** The document offset of an offset in `text`. */
  offset(at: number): number {
    let low = 0;
    let high = this.#lines.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    const line = this.#lines[low];
    return line === undefined ? 0 : Math.min(line.start + at - (this.#starts[low] ?? 0), line.end);
  }

  /** The offset in `text` of a document offset. */
  place(offset: number): number {
    let low = 0;
    let high = this.#lines.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#lines[middle]?.start ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    const line = this.#lines[low];
    return line === undefined ? 0 : (this.#starts[low] ?? 0) + Math.min(offset, line.end) - line.start;
  }

  /** The document span of a stretch of `text`. */
  span(start: number, end: number): Span {
    return { start: this.offset(start), end: this.offset(end) };
  }
}

function isLines(where: InlineText): where is readonly Span[] {
  return Array.isArray(where);
}
