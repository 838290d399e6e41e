import { statusWord as wordFor } from "#profile/dialect";
import { quote } from "../quote.ts";
import { defineRule, type Rule } from "../rule.ts";
import { malformedField } from "./field-form.ts";

/** The status is one of the profile's words. */
export const statusWord: Rule = defineRule({
  code: "plan/status-word",
  severity: "error",
  title: "Unknown status",
  summary: "The status of a plan is one of the words the profile knows.",
  needs: ["plan"],
  check(context, report) {
    const { plan, profile } = context;
    const status = plan.control?.status;
    if (status === undefined) return "not-applicable";
    const wrong = malformedField(context, "status");
    if (wrong !== undefined) {
      const words = profile.plan.statuses.map((one) => one.words[0] ?? one.means).join(", ");
      report({ message: `${quote(status.raw)} is no status. Write one of: ${words}.`, at: wrong.range });
      return;
    }
    if (status.value === undefined) return;
    const word = wordFor(profile, status.value);
    const known = profile.plan.statuses.find((one) => one.means === status.value)?.words ?? [];
    const isOtherSpelling = known.some((one) => one.toLowerCase() === status.raw.toLowerCase() && one !== status.raw);
    if (!isOtherSpelling) return;
    report({
      message: `"${status.raw}" is written "${word}". Heal it with check --fix.`,
      at: status.range,
      severity: "info",
      fix: {
        title: `Write the status as "${word}"`,
        edits: [{ start: status.range.start.offset, end: status.range.end.offset, text: word, expected: status.raw }],
      },
    });
  },
});
