import type { UnderstoodPlan } from "#model/understanding";
import type { LiveRun } from "./live-run.ts";

/** One unit that is known under another key than it has now. */
export interface Move {
  readonly from: string;
  readonly to: string;
}

/** Records which steps, outcomes and tasks were moved or renumbered since the journal was written: what was proved follows its text. */
export function followEdits(run: LiveRun): void {
  const moves = movesOf(run.plan, run);
  if (moves.length > 0) run.record({ type: "units-moved", moves });
  const units = unitsOf(run.plan);
  const now = new Map(units);
  for (const { unit, subject, verdict, override, reason, actor, at } of run.memory.notes.signed) {
    if (now.get(unit) === subject) continue;
    const to = units.find(([key, text]) => text === subject && kindOf(key) === kindOf(unit))?.[0];
    // Why: a signature lies in a file of its own under the old key; the run takes it over under the new one.
    const known = to === undefined ? undefined : run.unit(to);
    if (to === undefined || (known?.subject === subject && (known.signed !== undefined || known.at > at))) continue;
    run.record({ type: "signed", unit: to, subject, verdict, override, reason, actor });
  }
}

/** Units whose text the journal knows under another key, which the document gives to another text or no longer has. */
export function movesOf(plan: UnderstoodPlan, run: Pick<LiveRun, "state">): readonly Move[] {
  const now = new Map(unitsOf(plan));
  const { units } = run.state();
  const free = new Map<string, string>();
  for (const [key, { subject }] of units) {
    if (subject !== "" && now.get(key) !== subject) free.set(`${kindOf(key)} ${subject}`, key);
  }
  const moves = [...now].flatMap(([to, subject]): Move[] => {
    if (units.get(to)?.subject === subject) return [];
    const from = free.get(`${kindOf(to)} ${subject}`);
    return from === undefined ? [] : [{ from, to }];
  });
  return [...moves, ...openMoves(plan, run, moves)];
}

/** Why: a step that was started has no verdict to be known by, but the block that is in question stands in it. */
function openMoves(plan: UnderstoodPlan, run: Pick<LiveRun, "state">, moves: readonly Move[]): readonly Move[] {
  const { open, unsettled } = run.state();
  const blocks = [...unsettled.values(), ...(open === undefined ? [] : [open])];
  return blocks.flatMap(({ unit, block }): Move[] => {
    const holders = plan.steps.filter((step) => step.blocks.some((each) => each.digest === block));
    const [to] = holders;
    if (to === undefined || holders.some((step) => step.key === unit) || moves.some((move) => move.from === unit))
      return [];
    return [{ from: unit, to: to.key }];
  });
}

function unitsOf(plan: UnderstoodPlan): readonly (readonly [string, string])[] {
  const tasks = plan.phases.flatMap((phase) => phase.tasks);
  const items = [
    ...plan.steps.flatMap((step) => step.outcomes),
    ...tasks.flatMap((task) => task.verify),
    ...plan.items,
    ...plan.targets,
  ];
  return [
    ...plan.steps.map((step) => [step.key, step.subject] as const),
    ...tasks.map((task) => [task.key, task.subject] as const),
    ...items.map((item) => [item.key, item.digest] as const),
  ];
}

function kindOf(key: string): string {
  return key.slice(0, key.indexOf(":"));
}
