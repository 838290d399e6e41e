import { defineRule, type Rule } from "../rule.ts";
import { linkTargets } from "../link-targets.ts";
import { nearAnchor } from "../near-anchor.ts";

/** Links to headings lead to headings that are there. */
export const anchorMissing: Rule = defineRule({
  code: "link/anchor-missing",
  severity: "warning",
  title: "Link to a heading that is not there",
  summary: "A link to a heading or anchor of a document leads to one that it has.",
  needs: ["trace", "workspace"],
  check({ trace, workspace }, report) {
    const links = linkTargets(trace).filter((link) => link.path !== undefined && (link.anchor ?? "") !== "");
    if (links.length === 0) return "not-applicable";
    for (const { path = "", anchor = "", start, end } of links) {
      // Why: in HTML this is the beginning of any page.
      if (/^top$/iu.test(anchor)) continue;
      const file = path === "" ? trace.path : path;
      const anchors = workspace.anchors(file);
      if (anchors === undefined || anchors.has(anchor) || anchors.has(anchor.toLowerCase())) continue;
      // Why: ids are anchors of ours, whether the page that shows the document knows them or not.
      const id = trace.graph.trace(file)?.id;
      if (id !== undefined && (anchor === id || trace.graph.find(`${id}:${anchor}`) !== undefined)) continue;
      const near = nearAnchor(anchors, anchor);
      const cure = near === undefined ? "Correct the link, or write the heading." : `Did you mean #${near}?`;
      report({
        message: `${file} has no heading or anchor #${anchor}. ${cure}`,
        at: { start, end },
        cause: `anchor:${file}#${anchor}`,
      });
    }
    return undefined;
  },
});
