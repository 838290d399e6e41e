import type { TraceGraph } from "#graph/graph";
import { keptWith } from "#model/lazily";
import type { LinkStatus, TraceLink } from "#model/trace";
import type { TraceFacts } from "./facts.ts";

/** A written tag that leads somewhere or nowhere, with its row in the document's trace. */
export interface WrittenLink extends TraceLink {
  readonly row: number;
}

/** Live links of a document that have one of these statuses, but for those derived by what is certain. */
export function linksWith(
  facts: TraceFacts,
  statuses: readonly Exclude<LinkStatus, "exact">[],
): readonly WrittenLink[] {
  const special = specialLinks(facts);
  if (special.length === 0) return special;
  const wanted: readonly LinkStatus[] = statuses;
  return special.filter((link) => wanted.includes(link.status));
}

/** Why: nearly all links are right, and each rule on links would pass over them again. Facts are made anew for each check. */
const known = keptWith<TraceFacts, readonly WrittenLink[]>();

const noLinks: readonly WrittenLink[] = [];

/** Links of which there is something to say, by place. */
function specialLinks(facts: TraceFacts): readonly WrittenLink[] {
  const before = known.of(facts);
  if (before !== undefined) return before;
  const links = facts.graph.linksOf(facts.path);
  if (links.special === 0) return noLinks;
  const special: WrittenLink[] = [];
  for (let index = 0; special.length < links.special && index < links.length; index++) {
    // Why: an object that begins with a spread gets a shape of its own, which takes longer than all else of it.
    if (links.isSpecial(index)) special.push({ row: links.row(index), ...links.at(index) });
  }
  special.sort((a, b) => a.start - b.start);
  known.keep(facts, special);
  return special;
}

/** The id of the document in `REQ-003:AC-001`; the path in `src/a.py:12` and in `C:\\src\\a.py`. */
export function documentIn(id: string): string {
  const name = /^[\w-]*\d:/u.test(id) ? 0 : Math.max(id.lastIndexOf("/"), id.lastIndexOf("\\")) + 1;
  const colon = id.indexOf(":", name);
  return colon <= 0 ? id : id.slice(0, colon);
}

/** What is done by fixes that write ids in the letters they are defined in. */
export const normalIds = "write ids in their normal form";

/** `Did you mean SYS-012:PERF-001?` where something near is there; empty where nothing is. */
export function didYouMean(graph: TraceGraph, link: WrittenLink): string {
  const near = graph.nearMisses(link.path, link.row);
  return near.length === 0 ? "" : ` Did you mean ${near.join(" or ")}?`;
}
