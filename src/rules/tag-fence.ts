import type { Edit } from "#model/edit";
import { sectionOf } from "#profile/dialect";
import type { RuleContext } from "./rule.ts";
import { exampleTags } from "./tag-rows.ts";
import type { TraceFacts } from "./facts.ts";

/**
 * The heading that makes the tags of a fence count, where its author clearly means them to: the fence has all that are missing, each with
 * an id, right under a label in bold that is called as their section is. Undefined where that is not so.
 */
export function headingOfTags(
  context: RuleContext & { readonly trace: TraceFacts },
  missing: readonly string[],
  title: string,
): Edit | undefined {
  const { markdown, source, profile, trace } = context;
  const tags = exampleTags(trace);
  const [first] = tags.filter((tag) => missing.includes(tag.type));
  const fence = markdown?.fences.find(
    ({ start, end }) => first !== undefined && start <= first.start && first.start < end,
  );
  if (markdown === undefined || fence === undefined) return undefined;
  const inside = tags.filter(({ start }) => fence.start <= start && start < fence.end);
  const isFilled = inside.every(({ document }) => document !== undefined);
  if (!isFilled || !missing.every((name) => inside.some(({ type }) => type === name))) return undefined;
  const label = labelAbove(source.text, fence.start);
  const above = markdown.headings.findLast(({ start }) => start < fence.start);
  if (label === undefined || above === undefined || /\bexamples?\b/iu.test(above.text)) return undefined;
  const key = sectionOf(profile, label.words);
  if (key !== "traceability-tags" && key !== "required-tags") return undefined;
  const line = source.text.includes("\r\n") ? "\r\n" : "\n";
  const heading = `${"#".repeat(Math.min(6, above.level + 1))} ${title}${line}${line}`;
  return { start: label.start, end: label.start, text: heading, expected: "" };
}

/** The label in bold on the last line with words above an offset, which may have words in brackets behind it. */
function labelAbove(text: string, at: number): { readonly start: number; readonly words: string } | undefined {
  const before = text.slice(Math.max(0, at - 500), at).trimEnd();
  const start = before.lastIndexOf("\n") + 1;
  const match = /^\*\*([^*\n]{1,80})\*\*[^`\n]{0,200}$/u.exec(before.slice(start));
  if (match === null) return undefined;
  return { start: Math.max(0, at - 500) + start, words: (match[1] ?? "").replace(/:\s*$/u, "") };
}
