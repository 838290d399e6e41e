import { defineRule, type Rule } from "../rule.ts";
import { isOpenTarget, linkTargets, openTargetMessage } from "../link-targets.ts";

/** Links stay inside the workspace. */
export const outsideWorkspace: Rule = defineRule({
  code: "link/outside-workspace",
  severity: "warning",
  title: "Link that leads out of the workspace",
  summary: "A relative link stays inside the workspace, where every reader has its target.",
  needs: ["trace"],
  check({ trace, profile }, report) {
    const links = linkTargets(trace);
    if (links.length === 0) return "not-applicable";
    for (const link of links) {
      const { path, written, start, end } = link;
      if (path !== undefined) continue;
      const message = isOpenTarget(link, profile)
        ? openTargetMessage(link)
        : `${written} leads out of the workspace. Bring the file in, or give a link that works for every reader.`;
      report({ message, at: { start, end } });
    }
    return undefined;
  },
});
