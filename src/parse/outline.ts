import type { Source, Span } from "#model/source";
import type { BlockTape } from "./block-tape.ts";
import { kindNumber, mark } from "./block-tape.ts";
import { woundsOf } from "./encoding.ts";
import { headingContent } from "./leaf-spans.ts";
import { sectionTitle } from "./markdown.ts";
import { Passage } from "./passage.ts";
import { borrowTape } from "./shared-tape.ts";

/** A heading of the document itself, not of a list or quote in it. */
export interface OutlineHeading extends Span {
  readonly level: number;
  /** Without markup and number. */
  readonly text: string;
}

/** A code fence; without a closing marker it reaches to the end of what holds it. */
export interface OutlineFence extends Span {
  readonly closed: boolean;
}

/** Headings and fences of a Markdown document, each read when it is asked for. */
export class Outline {
  readonly #source: Source;
  #fences: readonly OutlineFence[] | undefined;
  #headings: readonly OutlineHeading[] | undefined;

  constructor(source: Source) {
    this.#source = source;
  }

  get fences(): readonly OutlineFence[] {
    this.#fences ??= fencesIn(this.#source.text);
    return this.#fences;
  }

  get headings(): readonly OutlineHeading[] {
    this.#headings ??= headingsIn(this.#source);
    return this.#headings;
  }

  /** The first heading of level 1. */
  get title(): OutlineHeading | undefined {
    const tape = borrowTape(this.#source.text);
    for (let block = 1; block < tape.size; block = tape.skip(block))
      if (tape.kind(block) === kindNumber.heading && tape.fact(block) === 1)
        return headingAt(tape, this.#source, block);
    return undefined;
  }
}

function fencesIn(text: string): readonly OutlineFence[] {
  // Why: most documents hold none, and looking for a sign costs less than scanning.
  if (!text.includes("```") && !text.includes("~~~")) return [];
  const tape = borrowTape(text);
  const fences: OutlineFence[] = [];
  for (let block = 1; block < tape.size; block++) {
    if (tape.kind(block) === kindNumber.fence)
      fences.push({ start: tape.start(block), end: tape.end(block), closed: tape.has(block, mark.closed) });
  }
  return fences;
}

function headingsIn(source: Source): readonly OutlineHeading[] {
  const tape = borrowTape(source.text);
  const headings: OutlineHeading[] = [];
  for (let block = 1; block < tape.size; block = tape.skip(block))
    if (tape.kind(block) === kindNumber.heading) headings.push(headingAt(tape, source, block));
  return headings;
}

function headingAt(tape: BlockTape, source: Source, block: number): OutlineHeading {
  const setext = tape.has(block, mark.setext);
  const [start, end, level] = [tape.start(block), tape.end(block), tape.fact(block)];
  const last = tape.firstLine(block) + tape.lineCount(block) - 1;
  const content = headingContent(source.text, start, setext ? tape.lineEnd(last) : end, setext ? 0 : level);
  return { level, text: sectionTitle(Passage.of(source, [content], woundsOf(source)).line), start, end };
}
