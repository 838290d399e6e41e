import type { Edit } from "#model/edit";
import { statedShare } from "#model/figures";
import type { Criterion, Plan } from "#model/plan";
import type { PlanStanding, UnderstoodPlan, UnitStanding } from "#model/understanding";

/**
 * The edits by which criteria carry what was computed of them: `✅/❌` becomes one of both, `[X/Y]` the counts. Only a recorded verdict
 * is written, and only where the document has a mark or a ratio.
 */
export function criterionMarkEdits(plan: Plan, understood: UnderstoodPlan, standing: PlanStanding): readonly Edit[] {
  const own = new Set(plan.criteria);
  return understood.plan.criteria.flatMap((criterion, index) => {
    const judged = standing.items.get(`criterion:${index + 1}`);
    if (!own.has(criterion) || judged?.record === undefined) return [];
    return [...markEdits(criterion, judged), ...ratioEdits(criterion, judged)];
  });
}

const glyphs: Readonly<Record<string, string>> = { verified: "✅", failed: "❌", stale: "❌" };

/** Why: other marks than these two say something of their own. */
function markEdits({ mark }: Criterion, { verdict }: UnitStanding): readonly Edit[] {
  const text = Object.hasOwn(glyphs, verdict) ? glyphs[verdict] : undefined;
  if (
    mark === undefined ||
    text === undefined ||
    !/^[✅❌]\uFE0F?(?:\s{0,9}\/\s{0,9}[✅❌]\uFE0F?){0,3}$/u.test(mark.raw)
  )
    return [];
  // Why: what was never answered stays open until it is; only a verdict someone reads as one is taken back.
  if (verdict === "stale" && mark.value === "choice") return [];
  return [{ start: mark.range.start.offset, end: mark.range.end.offset, text, expected: mark.raw }];
}

function ratioEdits({ ratio, text: written }: Criterion, { verdict, reason, record }: UnitStanding): readonly Edit[] {
  const share = statedShare(reason);
  if (ratio === undefined || share === undefined || record?.signed !== undefined) return [];
  if (verdict !== "verified" && verdict !== "failed") return [];
  const isBracketed = written.includes("[");
  const text = `${share.done}/${share.total}`;
  const { start, end } = ratio.range;
  return [{ start: start.offset, end: end.offset, text: isBracketed ? `[${text}]` : text }];
}
