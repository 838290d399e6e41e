import type { Finding } from "#model/finding";
import { checkAlone } from "#rules/check-alone";
import { createFindings, type StatedDraft } from "#rules/finding-factory";
import { allRules } from "#rules/registry";
import { isThere, type Rule, type RuleContext } from "#rules/rule";
import { inOrder, runRules } from "#rules/run-rules";
import { type KnownSelections, selectRules } from "#rules/select-rules";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { propertyRuns } from "../support/property-runs.ts";
import { chainFiles } from "./chain-files.ts";
import { hash } from "./synthetic.ts";
import { tracedContexts } from "./traced.ts";

const rules = allRules.filter(
  ({ needs, family }) => family !== "score" && !needs.includes("registry") && !needs.includes("config"),
);
const options = { hash, today: "2026-06-01", rules };

/** Asks each rule whose facts are there, one after the other, and of all documents. */
function askEach(contexts: readonly RuleContext[]): readonly Finding[] {
  return contexts.flatMap((context) => {
    const voiding = askAll(context, (rule) => rule.voids);
    return voiding.length > 0 ? voiding : askAll(context, (rule) => !rule.voids);
  });
}

function askAll(context: RuleContext, isAsked: (rule: Rule) => boolean): readonly Finding[] {
  const isCode = isThere(context, "code");
  return rules.flatMap((rule): readonly Finding[] => {
    const severity = context.profile.severities[rule.code] ?? rule.severity;
    if (!isAsked(rule) || severity === "off" || (isCode && !rule.needs.includes("code"))) return [];
    const drafts: StatedDraft[] = [];
    rule.check(context, (draft) => drafts.push(draft));
    return createFindings(context, rule, severity, drafts, { hash });
  });
}

/** As a check that read each document alone before. */
function readBefore(contexts: readonly RuleContext[]): readonly RuleContext[] {
  const known: KnownSelections = new Map();
  return contexts.map((context) =>
    Object.assign(context, { alone: checkAlone(context, selectRules(rules, context, known), { hash }) }),
  );
}

describe("rules asked only of what can have findings", () => {
  test("say what all rules say that are asked of every document", () => {
    fc.assert(
      fc.property(chainFiles, (some) => {
        const slow = [...askEach(tracedContexts(some))].sort(inOrder);
        expect([...runRules(tracedContexts(some), options).findings]).toEqual(slow);
      }),
      { numRuns: propertyRuns(60) },
    );
  });

  test("say the same where each document was read alone before", () => {
    fc.assert(
      fc.property(chainFiles, (some) => {
        const slow = [...askEach(tracedContexts(some))].sort(inOrder);
        expect([...runRules(readBefore(tracedContexts(some)), options).findings]).toEqual(slow);
      }),
      { numRuns: propertyRuns(60) },
    );
  });
});
