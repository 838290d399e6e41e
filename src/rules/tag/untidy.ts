import { tagFlag } from "#model/trace";
import { defineRule, type Rule } from "../rule.ts";
import { liveTags, type TagRow } from "../tag-rows.ts";
import { surveyTags } from "../tag-survey.ts";

/** Tags are written in their normal form. */
export const untidy: Rule = defineRule({
  code: "tag/untidy",
  severity: "info",
  title: "Tag that is not in its normal form",
  summary: "Tags are written by their normal name in small letters, with one colon and one blank before the value.",
  needs: ["trace"],
  check(context, report) {
    const { trace } = context;
    const { live, flags } = surveyTags(trace);
    if (live === 0) return "not-applicable";
    if ((flags & otherwise) === 0) return undefined;
    const seen = new Set<number>();
    for (const tag of liveTags(trace, otherwise)) {
      if (seen.has(tag.nameStart)) continue;
      seen.add(tag.nameStart);
      const written = context.source.text.slice(tag.nameStart, tag.nameEnd);
      const edit = normalForm(tag, context.source.text, context.source.path.endsWith(".feature") ? ":" : ": ");
      if (edit.text === edit.expected) continue;
      const normal = `@${edit.text}`;
      report({
        message:
          written === tag.type
            ? `Between @${written} and its value stands "${edit.expected.slice(written.length)}". Write "${normal}".`
            : `@${written} is read as @${tag.type}. Write ${normal.trimEnd()}.`,
        at: { start: tag.nameStart, end: tag.nameEnd },
        fix: { title: "write tags in their normal form", edits: [edit] },
        cause: `untidy:${written}`,
      });
    }
    return undefined;
  },
});

const otherwise = tagFlag.untidy | tagFlag.alias;

/** Why: where only blanks and the colon stand between name and value they are made normal too; anything else is left alone. */
function normalForm(
  tag: TagRow,
  text: string,
  separator: string,
): { start: number; end: number; text: string; expected: string } {
  const between = text.slice(tag.nameEnd, tag.start);
  const isPlain = /^[ \t]*:[ \t]*$/.test(between);
  const end = isPlain ? tag.start : tag.nameEnd;
  return {
    start: tag.nameStart,
    end,
    text: isPlain ? `${tag.type}${separator}` : tag.type,
    expected: text.slice(tag.nameStart, end),
  };
}
