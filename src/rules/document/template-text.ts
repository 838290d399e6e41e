import type { Source, Span } from "#model/source";
import { findTemplateText, mayHoldTemplateText } from "../find-template-text.ts";
import { wordsOf, wordsOfFeature, wordsOfMarkdown, wordsOfYaml } from "../masked-text.ts";
import { liveTags } from "../tag-rows.ts";
import { defineRule, type Rule, type RuleContext } from "../rule.ts";

/** Nothing of the template was left unfilled. */
export const templateText: Rule = defineRule({
  code: "document/template-text",
  severity: "warning",
  title: "Template text left",
  summary: "No placeholder of the template is left in the text.",
  needs: [],
  check(context, report) {
    const { source, plan, profile } = context;
    const read = readerOf(context);
    if (read === undefined) return "not-applicable";
    // Why: setting words apart takes longer than to see that there is nothing of the kind.
    if (!mayHoldTemplateText(source.text, profile)) return undefined;
    const words = read(source);
    const allowed = plan?.control?.actualEffort?.range;
    const tags = tagSpans(context);
    for (const slot of findTemplateText(words, profile)) {
      if (allowed !== undefined && slot.start >= allowed.start.offset && slot.end <= allowed.end.offset) continue;
      // Why: a tag without a number is a finding of its own, and an error.
      if (tags.some(({ start, end }) => start <= slot.start && slot.end <= end)) continue;
      const section = sectionAt(context, slot);
      const where = section === undefined ? "" : ` in "${section}"`;
      report({
        message: `Template text is left${where}: ${shorten(slot.text)}. Write what it stands for, or remove it.`,
        at: slot,
        cause: `template-text:${section ?? ""}`,
      });
    }
    return undefined;
  },
});

/** Tells what of a document is words, each at its place; undefined for a kind of document nobody can say it of. */
function readerOf(context: RuleContext): ((source: Source) => string) | undefined {
  const { plan, source } = context;
  if (plan !== undefined) return () => wordsOf(source, plan);
  const { markdown } = context;
  if (markdown !== undefined) return () => wordsOfMarkdown(source, markdown);
  return readers[source.path.slice(source.path.lastIndexOf(".") + 1).toLowerCase()];
}

const readers: Readonly<Record<string, (source: Source) => string>> = {
  feature: ({ text }) => wordsOfFeature(text),
  yaml: ({ text }) => wordsOfYaml(text),
  yml: ({ text }) => wordsOfYaml(text),
};

/** Places of tag values in documents that are no plans; those of plans stand in code. */
function tagSpans({ trace, plan }: RuleContext): readonly Span[] {
  return trace === undefined || plan !== undefined ? [] : liveTags(trace).map(({ start, end }) => ({ start, end }));
}

function sectionAt({ plan, markdown }: RuleContext, slot: Span): string | undefined {
  if (plan !== undefined)
    return plan.sections.findLast(({ range }) => range.start.offset <= slot.start && slot.start < range.end.offset)
      ?.title;
  return markdown?.headings.findLast(({ start }) => start <= slot.start)?.text;
}

function shorten(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 58)}…]`;
}
