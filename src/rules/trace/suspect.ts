import type { ParentLink } from "#graph/graph";
import type { AcceptedLinks, GitFacts } from "#model/link-facts";
import type { TraceFacts } from "../facts.ts";
import { quote } from "../quote.ts";
import { defineRule, type Draft, type Rule } from "../rule.ts";

/** What a document follows from still means what it meant when the two were last compared. */
export const suspect: Rule = defineRule({
  code: "trace/suspect",
  severity: "warning",
  title: "Source that changed since",
  summary: "What a document follows from means the same as when a person last compared the two.",
  needs: ["trace"],
  counts: false,
  check({ trace, accepted, git, document }, report) {
    if (accepted === undefined && git === undefined) return "not-applicable";
    const links = trace.graph.parentLinks(trace.path);
    if (links.length === 0 || document.id === undefined) return "not-applicable";
    for (const link of links) {
      const known = accepted?.accepted(trace.graph.idOf(link.from), trace.graph.idOf(link.to));
      const draft =
        accepted !== undefined && (known !== undefined || git === undefined)
          ? byAcceptance(trace, link, accepted, known)
          : byHistory(trace, link, git);
      if (draft !== undefined) report(draft);
    }
    return undefined;
  },
});

function byAcceptance(
  trace: TraceFacts,
  link: ParentLink,
  accepted: AcceptedLinks,
  known: string | undefined,
): Draft | undefined {
  const [from, to] = [trace.graph.idOf(link.from), trace.graph.idOf(link.to)];
  if (known === undefined) {
    const message = `Nobody has accepted yet that ${from} follows from ${to}. Compare the two, then: ${acceptance(trace, link)}`;
    return { message, at: placeOf(trace, link), severity: "info", cause: "not-accepted" };
  }
  if (known === accepted.digest(to)) return undefined;
  const message = `${to} does not mean what it meant when ${from} was accepted as following from it. Read it again, correct ${from} where it has to follow, then: ${acceptance(trace, link)}`;
  return { message, at: placeOf(trace, link) };
}

function byHistory(trace: TraceFacts, link: ParentLink, git: GitFacts | undefined): Draft | undefined {
  const [from, to] = [trace.graph.idOf(link.from), trace.graph.idOf(link.to)];
  const change = git?.laterChange({ from, to, path: trace.path });
  if (change === undefined) return undefined;
  const when =
    change.commit === undefined
      ? "that is not committed yet"
      : `in ${change.commit.slice(0, 9)}${change.date === undefined ? "" : ` (${change.date})`}`;
  const message = `${to} changed ${when}, after ${from} was last edited: ${change.was === "" ? "nothing" : quote(change.was)} became ${change.is === "" ? "nothing" : quote(change.is)}. Correct ${from} where it has to follow; where it need not, say so once: ${acceptance(trace, link)}`;
  return { message, at: placeOf(trace, link) };
}

function acceptance({ graph }: TraceFacts, { from }: ParentLink): string {
  return `iplan check ${graph.idOf(graph.documentOf(from))} --accept`;
}

function placeOf({ graph, path }: TraceFacts, { index }: ParentLink): { start: number; end: number } {
  const { start, end } = graph.linksOf(path).at(index);
  return { start, end };
}
