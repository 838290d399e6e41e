import { defineRule, type Rule } from "../rule.ts";

/** The file of accepted links can be read, line by line. */
export const damagedLock: Rule = defineRule({
  code: "trace/damaged-lock",
  severity: "error",
  title: "Line of accepted links that cannot be read",
  summary: "Every line of the file of accepted links says which link was accepted, as the program wrote it.",
  needs: ["accepted"],
  counts: false,
  check({ accepted, source, document }, report) {
    if (document.path !== accepted.path) return "not-applicable";
    const starts = lineStarts(source.text);
    for (const { line, message } of accepted.problems) {
      const start = starts[line - 1] ?? 0;
      report({
        message: `${message} Take both sides of a merge and drop what git put between them; what is missing is accepted again by: iplan check --accept`,
        at: { start, end: Math.max(start, (starts[line] ?? source.text.length + 1) - 1) },
        cause: "damaged-lock",
      });
    }
    return undefined;
  },
});

function lineStarts(text: string): readonly number[] {
  return text.split("\n").reduce<number[]>((starts, line) => [...starts, (starts.at(-1) ?? 0) + line.length + 1], [0]);
}
