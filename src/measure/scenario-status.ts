import type { TestStatus } from "#model/figures";

/** What the steps of a scenario make of it, worst first. */
const order: readonly (readonly [RegExp, TestStatus])[] = [
  [/^(?:failed|ambiguous)$/u, "failed"],
  [/^(?:undefined|pending|unknown)$/u, "undefined"],
  [/^skipped$/u, "skipped"],
  [/^passed$/u, "passed"],
];

/** How a scenario ended by the statuses of its steps and hooks; one without a step tests nothing. */
export function scenarioStatus(statuses: Iterable<string>): TestStatus {
  const seen = [...new Set([...statuses].map((each) => each.toLowerCase()))];
  return order.find(([form]) => seen.some((each) => form.test(each)))?.[1] ?? "undefined";
}
