import type { UnreadTag } from "#model/trace";
import { defineRule, type Draft, type Rule } from "../rule.ts";
import { surveyTags } from "../tag-survey.ts";
import { unreadMessage } from "../unread-message.ts";

/** What is meant as a tag is written so that it is read. */
export const unread: Rule = defineRule({
  code: "tag/unread",
  severity: "warning",
  title: "Tag that is not read",
  summary: "What looks like a tag, or like a value of one, is written so that it is read as one.",
  needs: ["trace"],
  check({ trace, source, profile }, report) {
    const faults = trace.graph.trace(trace.path)?.faults.filter(({ kind }) => kind === "tag") ?? [];
    if (faults.length === 0 && surveyTags(trace).live === 0) return "not-applicable";
    for (const { unread: tag, start, end } of faults) {
      const written = source.text.slice(start, end);
      const message = tag === undefined ? undefined : unreadMessage(profile, tag, written);
      if (tag === undefined || message === undefined) continue;
      report({ message, at: { start, end }, cause: `unread:${written}`, ...fixOf(tag, written, start) });
    }
    return undefined;
  },
});

function fixOf({ normal }: UnreadTag, expected: string, start: number): Pick<Draft, "fix"> {
  if (normal === undefined) return {};
  const edit = { start, end: start + expected.length, text: normal, expected };
  return { fix: { title: "write tags so that they are read", edits: [edit] } };
}
