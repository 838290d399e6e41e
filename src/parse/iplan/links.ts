import type { DownstreamItem, Link } from "#model/plan";
import type { Span } from "#model/source";
import { normalLabel, plainText, readLinks } from "../inline.ts";
import type { AnyBlock } from "../block.ts";
import { bulletsOf } from "./bullet.ts";
import { type BlockGroup, groupsOf } from "./group.ts";
import type { PlanReading } from "./reading.ts";

const definitionForm = /^\[((?:[^\]\\]|\\[^])+)\]:\s*(?:<([^>\n]*)>|(\S+))/u;

/** Every link of the document with the group and section it stands in. Links by label that no definition has are none. */
export function readPlanLinks(reading: PlanReading): Link[] {
  const definitions = definitionsOf(reading);
  const labels = new Set(definitions.keys());
  const groups = new GroupFinder(groupsOf(reading, reading.document.top));
  const text = reading.source.text;
  return textBlocks(reading).flatMap((block) =>
    readLinks(text, linesOf(block), labels).flatMap((link) => {
      if (link.kind === "image") return [];
      const target = link.reference ? definitions.get(normalLabel(link.target)) : link.target;
      if (target === undefined) return [];
      const group = groups.at(reading, link.start);
      const section = reading.keyAt(link.start);
      return [
        {
          text: plainText(text, link.content).replaceAll("\n", " "),
          target,
          range: reading.range(link),
          ...(group === undefined ? {} : { group }),
          ...(section === undefined ? {} : { section }),
        },
      ];
    }),
  );
}

/** The bullets of the Downstream Impact. */
export function readDownstream(reading: PlanReading): DownstreamItem[] {
  const blocks = reading.blocksOf(reading.section("downstream"));
  return groupsOf(reading, blocks).flatMap(({ title, blocks: own }) =>
    bulletsOf(reading, own).map(({ text, textRange }) => ({
      text,
      range: textRange,
      ...(title === "" ? {} : { group: title }),
    })),
  );
}

function textBlocks(reading: PlanReading): AnyBlock[] {
  const { tree } = reading.document;
  const text = reading.source.text;
  return [...tree.ofKind("paragraph"), ...tree.ofKind("heading"), ...tree.ofKind("table-cell")]
    .filter((block) => hasLink(text, block))
    .sort((one, other) => one.start - other.start);
}

function hasLink(text: string, block: Span): boolean {
  const part = text.slice(block.start, block.end);
  return (
    part.includes("](") ||
    part.includes("][") ||
    part.includes("<http") ||
    part.includes("<mailto:") ||
    part.includes("]")
  );
}

function linesOf(block: AnyBlock): Span | readonly Span[] {
  if (block.kind === "paragraph") return block.lines;
  return block.kind === "heading" || block.kind === "table-cell" ? block.content : block;
}

function definitionsOf(reading: PlanReading): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const block of reading.document.tree.ofKind("definition")) {
    const match = definitionForm.exec(reading.source.text.slice(block.start, block.end));
    const label = normalLabel(match?.[1] ?? "");
    if (match !== null && !found.has(label)) found.set(label, match[2] ?? match[3] ?? "");
  }
  return found;
}

/** Finds the labelled group around an offset. */
class GroupFinder {
  readonly #groups: readonly BlockGroup[];

  constructor(groups: readonly BlockGroup[]) {
    this.#groups = groups;
  }

  at(reading: PlanReading, offset: number): string | undefined {
    let low = 0;
    let high = this.#groups.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#groups[middle]?.start ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    const group = this.#groups[low - 1];
    if (group === undefined || group.end < offset || group.title === "") return undefined;
    const section = reading.document.sectionAt(offset);
    const isSection = section?.key !== undefined && section.start === group.start;
    return isSection ? undefined : group.title;
  }
}
