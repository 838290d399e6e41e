import type { Box, Plan } from "#model/plan";

/** The parts of a plan that may carry boxes. */
export type BoxHolders = Pick<Plan, "phases" | "steps" | "checklists" | "deliverables" | "criteria">;

interface Boxed {
  readonly box?: Box;
}

/** Gives each box to one part alone: tasks first, then outcomes, deliverables, checklists and criteria. Whatever comes later and is the same line is left out. */
export function withOneOwner(holders: BoxHolders): BoxHolders {
  const taken = new Set<number>();
  const own = <Item extends Boxed>(items: readonly Item[]): readonly Item[] =>
    items.filter(({ box }) => {
      const place = box?.mark.range.start.offset;
      if (place === undefined) return true;
      const isFree = !taken.has(place);
      taken.add(place);
      return isFree;
    });
  return {
    phases: holders.phases.map((phase) => ({ ...phase, tasks: own(phase.tasks) })),
    steps: holders.steps.map((step) =>
      step.outcomes.some(({ box }) => box !== undefined) ? { ...step, outcomes: own(step.outcomes) } : step,
    ),
    deliverables: own(holders.deliverables),
    checklists: holders.checklists.map((list) => ({ ...list, items: own(list.items) })).filter(hasItems),
    criteria: own(holders.criteria),
  };
}

function hasItems({ items }: { readonly items: readonly unknown[] }): boolean {
  return items.length > 0;
}
