import type { Plan } from "#model/plan";
import type { Source, Span } from "#model/source";

/** The document's text, same length, with everything blanked that is not prose: front matter, fences, comments. */
export function proseOf(source: Source, plan: Plan): string {
  const spans: Span[] = plan.blocks.map((block) => offsets(block.range));
  if (plan.frontMatter !== undefined) spans.push(offsets(plan.frontMatter.range));
  return maskComments(maskSpans(source.text, spans));
}

/** Prose with code spans blanked too: what a reader takes as words. */
export function wordsOf(source: Source, plan: Plan): string {
  return proseOf(source, plan).replace(/`[^`\n]+`/g, (code) => blank(code));
}

function maskComments(text: string): string {
  const spans: Span[] = [];
  for (let start = text.indexOf("<!--"); start >= 0; ) {
    const close = text.indexOf("-->", start + 4);
    const end = close < 0 ? text.length : close + 3;
    spans.push({ start, end });
    start = text.indexOf("<!--", end);
  }
  return maskSpans(text, spans);
}

function maskSpans(text: string, spans: readonly Span[]): string {
  const ordered = [...spans].sort((a, b) => a.start - b.start);
  const pieces: string[] = [];
  let from = 0;
  for (const span of ordered) {
    if (span.end <= from) continue;
    const start = Math.max(from, span.start);
    pieces.push(text.slice(from, start), blank(text.slice(start, span.end)));
    from = span.end;
  }
  pieces.push(text.slice(from));
  return pieces.join("");
}

function blank(text: string): string {
  return text.replace(/[^\n\r]/g, " ");
}

function offsets(range: {
  readonly start: { readonly offset: number };
  readonly end: { readonly offset: number };
}): Span {
  return { start: range.start.offset, end: range.end.offset };
}
