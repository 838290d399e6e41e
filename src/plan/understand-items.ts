import type { Criterion, Plan } from "#model/plan";
import type { UnderstoodBlock, UnderstoodOutcome } from "#model/understanding";
import { type PlanScene, wholeScene } from "./planned-checks.ts";
import { type BlockTools } from "./understand-block.ts";
import { understandDeclared } from "./understand-declared.ts";
import { type WrittenOutcome, understandOutcome } from "./understand-outcome.ts";
import { reportClaims } from "./understand-step.ts";

/** Deliverables, declared files and modules, checklist items and criteria, with the claims they make about the whole plan. */
export function understandItems(
  plan: Plan,
  blocks: readonly UnderstoodBlock[],
  ground: PlanScene,
  tools: BlockTools,
): readonly UnderstoodOutcome[] {
  const scene = wholeScene(blocks, ground);
  const items = [...deliverables(plan), ...checklistItems(plan), ...criteria(plan)].map((written) => {
    reportClaims(written.annotation, tools);
    return understandOutcome(written, scene, tools.hash);
  });
  return [...items, ...understandDeclared(plan, tools.hash)];
}

function deliverables(plan: Plan): readonly WrittenOutcome[] {
  return plan.deliverables.map((bullet, index) => ({
    key: `deliverable:${index + 1}`,
    kind: "deliverable",
    text: bullet.text,
    range: bullet.textRange,
    box: bullet.box,
    annotation: bullet.annotation,
  }));
}

function checklistItems(plan: Plan): readonly WrittenOutcome[] {
  return plan.checklists
    .flatMap(({ items, phase }) => items.map((bullet) => ({ bullet, phase })))
    .map(({ bullet, phase }, index) => ({
      key: `check:${index + 1}`,
      kind: "check",
      text: bullet.text,
      range: bullet.textRange,
      box: bullet.box,
      phase,
      annotation: bullet.annotation,
    }));
}

function criteria(plan: Plan): readonly WrittenOutcome[] {
  return plan.criteria.map((criterion, index) => ({
    key: `criterion:${index + 1}`,
    kind: "criterion",
    text: criterion.text,
    range: criterion.range,
    box: criterion.box,
    annotation: criterion.annotation,
    lasting: lastingText(criterion),
  }));
}

/** Why: marks and counts are written back; a verdict of a criterion must not go stale by what it wrote itself. */
function lastingText({ text, mark, ratio }: Criterion): string {
  const unmarked = mark === undefined ? text : text.replace(/[✅❌]\uFE0F?(?:\s?\/\s?[✅❌]\uFE0F?)*/u, "✓");
  return ratio === undefined
    ? unmarked
    : unmarked.replace(/\[?(?:\d{1,9}|[A-Z])\s{0,9}\/\s{0,9}(?:\d{1,9}|[A-Z])\]?/u, "[/]");
}
