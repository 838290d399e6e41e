import type { Plan } from "#model/plan";
import type { Source, Span } from "#model/source";

interface MaskedText {
  readonly prose: string;
  words?: string;
}

// Why: several rules read the prose of one plan, and masking it costs more than each of them.
const masked = new WeakMap<Plan, MaskedText>();

/** The document's text, same length, with everything blanked that is not prose: front matter, fences, comments. */
export function proseOf(source: Source, plan: Plan): string {
  return maskedOf(source, plan).prose;
}

/** Prose with code spans blanked too: what a reader takes as words. */
export function wordsOf(source: Source, plan: Plan): string {
  const text = maskedOf(source, plan);
  text.words ??= text.prose.replace(/`[^`\n]+`/g, (code) => blank(code));
  return text.words;
}

function maskedOf(source: Source, plan: Plan): MaskedText {
  let text = masked.get(plan);
  if (text === undefined) {
    text = { prose: maskAll(source, plan) };
    masked.set(plan, text);
  }
  return text;
}

function maskAll(source: Source, plan: Plan): string {
  const spans: Span[] = plan.blocks.map((block) => offsets(block.range));
  if (plan.frontMatter !== undefined) spans.push(offsets(plan.frontMatter.range));
  return maskComments(maskSpans(source.text, spans));
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

/** Blanks of the same length; line ends stay. */
function blank(text: string): string {
  return text
    .split("\n")
    .map((line) => (line.endsWith("\r") ? `${" ".repeat(line.length - 1)}\r` : " ".repeat(line.length)))
    .join("\n");
}

function offsets(range: {
  readonly start: { readonly offset: number };
  readonly end: { readonly offset: number };
}): Span {
  return { start: range.start.offset, end: range.end.offset };
}
