import type { ImportedPlan, ImportedTask, ImportRemark } from "./imported-plan.ts";

/** A task with the id it has in our plan, and what comes before it. */
export interface NumberedTask {
  readonly id: string;
  readonly task: ImportedTask;
  /** Ids for an annotation; empty where the order of the document says it already. */
  readonly needs: readonly string[];
  /** Ids of what it depends on, where the order says it already. */
  readonly follows: readonly string[];
}

/** Tasks by phase with their ids; what of their order has no place is told. */
export interface NumberedPlan {
  readonly phases: readonly (readonly NumberedTask[])[];
  readonly remarks: readonly ImportRemark[];
}

/** Gives ids to tasks and turns dependencies and marks of parallel work into what steps need. */
export function numberTasks({ phases }: ImportedPlan): NumberedPlan {
  const ids = new Map<string, string>();
  const order = new Map<string, number>();
  for (const [phase, { tasks, label: whole = "" }] of phases.entries()) {
    // Why: what depends on a whole phase waits for its last task.
    if (whole !== "") ids.set(whole, idOf(phase, tasks.length - 1));
    for (const [at, { label }] of tasks.entries()) {
      const id = idOf(phase, at);
      order.set(id, order.size);
      if (label !== "" && !ids.has(label.toLowerCase())) ids.set(label.toLowerCase(), id);
    }
  }
  const remarks: ImportRemark[] = [];
  const tell = (task: ImportedTask, why: string): void => {
    const { path, line, label, name } = task;
    remarks.push({ path, first: line, last: line, text: label === "" ? name : `${label} ${name}`, why });
  };
  let anchor: string | undefined;
  const numbered = phases.map(({ tasks }, phase) => {
    const made = tasks.map((task, at): NumberedTask => {
      const id = idOf(phase, at);
      const named = task.needs.flatMap((label) => {
        const found = ids.get(label.toLowerCase());
        if (found === undefined) tell(task, `depends on ${label}, which is not there`);
        return found === undefined || found === id ? [] : [found];
      });
      const isLater = named.some((other) => (order.get(other) ?? 0) > (order.get(id) ?? 0));
      const first = anchor;
      if (!task.isParallel) anchor = id;
      if (!task.isParallel) return { id, task, needs: isLater ? named : [], follows: isLater ? [] : named };
      if (named.length > 0) return { id, task, needs: named, follows: [] };
      // Why: a step that says what it needs does not wait for its neighbours; there must be one to name.
      if (first === undefined && at > 0)
        tell(task, "may be done in parallel; nothing comes before it that its step could name, so it keeps its place");
      return { id, task, needs: first === undefined ? [] : [first], follows: [] };
    });
    anchor = made.findLast(({ task }) => !task.isParallel)?.id ?? made.at(-1)?.id ?? anchor;
    return made;
  });
  return { phases: numbered, remarks };
}

function idOf(phase: number, at: number): string {
  return `TASK-${phase + 1}.${at + 1}`;
}
