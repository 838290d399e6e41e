import type { Span } from "#model/source";
import { type DefinitionKind, definitionKind } from "#model/trace";
import type { TraceFacts } from "../facts.ts";
import { defineRule, type Draft, type Rule } from "../rule.ts";
import { artifactNode } from "../section-mentions.ts";
import { liveTags, type TagRow } from "../tag-rows.ts";

/** The two files of one document say the same of its sources. */
export const pairDisagrees: Rule = defineRule({
  code: "document/pair-disagrees",
  severity: "error",
  title: "Two files of one document that disagree",
  summary:
    "The two files of one document, prose and specification, carry the same tags, and define the same ids, where both do.",
  needs: ["trace"],
  check({ trace }, report) {
    const first = partnerOf(trace);
    if (first === undefined) return "not-applicable";
    const ids = idDrafts(trace, first);
    for (const draft of ids ?? []) report(draft);
    const own = liveTags(trace);
    const theirs = liveTags({ graph: trace.graph, path: first });
    const [head] = own;
    if (head === undefined || theirs.length === 0) return ids === undefined ? "not-applicable" : undefined;
    for (const type of new Set([...own, ...theirs].map((tag) => tag.type))) {
      const here = valuesOf(own, type);
      const there = valuesOf(theirs, type);
      if (here.size === there.size && [...here].every((value) => there.has(value))) continue;
      const said = (values: ReadonlySet<string>): string => listed([...values].sort());
      const only = (a: ReadonlySet<string>, b: ReadonlySet<string>) => new Set([...a].filter((value) => !b.has(value)));
      report({
        message: `@${type} is not the same in both files: here alone ${said(only(here, there))}; in ${first} alone ${said(only(there, here))}. Write the same in both.`,
        at: own.find((tag) => tag.type === type) ?? head,
        cause: `pair:${type}`,
      });
    }
    return undefined;
  },
});

/** Sites of ids that people give, as against keys and names that tools read. */
const given: ReadonlySet<DefinitionKind> = new Set([
  definitionKind.heading,
  definitionKind.tableCell,
  definitionKind.label,
  definitionKind.yamlId,
]);

/**
 * Elements of one series, such as `ERR-001`, that only one of the two files defines; undefined when they have no series in common. Why:
 * what one file alone numbers, the other need not know.
 */
function idDrafts({ graph, path }: TraceFacts, first: string): readonly Draft[] | undefined {
  const [own, theirs] = [seriesIn(graph, path), seriesIn(graph, first)];
  const common = [...own].flatMap(([series, here]) => {
    const there = theirs.get(series);
    return there === undefined ? [] : [{ series, here, there }];
  });
  if (common.length === 0) return undefined;
  return common.flatMap(({ series, here, there }) => {
    const only = (some: ReadonlyMap<string, Span>, others: ReadonlyMap<string, Span>): readonly string[] =>
      [...some.keys()].filter((id) => !others.has(id)).sort();
    const [mine, missing] = [only(here, there), only(there, here)];
    const at = here.get(mine[0] ?? "") ?? [...here.values()].at(-1);
    if (at === undefined || mine.length + missing.length === 0) return [];
    const message = `The two files do not define the same ${series}-…: here alone ${listed(mine)}; in ${first} alone ${listed(missing)}. Define the same in both.`;
    return [{ message, at, severity: "warning" as const, cause: `pair-ids:${series}` }];
  });
}

/** Places of the numbered elements of a file, by the words before the number. */
function seriesIn(graph: TraceFacts["graph"], path: string): ReadonlyMap<string, ReadonlyMap<string, Span>> {
  const found = new Map<string, Map<string, Span>>();
  for (const node of graph.elementsOf(path)) {
    const site = graph.sitesOf(node).find((one) => one.path === path && given.has(one.kind));
    const element = graph.idOf(node).slice(graph.idOf(graph.documentOf(node)).length + 1);
    const series = /^([A-Za-z][A-Za-z_]*)-\d[\w.]*$/u.exec(element)?.[1];
    if (site === undefined || series === undefined) continue;
    found.set(series, (found.get(series) ?? new Map<string, Span>()).set(element, site));
  }
  return found;
}

function listed(ids: readonly string[]): string {
  return ids.length === 0 ? "nothing" : ids.slice(0, 4).join(", ") + (ids.length > 4 ? ", …" : "");
}

/** The file of the pair that comes first; undefined for it, and for what is no pair. Parts of a split plan share their tags. */
function partnerOf(trace: TraceFacts): string | undefined {
  const { graph, path } = trace;
  const node = graph.trace(path)?.part === undefined ? artifactNode(trace) : undefined;
  const [first] = node === undefined ? [] : graph.holdersOf(node);
  return first === path ? undefined : first;
}

function valuesOf(tags: readonly TagRow[], type: string): ReadonlySet<string> {
  const values = new Set<string>();
  for (const tag of tags) {
    if (tag.type !== type) continue;
    const element = tag.element === undefined ? "" : `:${tag.element}`;
    values.add(tag.document === undefined ? tag.raw : `${tag.document}${element}`);
  }
  return values;
}
