import { defineRule, type Rule } from "../rule.ts";
import { unreadMessage } from "../unread-message.ts";
import { didYouMean, documentIn, linksWith } from "../trace-links.ts";

/** Tags in comments of source and test files lead to what they name. */
export const sourceTag: Rule = defineRule({
  code: "trace/source-tag",
  severity: "warning",
  title: "Tag in source that leads nowhere",
  summary:
    "A tag in a comment of a source or test file is written so that it is read, and names a document, element or file that is there.",
  needs: ["code", "workspace"],
  counts: false,
  check({ code, workspace, profile, source }, report) {
    const ofPaths = profile.layers.filter((layer) => layer.reference === "path").map((layer) => layer.tag);
    for (const link of linksWith(code, ["missing", "ambiguous"])) {
      const id = documentIn(link.to);
      const isPath = ofPaths.includes(link.tag);
      // Why: a comment that explains how tags are written quotes them.
      if (source.text[source.text.lastIndexOf("@", link.start) - 1] === "`") continue;
      if (isPath && workspace.exists(link.to)) continue;
      const isKnown = !isPath && code.graph.find(id) !== undefined;
      const candidates = link.candidates ?? [];
      const what =
        candidates.length > 0
          ? `${link.to} may be ${candidates.slice(0, 4).join(", ")}${candidates.length > 4 ? " and others" : ""}. Write the one that is meant.`
          : isPath
            ? `There is no file ${link.to}.`
            : isKnown
              ? `${id} defines no ${link.to.slice(id.length + 1)}.`
              : `There is no document ${id}.`;
      const cure = candidates.length > 0 ? "" : didYouMean(code.graph, link) || " Correct the tag, or take it out.";
      report({ message: `${what}${cure}`, at: link, cause: `source-tag:${link.to}` });
    }
    for (const { unread, start, end } of code.graph.trace(code.path)?.faults ?? []) {
      if (unread === undefined || source.text.slice(start - 1, start + 1).includes("`")) continue;
      const message = unreadMessage(profile, unread, source.text.slice(start, end));
      if (message !== undefined) report({ message, at: { start, end }, cause: `unread:${unread.kind}:${unread.name}` });
    }
    return undefined;
  },
});
