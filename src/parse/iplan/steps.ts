import { append } from "../append.ts";
import type { Mention, Outcome, PlanBlock, Step, TextAt } from "#model/plan";
import type { Span } from "#model/source";
import type { AnyBlock, ItemBlock } from "../block.ts";
import type { Passage } from "../passage.ts";
import { plainWords } from "../plain-words.ts";
import { itemAnnotation, itemPassage, itemsOf, readBox } from "./bullet.ts";
import { readLeadingLabel } from "./label.ts";
import { type LabelledPart, labelledParts } from "./group.ts";
import { findMentions } from "./mentions.ts";
import { declaredFiles, pathsInCode } from "./paths.ts";
import type { PlanBlocks } from "./plan-blocks.ts";
import type { PlanReading } from "./reading.ts";
import { afterSign, readPhaseHead } from "./step-head.ts";
import { type FoundStep, findSteps } from "./step-region.ts";
import { readTitleParts } from "./title-parts.ts";

/** The execution steps of a plan. */
export function readSteps(reading: PlanReading, blocks: PlanBlocks): Step[] {
  return findSteps(reading).map((found, index) => stepOf(reading, blocks, found, String(index + 1)));
}

function stepOf(reading: PlanReading, blocks: PlanBlocks, found: FoundStep, position: string): Step {
  const title = readTitleParts(reading.profile, afterSign(found.title)).name;
  const content = new StepContent(reading);
  content.readLines(found.lines);
  content.readBlocks(found.blocks, "", 0);
  const own = blocks.inside(found.blocks);
  const annotation = reading.annotationIn(found.head) ?? reading.annotationBefore(found.start);
  return {
    number: found.number ?? position,
    title: plainWords(title.line).replaceAll("**", "").trim(),
    range: reading.range(found),
    head: reading.range(found.head),
    prose: content.prose.map((passage) => passage.textAt),
    blocks: own,
    outcomes: [...content.outcomes, ...own.flatMap((block) => commentOutcomes(block))],
    mentions: [...annotated(annotation), ...phaseAround(reading, found), ...mentionsOf(found, content, own)],
    files: content.files,
    ...(annotation === undefined ? {} : { annotation }),
  };
}

const promises =
  /^(?:expect(?:ed|ations?)?(?: (?:outcomes?|outputs?|results?|state))?|outcomes?|verif(?:y|ication)|acceptance criteria)$/i;
const deepest = 40;

/** The texts of a step sorted into prose, promises and files. */
class StepContent {
  readonly prose: Passage[] = [];
  readonly outcomes: Outcome[] = [];
  readonly files: TextAt[] = [];
  /** All texts, promises included, for what they mention. */
  readonly texts: Passage[] = [];
  readonly #reading: PlanReading;

  constructor(reading: PlanReading) {
    this.#reading = reading;
  }

  readLines(lines: readonly Span[]): void {
    if (lines.length > 0) this.#paragraph(this.#reading.document.passageOfLines(lines), lines, "");
  }

