import { defineRule, type Rule } from "../rule.ts";
import { runningBlocks } from "../running-blocks.ts";

/** A verification can fail. */
export const vacuousVerification: Rule = defineRule({
  code: "plan/vacuous-verification",
  severity: "error",
  title: "Verification that cannot fail",
  summary: "A verification fails when what it checks is not so.",
  needs: ["understood"],
  check({ understood }, report) {
    const verifications = runningBlocks(understood).filter(({ block }) => block.role === "verification");
    if (verifications.length === 0) return "not-applicable";
    for (const { block, owner } of verifications) {
      const { vacuity } = block;
      const [first] = vacuity?.notes ?? [];
      if (vacuity?.kind === "vacuous") {
        const why = first === undefined ? "" : ` (${first.reason})`;
        report({
          message: `This verification of ${owner} passes whatever happened${why}. Use a command that fails: test, grep -q, diff, a test runner.`,
          at: first?.range ?? block.block.range,
        });
        continue;
      }
      for (const note of (vacuity?.notes ?? []).filter((one) => one.masked)) {
        report({
          message: `This check can never fail: ${note.reason}. Let its exit status through.`,
          at: note.range,
          severity: "warning",
        });
      }
    }
  },
});
