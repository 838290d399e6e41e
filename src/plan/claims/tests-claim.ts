import type { TestsClaim } from "#model/claim";
import type { ClaimFit, ClaimPattern, ClaimScene } from "./claim-scene.ts";
import { comparisonForm, comparisonOf } from "./comparison.ts";

const things = "(?:unit |integration |e2e |bdd |end-to-end )?(?:tests?|scenarios?|specs?|test cases?)";
const passing = new RegExp(
  `^(?:(?:should )?shows? )?(?:(all) )?(?:${comparisonForm} )?(\\d{1,6})(\\+)? ${things} (?:pass(?:ed|es|ing)?|are (?:green|passing)|run and pass)$`,
  "i",
);
const none = new RegExp(
  `^(?:there are )?(?:no|0|zero) (failing|failed|skipped|pending) ${things}(?: (?:remain|left|reported|found))?$`,
  "i",
);
const unskipped = new RegExp(`^no ${things} (?:is|are|was|were) (skipped|failing|failed)$`, "i");

/** `12 tests pass`, `at least 20 tests pass`, `no skipped tests`: by the summary of the step's test runner. */
export const testsClaim: ClaimPattern = {
  name: "tests",
  isCued: (text) => /\d|\bno\b|zero/i.test(text),
  fit(text, scene) {
    const lacking = none.exec(text)?.[1] ?? unskipped.exec(text)?.[1];
    if (lacking !== undefined) {
      const of = /^fail/i.test(lacking) ? "failed" : "skipped";
      return made([{ kind: "tests", of, operator: "=", count: 0 }], scene);
    }
    const match = passing.exec(text);
    if (match === null) return undefined;
    const [, all, comparison, amount, plus] = match;
    const operator = plus === undefined ? (comparisonOf(comparison) ?? "=") : ">=";
    const passed: TestsClaim = { kind: "tests", of: "passed", operator, count: Number(amount) };
    const failed: TestsClaim = { kind: "tests", of: "failed", operator: "=", count: 0 };
    return made(all === undefined ? [passed] : [passed, failed], scene);
  },
};

function made(claims: readonly TestsClaim[], { checks }: ClaimScene): ClaimFit {
  return checks.some(({ kind }) => kind === "tests")
    ? { claims, why: "the test runner of the step counts them" }
    : { claims, why: "no test runner of the step counts them", near: true };
}
