import type { Plan } from "#model/plan";
import type { Range } from "#model/source";

/** A plan as JSON with short ranges (`3:1-4:12`), for goldens and comparisons. */
export function showPlan(plan: Plan): Record<string, unknown> {
  const { sections, ...rest } = plan;
  const shown = sections.map(({ parent, ...section }) => ({ ...section, parent: parent?.title }));
  return JSON.parse(JSON.stringify({ ...rest, sections: shown }, shorten)) as Record<string, unknown>;
}

function shorten(_key: string, value: unknown): unknown {
  return isRange(value) ? `${place(value.start)}-${place(value.end)}` : value;
}

function place({ line, column }: Range["start"]): string {
  return `${line}:${column}`;
}

/** True for a range of the model. */
export function isRange(value: unknown): value is Range {
  if (typeof value !== "object" || value === null || !("start" in value) || !("end" in value)) return false;
  const { start, end } = value;
  return typeof start === "object" && start !== null && "offset" in start && typeof end === "object" && end !== null;
}
