import type { Finding } from "#model/finding";
import type { Hash } from "#model/ports";
import { type AloneResult, outcomeLetter } from "./alone-result.ts";
import { createFindings } from "./finding-factory.ts";
import type { Rule, RuleContext } from "./rule.ts";
import { RuleDesk } from "./rule-desk.ts";
import type { RuleSelection } from "./select-rules.ts";

/** Applies the rules that look at a document alone; of the others it tells those that do not concern it. */
export function checkAlone(
  context: RuleContext,
  selection: RuleSelection,
  options: { readonly hash: Hash; readonly group?: boolean },
): AloneResult {
  const { alone, conditional, places } = selection;
  const letters = selection.unasked.slice();
  const desk = new RuleDesk();
  const apply = (rules: readonly Rule[]): readonly Finding[] => {
    const found: Finding[] = [];
    for (const rule of rules) {
      const stated = desk.ask(rule, context);
      letters[places.get(rule) ?? 0] = stated === undefined ? notApplicable : checked;
      if (stated === undefined || stated.length === 0) continue;
      for (const one of createFindings(context, rule, selection.severityOf(rule), stated, options)) found.push(one);
    }
    return found;
  };
  const voiding = apply(alone.voiding);
  const findings = voiding.length > 0 ? [] : apply(alone.ordinary);
  if (voiding.length === 0) {
    for (const rule of conditional)
      if (rule.concerns?.(context) === false) letters[places.get(rule) ?? 0] = notApplicable;
  }
  const planId = context.plan?.id;
  // Why: joining a list of letters takes many times as long, and it is done for each document.
  const outcomes = String.fromCharCode.apply(undefined, letters as unknown as number[]);
  return { voiding, findings, outcomes, ...(planId === undefined ? {} : { planId }) };
}

const checked = outcomeLetter.checked.charCodeAt(0);
const notApplicable = outcomeLetter.notApplicable.charCodeAt(0);
