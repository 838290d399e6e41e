import type { Effort } from "#model/plan";

const effortForm =
  /^[~≈\s]*(\d+(?:\.\d+)?)\s*(?:(?:-|–|—|to)\s*(\d+(?:\.\d+)?))?\s*(hours?|hrs?|h|minutes?|mins?|min)\b\.?\s*(.*)$/iu;

/** Hours from `80 hours`, `60-80 hours`, `~2.5h`, `30 min`, with what follows as a remark; undefined for anything else, such as `TBD`. */
export function parseEffort(text: string): Effort | undefined {
  const match = effortForm.exec(text.trim());
  if (match === null) return undefined;
  const [, first = "", second, unit = "", rest = ""] = match;
  const share = unit.toLowerCase().startsWith("m") ? 60 : 1;
  const minHours = Number(first) / share;
  const maxHours = second === undefined ? minHours : Number(second) / share;
  const remark = unwrapRemark(rest);
  if (maxHours < minHours) return undefined;
  return remark === "" ? { minHours, maxHours } : { minHours, maxHours, remark };
}

/** `(revised after review)` and `, revised` without their signs. */
function unwrapRemark(text: string): string {
  const trimmed = text.replace(/^[\s,;:–—-]+/u, "").trim();
  const wrapped = trimmed.startsWith("(") && trimmed.indexOf(")") === trimmed.length - 1;
  return wrapped ? trimmed.slice(1, -1).trim() : trimmed;
}
