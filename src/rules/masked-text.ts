import { keptWith } from "#model/lazily";
import type { Plan } from "#model/plan";
import type { Source, Span } from "#model/source";
import type { MarkdownFacts } from "./facts.ts";

interface MaskedText {
  readonly prose: string;
  words?: string;
}

// Why: several rules read the prose of one plan, and masking it costs more than each of them.
const masked = keptWith<Plan, MaskedText>();

/** The document's text, same length, with everything blanked that is not prose: front matter, fences, comments. */
export function proseOf(source: Source, plan: Plan): string {
  return maskedOf(source, plan).prose;
}

/** Prose with code spans blanked too: what a reader takes as words. */
export function wordsOf(source: Source, plan: Plan): string {
  const text = maskedOf(source, plan);
  text.words ??= withoutCode(text.prose);
  return text.words;
}

/** The same of a Markdown document that is no plan. */
export function wordsOfMarkdown(source: Source, { fences }: MarkdownFacts): string {
  const spans: Span[] = [...fences];
  const end = source.text.startsWith("---\n") ? source.text.indexOf("\n---", 3) : -1;
  if (end > 0) spans.push({ start: 0, end: end + 4 });
  return withoutCode(maskComments(maskSpans(source.text, spans)));
}

/** The words of a YAML document: its comments and the brackets of its lists are blanked. */
export function wordsOfYaml(text: string): string {
  return text.replace(/"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|(?<![^\s])#[^\n]*|\[/g, (piece) =>
    /^["']/.test(piece) ? piece : blank(piece),
  );
}

/** The words of a feature file: comments, tables, quoted texts and the signs of parameters are blanked. */
export function wordsOfFeature(text: string): string {
  let quotes: string | undefined;
  const lines = text.split("\n").map((line) => {
    const mark = /^\s*("""|```|#|\|)/.exec(line)?.[1];
    const wasQuoted = quotes !== undefined;
    if (mark === '"""' || mark === "```") quotes = quotes === undefined ? mark : quotes === mark ? undefined : quotes;
    return wasQuoted || mark !== undefined ? blank(line) : line.replace(/</g, " ");
  });
  return lines.join("\n");
}

function withoutCode(prose: string): string {
  return prose.includes("`") ? prose.replace(/`[^`\n]+`/g, (code) => blank(code)) : prose;
}

function maskedOf(source: Source, plan: Plan): MaskedText {
  let text = masked.of(plan);
  if (text === undefined) {
    text = { prose: maskAll(source, plan) };
    masked.keep(plan, text);
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
