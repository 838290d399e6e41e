import type { Box, Plan } from "#model/plan";

/** The parts of a plan that may carry boxes. */
export type BoxHolders = Pick<Plan, "phases" | "steps" | "checklists" | "deliverables" | "criteria">;

interface Boxed {
  readonly box?: Box;
}

/** Gives each box to one part alone: tasks first, then outcomes, deliverables, checklists and criteria. Whatever comes later and is the same line is left out. */
export function withOneOwner(holders: BoxHolders): BoxHolders {
  const taken = new Set<number>();
  const isOwn = ({ box }: Boxed): boolean => {
    const place = box?.mark.range.start.offset;
    if (place === undefined) return true;
    const isFree = !taken.has(place);
    taken.add(place);
    return isFree;
  };
  // Why: hardly a plan has a box twice, and what keeps all of its items need not be made again.
  const own = <Item extends Boxed>(items: readonly Item[]): readonly Item[] => {
    const kept = items.filter(isOwn);
    return kept.length === items.length ? items : kept;
  };
  return {
    phases: holders.phases.map((phase) => {
      const tasks = own(phase.tasks);
      return tasks === phase.tasks ? phase : { ...phase, tasks };
    }),
    steps: holders.steps.map((step) => {
      const outcomes = own(step.outcomes);
      return outcomes === step.outcomes ? step : { ...step, outcomes };
    }),
    deliverables: own(holders.deliverables),
    checklists: holders.checklists
      .map((list) => {
        const items = own(list.items);
        return items === list.items ? list : { ...list, items };
      })
      .filter(hasItems),
    criteria: own(holders.criteria),
  };
}

function hasItems({ items }: { readonly items: readonly unknown[] }): boolean {
  return items.length > 0;
}
