import type { ClosureDifference } from "#graph/differences";
import type { TraceGraph } from "#graph/graph";
import type { Severity } from "#model/finding";
import type { Span } from "#model/source";
import { inheritedTag, inheritedTitle, isCertain } from "../inherited-tag.ts";
import { titlePlace } from "../title-place.ts";
import { defineRule, type Draft, type Rule, type RuleContext } from "../rule.ts";
import type { TraceFacts } from "../facts.ts";

const grades: Readonly<Record<ClosureDifference["kind"], Severity>> = {
  missing: "error",
  contradicting: "error",
  surplus: "warning",
};

/** The ancestors a document writes are those its parents lead to. */
export const ancestorDiffers: Rule = defineRule({
  code: "trace/ancestor-differs",
  severity: "error",
  title: "Tags that are not those the parents lead to",
  summary: "The ancestors that a document names are those that the tags of its parents lead to.",
  needs: ["trace"],
  check(context, report) {
    const { trace } = context;
    const writers = trace.graph.writers(trace.path);
    if (writers.length === 0) return "not-applicable";
    for (const node of writers) {
      for (const difference of trace.graph.differences(node)) {
        if (!isCertain(trace.graph, difference)) continue;
        const edit = difference.level === "document" ? inheritedTag(context, difference) : undefined;
        report({
          ...draftOf(context, trace, difference),
          ...(edit === undefined ? {} : { fix: { title: inheritedTitle, edits: [edit] } }),
        });
      }
    }
    return undefined;
  },
});

function draftOf(context: RuleContext, trace: TraceFacts, difference: ClosureDifference): Draft {
  const { graph } = trace;
  const { kind, tag, level } = difference;
  const severity = level === "element" ? "info" : grades[kind];
  const names = (nodes: readonly number[]): string => nodes.map((one) => graph.idOf(one)).join(", ");
  const steps = (): string => difference.path.map((one) => graph.idOf(one)).join(" → ");
  const messages: Readonly<Record<ClosureDifference["kind"], () => string>> = {
    missing: () =>
      `@${tag} does not name ${names(difference.missing)}, to which the parents lead: ${steps()}. Add it, or correct the parent.`,
    surplus: () =>
      `@${tag} names ${names(difference.surplus)}, to which no parent leads (they lead to ${names(difference.expected) || "none"}). Take it out, or name the parent it comes from.`,
    contradicting: () =>
      `@${tag} says ${difference.none ? "null" : names(difference.written)}, but the parents lead to ${names(difference.expected)}: ${steps()}. One of the two is wrong.`,
  };
  const cause = level === "element" ? { cause: `ancestor-element:${tag}` } : {};
  return { message: messages[kind](), at: placeOf(trace, difference) ?? titlePlace(context), severity, ...cause };
}

/** The tag that says otherwise; where there is none, the node that lacks it; undefined for one without a title. */
function placeOf({ graph, path }: TraceFacts, difference: ClosureDifference): Span | undefined {
  const wrong = difference.surplus[0] ?? difference.written[0];
  const written = wrong === undefined ? undefined : linkTo(graph, path, difference.node, wrong, difference.tag);
  if (written !== undefined) return written;
  const view = graph.view(difference.node);
  return view?.path === path && view.end > view.start ? { start: view.start, end: view.end } : undefined;
}

function linkTo(
  graph: TraceGraph,
  path: string,
  from: number,
  to: number,
  tag: string,
): { start: number; end: number } | undefined {
  const links = graph.linksOf(path);
  let near: number | undefined;
  for (let index = 0; index < links.length; index++) {
    if (links.to(index) !== to || links.tag(index) !== tag) continue;
    if (links.from(index) === from) return links.at(index);
    near ??= index;
  }
  return near === undefined ? undefined : links.at(near);
}
