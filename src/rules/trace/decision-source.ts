import { cureOf, idsIn } from "../ids-in.ts";
import { defineRule, type Rule } from "../rule.ts";

/** A decision that a plan takes over comes from a document that is there. */
export const decisionSource: Rule = defineRule({
  code: "trace/decision-source",
  severity: "warning",
  title: "Decision from a document that is not there",
  summary: "The documents that a plan names as the sources of its decisions are there.",
  needs: ["trace", "plan"],
  when: ({ plan }) => [...plan.decisions, ...plan.currentState].some((group) => group.sources.length > 0),
  check({ trace, plan, profile, document, source: text }, report) {
    const sources = [...plan.decisions, ...plan.currentState].flatMap((group) => group.sources);
    if (sources.length === 0 || document.template) return "not-applicable";
    for (const source of sources) {
      // Why: a link whose file is not there is a finding of its own.
      if (text.text.startsWith("](", source.range.end.offset)) continue;
      for (const id of idsIn(profile, source.text)) {
        if (trace.graph.find(id) !== undefined) continue;
        const cure = cureOf(trace.graph.alike(id), "Name the document that decided it, or write that one.");
        report({ message: `There is no ${id} from which the decision could come. ${cure}`, at: source.range });
      }
    }
    return undefined;
  },
});
