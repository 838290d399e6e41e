import type { TraceFacts } from "../facts.ts";
import { defineRule, type Rule } from "../rule.ts";
import { artifactNode } from "../section-mentions.ts";
import { liveTags, type TagRow } from "../tag-rows.ts";

/** The two files of one document say the same of its sources. */
export const pairDisagrees: Rule = defineRule({
  code: "document/pair-disagrees",
  severity: "error",
  title: "Two files of one document that disagree",
  summary: "The two files of one document, prose and specification, carry the same tags where both carry tags.",
  needs: ["trace"],
  check({ trace }, report) {
    const first = partnerOf(trace);
    const own = first === undefined ? [] : liveTags(trace);
    const theirs = first === undefined ? [] : liveTags({ graph: trace.graph, path: first });
    const [head] = own;
    if (head === undefined || theirs.length === 0) return "not-applicable";
    for (const type of new Set([...own, ...theirs].map((tag) => tag.type))) {
      const here = valuesOf(own, type);
      const there = valuesOf(theirs, type);
      if (here.size === there.size && [...here].every((value) => there.has(value))) continue;
      const said = (values: ReadonlySet<string>): string =>
        values.size === 0 ? "nothing" : [...values].sort().slice(0, 4).join(", ") + (values.size > 4 ? ", …" : "");
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
