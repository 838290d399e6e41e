import { droppedUnits } from "#guide/next";
import { IplanError } from "#model/errors";
import type { UnitStanding } from "#model/understanding";
import type { PlanView } from "./plan-view.ts";

/** A step, task, outcome or item of a plan, as commands name it. */
export interface NamedUnit {
  readonly key: string;
  readonly title: string;
  /** What a verdict of it rests on. */
  readonly subject: string;
  readonly standing: UnitStanding | undefined;
}

/** The unit a user named by key, number of a step or id of a task. Throws `usage/no-such-step` and says what waits for a signature. */
export function findUnit(view: PlanView, name: string): NamedUnit {
  const all = unitsOf(view);
  const wanted = name.trim().toLowerCase();
  const bare = wanted.replace(/^step[ :]+/, "");
  const numbered = view.understood.steps.find((step) => step.number.toLowerCase() === bare)?.key;
  const keys = [wanted, `step:${bare}`, `task:${wanted}`];
  const found =
    keys.flatMap((key) => all.find((unit) => unit.key.toLowerCase() === key) ?? [])[0] ??
    all.find((unit) => unit.key === numbered);
  if (found !== undefined) return found;
  const waiting = all.filter((unit) => unit.standing?.verdict === "manual").map((unit) => unit.key);
  throw new IplanError(
    "usage/no-such-step",
    `${view.understood.id} has no unit ${name}.`,
    waiting.length === 0
      ? `See: iplan status ${view.understood.id}`
      : `What waits for a signature: ${waiting.join(", ")}.`,
  );
}

function unitsOf(view: PlanView): readonly NamedUnit[] {
  const { understood, standing } = view;
  const items = [...understood.steps.flatMap((step) => step.outcomes), ...understood.items];
  return [
    ...understood.steps.map((step) => ({
      key: step.key,
      title: step.title,
      subject: step.subject,
      standing: standing.steps.get(step.key),
    })),
    ...understood.phases.flatMap((phase) =>
      phase.tasks.map((task) => ({
        key: task.key,
        title: task.task.name,
        subject: task.subject,
        standing: standing.tasks.get(task.key),
      })),
    ),
    ...droppedUnits(standing).map(({ key, title, standing: stands }) => ({
      key,
      title,
      subject: stands.record?.subject ?? "",
      standing: stands,
    })),
    ...items.map((item) => ({
      key: item.key,
      title: item.text,
      subject: item.digest,
      standing: standing.items.get(item.key),
    })),
  ];
}
