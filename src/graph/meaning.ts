import { isMarkdownPath } from "#model/source";
import { type DocumentTrace, mentionColumn, mentionKind, mentionWidth, tagColumn, tagWidth } from "#model/trace";
import type { NodeExtent } from "./extent.ts";

/** Rows and lines that say how far a document is, not what it demands. */
const standing =
  /^[\s|>*-]*(?:\*\*|[`"'])?(?:status|version|revision|date|created|(?:last[ _])?(?:updated|modified)|actual[ _]effort)(?:\*\*|[`"'])?\s*(?:\||:)/iu;
const box = /^(\s*(?:[-*+]|\d+[.)])\s+)\[[^\]\n]{1,3}\](?=\s)/u;
const letters = /[\p{L}\p{N}]/u;

/**
 * What stretches of a document mean, to be compared: without front matter, tags, lists of sources and of what follows, boxes, states
 * and dates of the document, and with every run of blanks as one. Two texts with the same meaning demand the same.
 */
export class Meanings {
  readonly #text: string;
  readonly #start: number;
  readonly #cuts: readonly Cut[];

  constructor(trace: DocumentTrace, text: string) {
    this.#text = text;
    this.#start = isMarkdownPath(trace.path) ? endOfFrontMatter(text) : 0;
    this.#cuts = joined([...tagSpans(trace), ...listedSpans(trace, text)]);
  }

  /** The meaning of one stretch. */
  of(extent: Pick<NodeExtent, "start" | "end">): string {
    const text = this.#text;
    const end = Math.min(extent.end, text.length);
    const said: string[] = [];
    let at = Math.max(extent.start, this.#start);
    for (let next = this.#firstCut(at); at < end; ) {
      const lineEnd = endOfLine(text, at, end);
      while ((this.#cuts[next]?.end ?? Number.POSITIVE_INFINITY) <= at) next++;
      const line = withoutCuts(text, at, lineEnd, this.#cuts, next);
      if (letters.test(line) && !standing.test(line)) said.push(line.replace(box, "$1").replace(/\s+/gu, " ").trim());
      at = lineEnd + 1;
    }
    return said.join(" ");
  }

  /** Why: a document may define thousands of elements, each asked for. */
  #firstCut(at: number): number {
    let [low, high] = [0, this.#cuts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#cuts[middle]?.end ?? 0) <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

interface Cut {
  readonly start: number;
  readonly end: number;
}

/** Cuts in order, none overlapping. */
function joined(cuts: readonly Cut[]): readonly Cut[] {
  const found: { start: number; end: number }[] = [];
  for (const { start, end } of [...cuts].sort((a, b) => a.start - b.start)) {
    const last = found.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else found.push({ start, end });
  }
  return found;
}

/** Every tag with the sign before its name; tags that only continue one begin at its name too. */
function tagSpans({ tags }: DocumentTrace): readonly Cut[] {
  return Array.from({ length: tags.length / tagWidth }, (_, row) => ({
    start: Math.max(0, (tags[row * tagWidth + tagColumn.nameStart] ?? 0) - 1),
    end: tags[row * tagWidth + tagColumn.end] ?? 0,
  }));
}

/** Why: what follows from a document is listed in it by a fix, and changes nothing of what it demands. */
function listedSpans({ mentions }: DocumentTrace, text: string): readonly Cut[] {
  const spans: Cut[] = [];
  for (let at = 0; at < mentions.length; at += mentionWidth) {
    if (mentions[at + mentionColumn.kind] === mentionKind.elsewhere) continue;
    const start = mentions[at + mentionColumn.start] ?? 0;
    const from = text.lastIndexOf("\n", start - 1) + 1;
    spans.push({ start: from, end: endOfLine(text, start, text.length) });
  }
  return spans;
}

function withoutCuts(text: string, start: number, end: number, cuts: readonly Cut[], from: number): string {
  let kept = "";
  let at = start;
  for (let index = from; index < cuts.length; index++) {
    const cut = cuts[index];
    if (cut === undefined || cut.start >= end) break;
    if (cut.start > at) kept += text.slice(at, cut.start);
    at = Math.max(at, cut.end);
  }
  return at < end ? kept + text.slice(at, end) : kept;
}

function endOfLine(text: string, from: number, end: number): number {
  const found = text.indexOf("\n", from);
  return found < 0 || found > end ? end : found;
}

function endOfFrontMatter(text: string): number {
  const open = /^\uFEFF?---[ \t]*\r?\n/u.exec(text)?.[0].length;
  if (open === undefined) return 0;
  const close = text.indexOf("\n---", open - 1);
  return close < 0 ? 0 : endOfLine(text, close + 1, text.length);
}
