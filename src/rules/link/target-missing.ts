import { defineRule, type Rule } from "../rule.ts";
import { isOpenTarget, linkTargets, openTargetMessage } from "../link-targets.ts";

/** Links lead to files that are there. */
export const targetMissing: Rule = defineRule({
  code: "link/target-missing",
  severity: "warning",
  title: "Link to a file that is not there",
  summary: "A link to a file of the workspace leads to one that exists.",
  needs: ["trace", "workspace"],
  check({ trace, workspace, profile }, report) {
    const links = linkTargets(trace).filter((link) => link.path !== "" && link.path !== undefined);
    if (links.length === 0) return "not-applicable";
    for (const link of links) {
      const { path, written, start, end } = link;
      if (path === undefined || workspace.exists(path)) continue;
      if (isOpenTarget(link, profile)) {
        report({ message: openTargetMessage(link), at: { start, end }, cause: `target:${path}` });
        continue;
      }
      const id = /([A-Z]+-\d+)[^/]*$/.exec(path)?.[1];
      const node = id === undefined ? undefined : trace.graph.find(id);
      const there = node === undefined ? undefined : trace.graph.view(node)?.path;
      const cure = there === undefined ? "Correct the path, or write the file." : `${id} lies in ${there}.`;
      report({
        message: `There is no ${path} (written ${written}). ${cure}`,
        at: { start, end },
        cause: `target:${path}`,
      });
    }
    return undefined;
  },
});