  /** Reads blocks under the label above them; gives the label that holds behind them. */
  readBlocks(blocks: readonly AnyBlock[], above: string, depth: number): string {
    let label = above;
    for (const block of blocks) {
      if (block.kind === "paragraph") label = this.#paragraph(this.#reading.passageOf(block), block.lines, label);
      else if (block.kind === "heading") label = plainWords(this.#reading.passageOf(block).line).replace(/:$/u, "");
      else if (block.kind === "list" && depth < deepest) {
        for (const item of itemsOf([block])) this.#item(item, label, depth);
        if (this.#isPromise(label)) label = "";
      } else if (block.kind === "quote" && depth < deepest) label = this.readBlocks(block.children, label, depth + 1);
      else if (block.kind === "fence") label = "";
    }
    return label;
  }

  /** Sorts a paragraph; gives the label for what stands below it. */
  #paragraph(whole: Passage, lines: readonly Span[], above: string): string {
    const passage = this.#reading.visible(whole);
    if (passage.text === "") return above;
    this.texts.push(passage);
    append(this.files, pathsInCode(this.#reading, lines));
    const parts = labelledParts(passage);
    const plain = parts.length === 0 ? readLeadingLabel(passage) : undefined;
    if (plain !== undefined) parts.push({ label: plain, passage });
    for (const part of parts) this.#labelled(part);
    if (parts.length > 0) return parts.at(-1)?.label.words ?? "";
    this.prose.push(passage);
    return passage.text.endsWith(":") ? passage.line.slice(passage.text.lastIndexOf("\n") + 1, -1) : "";
  }

  #labelled({ label, passage }: LabelledPart): void {
    if (label.rest.text === "") return;
    if (this.#isPromise(label.words)) this.#promise(label.rest, undefined);
    else this.prose.push(passage);
    if (!passage.text.includes("`")) append(this.files, declaredFiles(label));
  }

  #item(item: ItemBlock, above: string, depth: number): void {
    const passage = this.#reading.visible(itemPassage(this.#reading, item));
    const first = item.children.find((child) => child.kind === "paragraph");
    const label = readLeadingLabel(passage);
    this.texts.push(passage);
    if (first?.kind === "paragraph") append(this.files, pathsInCode(this.#reading, first.lines));
    if (label !== undefined && !passage.text.includes("`")) append(this.files, declaredFiles(label));
    const below = this.#readItem(item, passage, label, above);
    this.readBlocks(
      item.children.filter((child) => child !== first),
      below,
      depth + 1,
    );
  }

  /** Sorts an item's own text; gives the label for what stands below it. */
  #readItem(item: ItemBlock, passage: Passage, label: ReturnType<typeof readLeadingLabel>, above: string): string {
    const isGroup = passage.text.endsWith(":") && itemsOf(item.children).length > 0;
    if (label !== undefined && this.#isPromise(label.words)) {
      if (label.rest.text !== "") this.#promise(label.rest, item);
      return label.words;
    }
    if (this.#isPromise(above)) {
      if (!isGroup) this.#promise(passage, item);
      return above;
    }
    if (passage.text !== "") this.prose.push(passage);
    if (label?.rest.text === "") return label.words;
    return passage.text.endsWith(":") ? passage.line.slice(0, -1) : "";
  }

  #isPromise(label: string): boolean {
    return promises.test(this.#reading.labelWords(label));
  }

  #promise(text: Passage, item: ItemBlock | undefined): void {
    const annotation = item && itemAnnotation(this.#reading, item);
    this.outcomes.push({
      text: text.line,
      range: text.range,
      ...(annotation === undefined ? {} : { annotation }),
      ...(item?.task === undefined ? {} : { box: readBox(this.#reading, item.task) }),
      source: "bullet",
    });
  }
}

function commentOutcomes(block: PlanBlock): Outcome[] {
  return block.expectations.map(({ text, range }) => ({ text, range, source: "comment" }));
}

function annotated(annotation: Step["annotation"]): Mention[] {
  return (annotation?.entries ?? []).flatMap(({ key, value, range }) =>
    key === "task" && value !== undefined
      ? value.split(",").map((id) => ({ kind: "task" as const, id: id.trim(), range, where: "annotation" as const }))
      : [],
  );
}

/** The phase whose heading stands around the step or is the step's own. */
function phaseAround(reading: PlanReading, found: FoundStep): Mention[] {
  for (let section = reading.document.sectionAt(found.start); section !== undefined; section = section.parent) {
    const title = reading.passageOf(section.heading);
    const head = readPhaseHead(title);
    if (head === undefined) continue;
    const named = findMentions(title.text, "title", (start, end) => title.sub(start, end).range);
    return named.filter(({ kind, id }) => kind === "phase" && (id === head.number || head.number.includes("-")));
  }
  return [];
}

function mentionsOf(found: FoundStep, content: StepContent, blocks: readonly PlanBlock[]): Mention[] {
  const mentions = mentionsIn(found.title, "title");
  for (const passage of content.texts) append(mentions, mentionsIn(passage, "text"));
  for (const block of blocks)
    append(
      mentions,
      findMentions(block.text, "block", (start, end) => block.rangeOf(start, end)),
    );
  for (const { annotation } of blocks) if (annotation !== undefined) append(mentions, annotated(annotation));
  return mentions;
}

function mentionsIn(passage: Passage, where: Mention["where"]): Mention[] {
  return findMentions(passage.text, where, (start, end) => passage.sub(start, end).range);
}
