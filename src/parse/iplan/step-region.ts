import type { Span } from "#model/source";
import type { AnyBlock, HeadingBlock, ItemBlock, ListBlock, ParagraphBlock } from "../block.ts";
import { type MarkdownSection, nearestKey } from "../markdown.ts";
import type { Passage } from "../passage.ts";
import { itemPassage, itemsOf } from "./bullet.ts";
import type { PlanReading } from "./reading.ts";
import { type NumberedHead, readPhaseHead, readStepHead } from "./step-head.ts";

/** A step as it stands in the document: the line that names it and the blocks below. */
export interface FoundStep extends Span {
  readonly head: Span;
  /** As written; absent when the document gives none. */
  readonly number: string | undefined;
  readonly title: Passage;
  /** Lines of the naming paragraph behind the name. */
  readonly lines: Span[];
  readonly level: number;
  end: number;
  readonly blocks: AnyBlock[];
  readonly byHeading: boolean;
}

/** The steps of a plan: those of Execution Steps, else of the Implementation Guide, else wherever a line begins with `Step N`. */
export function findSteps(reading: PlanReading): FoundStep[] {
  const region = reading.section("execution-steps") ?? reading.section("implementation-guide");
  if (region === undefined) return new StepGatherer(reading, 0, headingHead, true).gather(reading.document.top);
  const blocks = reading.blocksOf(region);
  const bare = phasesWithoutSteps(reading, blocks);
  const head = (title: Passage, block: HeadingBlock): NumberedHead | undefined =>
    readStepHead(title) ?? (bare.has(block) ? readPhaseHead(title) : undefined);
  const steps = new StepGatherer(reading, region.level, head).gather(blocks);
  return steps.length > 0 || region.key !== "execution-steps" ? steps : unnumberedSteps(reading, region, blocks);
}

type ReadHeading = (title: Passage, block: HeadingBlock) => NumberedHead | undefined;

function headingHead(title: Passage): NumberedHead | undefined {
  return readStepHead(title);
}

/** Headings that name a phase and hold no step of their own: real plans write their steps so, too. */
function phasesWithoutSteps(reading: PlanReading, blocks: readonly AnyBlock[]): ReadonlySet<HeadingBlock> {
  const bare = new Set<HeadingBlock>();
  const names = (block: AnyBlock): boolean =>
    block.kind === "heading" && readPhaseHead(reading.passageOf(block)) !== undefined;
  if (!blocks.some(names)) return bare;
  let phase: HeadingBlock | undefined;
  for (const block of blocks) {
    if (block.kind !== "heading" && block.kind !== "paragraph" && block.kind !== "list") continue;
    const first = block.kind === "list" ? itemsOf([block])[0] : undefined;
    const title = first === undefined ? reading.passageOf(block) : itemPassage(reading, first);
    const bold = block.kind === "heading" || title.text.startsWith("**");
    if (block.kind === "heading" && readPhaseHead(title) !== undefined) {
      phase = block;
      bare.add(block);
    } else if (phase !== undefined && bold && readStepHead(title) !== undefined) bare.delete(phase);
  }
  return bare;
}

/** Steps without `Step N`: the headings right below Execution Steps, else the items of its first ordered list. */
function unnumberedSteps(reading: PlanReading, region: MarkdownSection, blocks: readonly AnyBlock[]): FoundStep[] {
  const headings = blocks.filter((block) => block.kind === "heading");
  if (headings.length > 0) {
    const level = headings.reduce((least, heading) => Math.min(least, heading.level), 7);
    const head: ReadHeading = (title, block) => (block.level === level ? leadingNumber(title) : undefined);
    return new StepGatherer(reading, region.level, head).gather(blocks);
  }
  const list = blocks.find((block) => block.kind === "list" && block.ordered) as ListBlock | undefined;
  return itemsOf(list === undefined ? [] : [list]).map((item, index) => ({
    ...itemStep(item, itemPassage(reading, item)),
    number: String((list?.first ?? 1) + index),
  }));
}

/** `2. Title` or `2.1 Title`; a heading without a number names itself. */
function leadingNumber(title: Passage): NumberedHead {
  const match = /^\s*(\d+(?:\.\d+)*)[.)]?\s+/u.exec(title.text);
  return { number: match?.[1] ?? "", rest: title.sub(match?.[0].length ?? 0) };
}

