import { defineRule, type Rule } from "../rule.ts";

/** Annotations mean something. */
export const annotation: Rule = defineRule({
  code: "plan/annotation",
  severity: "warning",
  title: "Annotation that means nothing",
  summary: "Every key and value of an iplan annotation is known, and the annotation stands before what it speaks of.",
  needs: ["understood"],
  check({ understood }, report) {
    if (understood.plan.annotations.length === 0) return "not-applicable";
    for (const { message, range } of understood.annotationProblems) {
      const sentence = `${message.slice(0, 1).toUpperCase()}${message.slice(1)}`;
      report({ message: sentence.endsWith(".") ? sentence : `${sentence}.`, at: range });
    }
  },
});
