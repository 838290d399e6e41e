import type { Plan } from "#model/plan";
import type { Hash } from "#model/ports";
import type { UnderstoodTarget } from "#model/understanding";
import { digestOfAll } from "./digest.ts";

const parts: readonly (readonly [RegExp, UnderstoodTarget["part"]])[] = [
  [/^(?:test )?coverage targets?\b/iu, "coverage-target"],
  [/^(?:performance|latency|throughput) (?:targets?|goals?|requirements?)\b/iu, "performance-target"],
];

/** The coverage and performance targets among the decisions of a plan. Reports decide them; nobody has to sign them. */
export function understandTargets(plan: Plan, hash: Hash): readonly UnderstoodTarget[] {
  const listed = plan.decisions.flatMap(({ title, items }) => {
    const part = parts.find(([form]) => form.test(title.trim()))?.[1];
    return part === undefined ? [] : items.map((item) => ({ item, part, group: title }));
  });
  return listed.map(({ item, part, group }, index) => ({
    key: `target:${index + 1}`,
    kind: "target",
    part,
    group,
    text: item.text,
    range: item.textRange,
    claims: [],
    why: "a report decides it",
    digest: digestOfAll(hash, [group, item.text]),
  }));
}
