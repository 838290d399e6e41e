import type { Bullet, Plan } from "#model/plan";

/** What a text calls done. */
interface CalledDone {
  /** Ids of tasks. */
  readonly tasks: ReadonlySet<string>;
  /** Texts of items. */
  readonly items: ReadonlySet<string>;
  readonly phases: ReadonlySet<string>;
  readonly completed: boolean;
}

/** What an edit of a plan calls done that was not before, each with the command that proves it; empty when it calls nothing done. */
export function handTicks(before: Plan | undefined, after: Plan): readonly string[] {
  const id = after.id ?? before?.id ?? "PLAN";
  const [now, then] = [doneOf(after), before === undefined ? nothing : doneOf(before)];
  const isNew = (kind: "tasks" | "items" | "phases"): readonly string[] =>
    [...now[kind]].filter((each) => !then[kind].has(each));
  return [
    ...isNew("tasks").map((task) => `the box of ${task}: iplan verify ${id} ${task}`),
    ...isNew("items").map((text) => `the box of "${text.slice(0, 60)}": iplan verify ${id}`),
    ...isNew("phases").map((phase) => `the status of phase ${phase}: iplan verify ${id}`),
    ...(now.completed && !then.completed ? [`the status Completed: iplan run ${id}`] : []),
  ];
}

const nothing: CalledDone = { tasks: new Set(), items: new Set(), phases: new Set(), completed: false };

function doneOf({ phases, deliverables, checklists, criteria, control }: Plan): CalledDone {
  const bullets: readonly Pick<Bullet, "text" | "box">[] = [
    ...deliverables,
    ...checklists.flatMap(({ items }) => items),
    ...criteria.map(({ text, box }) => ({ text, ...(box === undefined ? {} : { box }) })),
  ];
  return {
    tasks: new Set(phases.flatMap(({ tasks }) => tasks.filter(({ box }) => box?.ticked === true).map(({ id }) => id))),
    items: new Set(bullets.filter(({ box }) => box?.ticked === true).map(({ text }) => text)),
    phases: new Set(phases.filter(({ status }) => status?.value === "completed").map(({ number }) => number)),
    completed: control?.status?.value === "completed",
  };
}
