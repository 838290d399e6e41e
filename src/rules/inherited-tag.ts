import type { ClosureDifference } from "#graph/differences";
import type { TraceGraph } from "#graph/graph";
import type { Edit } from "#model/edit";
import { layerOf } from "#profile/dialect";
import type { TraceFacts } from "./facts.ts";
import { tagAfter } from "./tag-line.ts";
import type { RuleContext } from "./rule.ts";
import { surveyTags } from "./tag-survey.ts";

/** Title of the fix that writes inherited tags. */
export const inheritedTitle = "add the tags that the parents lead to";

/** A value that needs no quoting in any kind of document. */
const plainValue = /^[\w./-]+(?::[\w./-]+)?$/;

/** What the rules know when they look for a fix. */
export type TaggedText = Pick<RuleContext, "source" | "profile"> & { readonly trace: TraceFacts };

/**
 * The edit that adds the ancestor a node does not name; undefined unless it is certain: the parents lead to exactly one, the node wrote no
 * tag of the type at all, and what would be written is found again exactly.
 */
export function inheritedTag(tagged: TaggedText, difference: ClosureDifference): Edit | undefined {
  const { trace, profile } = tagged;
  const { graph, path } = trace;
  const { node, tag, type, kind, unique, none, written, missing } = difference;
  const [target] = missing;
  if (kind !== "missing" || !unique || none || written.length > 0 || target === undefined) return undefined;
  if (graph.trace(path)?.role !== "artifact" || writesType(trace, node, tag)) return undefined;
  const value = graph.idOf(target);
  const isWhole = graph.documentOf(target) === target;
  if (isWhole && layerOf(profile, type)?.element === "required") return undefined;
  if (!plainValue.test(value) || graph.find(value) !== target) return undefined;
  return agree(trace, difference, target) ? tagAfter(trace, tagged.source.text, node, { name: tag, value }) : undefined;
}

/** Why: a tag that leads nowhere is one all the same; what is wrong with it is told by another rule. */
function writesType(trace: TraceFacts, node: number, tag: string): boolean {
  const { graph, path } = trace;
  if (graph.documentOf(node) === node) return surveyTags(trace).names.includes(tag);
  const links = graph.linksOf(path);
  for (let index = 0; index < links.length; index++) {
    if (links.from(index) === node && links.tag(index) === tag) return true;
  }
  return false;
}

/** Why: what a document writes holds for its elements too, so they must lead to the same; and what it will write needs no second place. */
function agree({ graph, path }: TraceFacts, { node, tag }: ClosureDifference, target: number): boolean {
  const document = graph.documentOf(node);
  const others = graph.writers(path).filter((one) => one !== node);
  if (node !== document)
    return !others.includes(document) || graph.differences(document).every((one) => one.tag !== tag);
  return others.every((one) =>
    graph.differences(one).every((other) => other.tag !== tag || (other.unique && other.missing[0] === target)),
  );
}

/** False for a chain that passes a document as a whole: it leads to all its elements, and which of them are meant only people know. */
export function isCertain(graph: TraceGraph, { level, path }: ClosureDifference): boolean {
  return level === "document" || !path.slice(1, -1).some((node) => leavesOpen(graph, node));
}

/** True for a document whose elements have tags of their own; of the parts of a split one it is taken for true. */
function leavesOpen(graph: TraceGraph, node: number): boolean {
  if (graph.documentOf(node) !== node) return false;
  const path = graph.view(node)?.path ?? "";
  return graph.trace(path)?.part !== undefined || graph.writers(path).some((writer) => writer !== node);
}
