import { defineRule, type Rule } from "../rule.ts";
import { linkTargets } from "../link-targets.ts";

/** Links stay inside the workspace. */
export const outsideWorkspace: Rule = defineRule({
  code: "link/outside-workspace",
  severity: "warning",
  title: "Link that leads out of the workspace",
  summary: "A relative link stays inside the workspace, where every reader has its target.",
  needs: ["trace"],
  check({ trace }, report) {
    const links = linkTargets(trace);
    if (links.length === 0) return "not-applicable";
    for (const { path, written, start, end } of links) {
      if (path !== undefined) continue;
      report({
        message: `${written} leads out of the workspace. Bring the file in, or give a link that works for every reader.`,
        at: { start, end },
      });
    }
    return undefined;
  },
});
