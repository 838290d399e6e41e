import type { TraceGraph } from "#graph/graph";
import { tagFlag } from "#model/trace";
import type { TraceFacts } from "../facts.ts";
import { defineRule, type Rule, type RuleContext } from "../rule.ts";
import { liveTags, type TagRow } from "../tag-rows.ts";
import { surveyTags } from "../tag-survey.ts";

/** Tags of one document do not contradict each other. */
export const contradicts: Rule = defineRule({
  code: "tag/contradicts",
  severity: "error",
  title: "Tags that contradict each other",
  summary: "What a document says of its sources in one place it does not deny in another.",
  needs: ["trace"],
  check(context, report) {
    const { trace } = context;
    if (elementsWroteAll(trace)) return "not-applicable";
    const tags = documentTags(liveTags(trace), trace.graph, trace.path);
    if (tags.length === 0) return "not-applicable";
    for (const [type, own] of groupBy(tags, (tag) => tag.type)) {
      const none = own.find((tag) => (tag.flags & tagFlag.none) !== 0);
      const some = own.find((tag) => tag.document !== undefined);
      if (none !== undefined && some !== undefined) {
        const [no, yes] = [none, some].map(({ start, end }) => context.source.text.slice(start, end));
        report({ message: `@${type} says ${no} here and ${yes} elsewhere. Keep what is true.`, at: none });
      }
      for (const draft of differing(type, own, context)) report(draft);
    }
    return undefined;
  },
});

/** True when each tag is a link that an element wrote, which the first tells: those of the document come before all others. */
function elementsWroteAll(facts: TraceFacts): boolean {
  const { graph, path } = facts;
  const { live, plain } = surveyTags(facts);
  const links = graph.linksOf(path);
  if (!plain || live === 0 || links.length !== live || graph.trace(path)?.template !== false) return false;
  const writer = links.from(0);
  return graph.documentOf(writer) !== writer;
}

/** Tags that hold for the whole document, not for one element of it. */
function documentTags(tags: readonly TagRow[], graph: TraceGraph, path: string): readonly TagRow[] {
  if (tags.length === 0) return tags;
  const spans = graph.elementSpans(path);
  let span = 0;
  return tags.filter(({ start }) => {
    while (span > 0 && start < (spans[span - 1]?.end ?? 0)) span--;
    while (start >= (spans[span]?.end ?? Number.POSITIVE_INFINITY)) span++;
    return start < (spans[span]?.start ?? Number.POSITIVE_INFINITY);
  });
}

/** Places of a type whose documents have nothing in common with those of the first place. */
function differing(
  type: string,
  tags: readonly TagRow[],
  context: RuleContext,
): readonly { message: string; at: { start: number; end: number } }[] {
  const [first, ...others] = blocksOf(
    tags.filter((tag) => tag.document !== undefined),
    context,
  );
  if (first === undefined) return [];
  const known = new Set(first.map((tag) => tag.document));
  return others.flatMap((block) => {
    const [start] = block;
    if (start === undefined || block.some((tag) => known.has(tag.document))) return [];
    const message = `@${type} names ${listOf(block)} here and ${listOf(first)} above. Keep what is true, or write both in one place.`;
    return [{ message, at: start }];
  });
}

function listOf(tags: readonly TagRow[]): string {
  return [...new Set(tags.map((tag) => tag.document))].join(", ");
}

/** Runs of tags with at most nine lines between them are one place: a list, a table, a fence. */
function blocksOf(tags: readonly TagRow[], context: RuleContext): readonly (readonly TagRow[])[] {
  const blocks: TagRow[][] = [];
  let last: TagRow | undefined;
  for (const tag of tags) {
    const isNear = last !== undefined && areNear(context, last.end, tag.start);
    if (isNear) blocks.at(-1)?.push(tag);
    else blocks.push([tag]);
    last = tag;
  }
  return blocks;
}

/** Why: between places so near there cannot be ten lines, whatever the text is. */
function areNear(context: RuleContext, from: number, to: number): boolean {
  return to - from < mostLines || linesBetween(context.source.text, from, to) < mostLines;
}

const mostLines = 10;

function linesBetween(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf("\n", from); at >= 0 && at < to && count < mostLines; at = text.indexOf("\n", at + 1))
    count++;
  return count;
}

function groupBy<Key>(tags: readonly TagRow[], key: (tag: TagRow) => Key): ReadonlyMap<Key, readonly TagRow[]> {
  const groups = new Map<Key, TagRow[]>();
  for (const tag of tags) {
    const known = groups.get(key(tag));
    if (known === undefined) groups.set(key(tag), [tag]);
    else known.push(tag);
  }
  return groups;
}
