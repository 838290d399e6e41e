import { defineRule, type Rule } from "../rule.ts";
import { runningBlocks } from "../running-blocks.ts";

/** A verification only looks. */
export const verificationChangesState: Rule = defineRule({
  code: "plan/verification-changes-state",
  severity: "warning",
  title: "Verification that changes something",
  summary: "A verification looks and changes nothing, so that it can be asked again at any time.",
  needs: ["understood"],
  check({ understood }, report) {
    const verifications = runningBlocks(understood).filter(({ block }) => block.role === "verification");
    if (verifications.length === 0) return "not-applicable";
    for (const { block, owner } of verifications.filter((one) => one.block.vacuity?.changesState === true)) {
      const write = block.risks.find((note) => note.risk !== "read");
      const why = write === undefined ? "" : ` (${write.reason})`;
      report({
        message: `This verification of ${owner} changes something${why}. Move the change into the action, and only look here.`,
        at: write?.range ?? block.block.range,
      });
    }
  },
});