function itemStep(item: ItemBlock, title: Passage): FoundStep {
  const first = item.children.find((child) => child.kind === "paragraph");
  const line = title.text.indexOf("\n");
  return {
    start: item.start,
    end: item.end,
    head: { start: item.start, end: first?.end ?? item.end },
    number: undefined,
    title: line < 0 ? title : title.sub(0, line),
    lines: first?.kind === "paragraph" ? first.lines.slice(1) : [],
    level: 7,
    blocks: item.children.filter((child) => child !== first),
    byHeading: false,
  };
}

class StepGatherer {
  readonly #reading: PlanReading;
  readonly #readHeading: ReadHeading;
  readonly #outside: boolean;
  readonly #steps: FoundStep[] = [];
  #open: FoundStep | undefined;
  #level: number;

  /** `outside`: steps stand only outside the sections the profile knows. */
  constructor(reading: PlanReading, level: number, readHeading: ReadHeading, outside = false) {
    this.#reading = reading;
    this.#outside = outside;
    this.#level = level;
    this.#readHeading = readHeading;
  }

  gather(blocks: readonly AnyBlock[]): FoundStep[] {
    for (const block of blocks) {
      if (this.#outside && nearestKey(this.#reading.document.sectionAt(block.start)) !== undefined)
        this.#open = undefined;
      else if (block.kind === "heading") this.#heading(block);
      else if (block.kind === "paragraph") this.#paragraph(block);
      else if (block.kind !== "list" || !this.#list(block)) this.#extend(block);
    }
    return this.#steps;
  }

  #extend(block: AnyBlock): void {
    if (this.#open === undefined || block.kind === "thematic-break" || block.kind === "html") return;
    this.#open.blocks.push(block);
    this.#open.end = block.end;
  }

  #heading(block: HeadingBlock): void {
    const title = this.#reading.passageOf(block);
    const head = this.#readHeading(title, block);
    if (head !== undefined) {
      this.#level = block.level;
      this.#start(block, head, true);
      return;
    }
    const known = this.#reading.document.sectionAt(block.start)?.key !== undefined;
    if (this.#open !== undefined && block.level > this.#open.level && !known) {
      this.#extend(block);
      return;
    }
    this.#open = undefined;
    this.#level = block.level;
  }

  #start(place: Span, head: NumberedHead, byHeading: boolean): void {
    const step: FoundStep = {
      start: place.start,
      end: place.end,
      head: { start: place.start, end: place.end },
      number: head.number === "" ? undefined : head.number,
      title: this.#reading.visible(head.rest),
      lines: [],
      level: this.#level,
      blocks: [],
      byHeading,
    };
    this.#steps.push(step);
    this.#open = step;
  }

  /** A paragraph whose lines begin with a bold `Step N` starts steps; any other belongs to the open one. */
  #paragraph(block: ParagraphBlock): void {
    let started = false;
    for (const [index, line] of block.lines.entries()) {
      const head = this.#boldHead(line);
      if (head !== undefined) {
        this.#start({ start: index === 0 ? block.start : line.start, end: line.end }, head, false);
        started = true;
      } else if (!started) {
        this.#extend(block);
        return;
      } else if (this.#open !== undefined) {
        this.#open.lines.push(line);
        this.#open.end = line.end;
      }
    }
  }

  #boldHead(line: Span): NumberedHead | undefined {
    const text = this.#reading.source.text;
    if (!/^\s*(?:\*\*|__)/u.test(text.slice(line.start, Math.min(line.end, line.start + 8)))) return undefined;
    const head = readStepHead(this.#reading.document.passage(line));
    return head !== undefined && this.#isPart(head) ? undefined : head;
  }

  /** Whether a number is a part of the open step's: `3.1` inside a step 3 that has a heading. */
  #isPart(head: NumberedHead): boolean {
    const open = this.#open;
    return open?.byHeading === true && open.number !== undefined && head.number.startsWith(`${open.number}.`);
  }

  #list(list: ListBlock): boolean {
    const items = itemsOf([list]).map((item) => {
      const passage = itemPassage(this.#reading, item);
      return { item, head: passage.text.startsWith("**") ? readStepHead(passage) : undefined };
    });
    if (!items.some(({ head }) => head !== undefined && !this.#isPart(head))) return false;
    for (const { item, head } of items) {
      if (head === undefined) continue;
      this.#steps.push({ ...itemStep(item, this.#reading.visible(head.rest)), number: head.number });
    }
    this.#open = undefined;
    return true;
  }
}
