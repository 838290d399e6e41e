import type { Tag } from "#model/plan";
import type { Span } from "#model/source";
import { sectionOf } from "#profile/dialect";
import type { AnyBlock, FenceBlock } from "./block.ts";
import type { MarkdownDocument } from "./markdown.ts";
import { type TagOnLine, readTagLine } from "./tag-line.ts";

/** The tags of a Markdown document in order: those of lines, lists and cells, and those of fences with whether they are live. */
export function readTags(document: MarkdownDocument): Tag[] {
  if (!document.source.text.includes("@")) return [];
  const { tree } = document;
  const live = liveFences(document);
  const found = [
    ...tree.ofKind("paragraph").flatMap((block) => tagsIn(document, block.lines, whereOf(block))),
    ...tree.ofKind("heading").flatMap((block) => tagsIn(document, [block.content], "line")),
    ...tree.ofKind("table-cell").flatMap((block) => tagsIn(document, [block.content], "table")),
    ...tree.ofKind("fence").flatMap((block) => tagsIn(document, block.lines, "fence", live(block))),
  ];
  return found.sort((one, other) => one.range.start.offset - other.range.start.offset);
}

function whereOf(block: AnyBlock): Tag["where"] {
  return block.parent?.kind === "item" ? "list" : "line";
}

function tagsIn(document: MarkdownDocument, lines: readonly Span[], where: Tag["where"], live = true): Tag[] {
  const { profile, source } = document;
  const tags: Tag[] = [];
  for (const { start, end } of lines)
    for (const tag of readTagLine(profile, source.text.slice(start, end)))
      tags.push(tagOf(document, start, tag, where, live && tag.leads));
  return tags;
}

function tagOf(document: MarkdownDocument, offset: number, tag: TagOnLine, where: Tag["where"], live: boolean): Tag {
  return {
    type: tag.type,
    name: tag.name,
    ...(tag.document === undefined ? {} : { document: tag.document }),
    ...(tag.element === undefined ? {} : { element: tag.element }),
    raw: tag.raw,
    live,
    optional: tag.optional,
    range: document.source.range(offset + tag.start, offset + tag.end),
    nameRange: document.source.range(offset + tag.nameStart, offset + tag.nameEnd),
    where,
  };
}

/**
 * Tells which fences hold live tags: those whose nearest heading is "Traceability Tags" or "Required Tags", with no
 * "Example" label between heading and fence.
 */
function liveFences(document: MarkdownDocument): (fence: FenceBlock) => boolean {
  const examples = document.sections.map((section) => firstExample(document, section));
  const numbers = new Map(document.sections.map((section, index) => [section, index]));
  return (fence) => {
    const section = document.sectionAt(fence.start);
    if (section === undefined) return false;
    const key = sectionOf(document.profile, section.title);
    if (key !== "traceability-tags" && key !== "required-tags") return false;
    return fence.start < (examples[numbers.get(section) ?? 0] ?? 0);
  };
}

/** Where the first "Example" label stands under a heading, up to the next heading. */
function firstExample(document: MarkdownDocument, section: MarkdownDocument["sections"][number]): number {
  for (let index = section.first; index < section.after; index++) {
    const block = document.top[index];
    if (block === undefined || block.kind === "heading") break;
    if (block.kind !== "paragraph") continue;
    if (/^[*_\s]*examples?\b[^.\n]{0,60}:?[*_\s]*:?/i.test(document.passageOf(block).text)) return block.start;
  }
  return Number.POSITIVE_INFINITY;
}
