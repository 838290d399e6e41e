import type { Mention, Phase, Plan, Step, Task } from "#model/plan";
import type { Tie } from "#model/understanding";
import { holdsWords, titleWords } from "./title-words.ts";

/** What ties are looked for in. */
export interface TieScene {
  readonly plan: Plan;
  /** Tasks named by annotations of the step and its blocks. */
  readonly annotated: readonly string[];
  /** Paths the step declares or makes. */
  readonly files: readonly string[];
}

/**
 * What a step works on: tasks by annotation, mention, title or declared file, the first of these that finds any; without a task the
 * phase by mention, title or number.
 */
export function tiesOf(step: Step, scene: TieScene): readonly Tie[] {
  for (const find of taskFinders) {
    const ties = find(step, scene);
    if (ties.length > 0) return ties;
  }
  for (const find of phaseFinders) {
    const ties = find(step, scene);
    if (ties.length > 0) return ties;
  }
  return [];
}

type TieFinder = (step: Step, scene: TieScene) => readonly Tie[];

const taskFinders: readonly TieFinder[] = [byAnnotation, byTaskMention, byTaskTitle, byFile];
const phaseFinders: readonly TieFinder[] = [byPhaseMention, byPhaseTitle, byNumber];

interface PlacedTask {
  readonly phase: Phase;
  readonly task: Task;
}

function tasksOf(plan: Plan): readonly PlacedTask[] {
  return plan.phases.flatMap((phase) => phase.tasks.map((task) => ({ phase, task })));
}

function taskTies(found: readonly PlacedTask[], by: Tie["by"]): readonly Tie[] {
  return found.map(({ phase, task }) => ({ task: task.id, phase: phase.number, by }));
}

function byAnnotation(_step: Step, { plan, annotated }: TieScene): readonly Tie[] {
  const wanted = new Set(annotated.map((id) => id.toLowerCase()));
  return taskTies(
    tasksOf(plan).filter(({ task }) => wanted.has(task.id.toLowerCase())),
    "annotation",
  );
}

/** What the title names counts before what the text names. */
function nearest(mentions: readonly Mention[], kind: Mention["kind"]): readonly string[] {
  const own = mentions.filter((mention) => mention.kind === kind && mention.where !== "annotation");
  const titled = own.filter((mention) => mention.where === "title");
  return (titled.length > 0 ? titled : own).map((mention) => mention.id.toLowerCase());
}

function byTaskMention(step: Step, { plan }: TieScene): readonly Tie[] {
  const named = new Set(nearest(step.mentions, "task"));
  return taskTies(
    tasksOf(plan).filter(({ task }) => named.has(task.id.toLowerCase())),
    "mention",
  );
}

function byTaskTitle(step: Step, { plan }: TieScene): readonly Tie[] {
  const title = titleWords(step.title);
  if (title.length === 0) return [];
  const named = tasksOf(plan).map((placed) => ({ placed, words: titleWords(placed.task.name) }));
  const equal = named.filter(({ words }) => words.join(" ") === title.join(" "));
  if (equal.length > 0)
    return taskTies(
      equal.map(({ placed }) => placed),
      "title",
    );
  const holding = named.filter(({ words }) => holdsWords(title, words) || holdsWords(words, title));
  // Why: a title that fits several tasks names none of them.
  return holding.length === 1
    ? taskTies(
        holding.map(({ placed }) => placed),
        "title",
      )
    : [];
}

function byFile(_step: Step, { plan, files }: TieScene): readonly Tie[] {
  const own = new Set(files.map(normalPath));
  return taskTies(
    tasksOf(plan).filter(({ task }) => task.files.some((file) => own.has(normalPath(file.text)))),
    "file",
  );
}

/** A path without its leading `./` and closing slash. */
export function normalPath(path: string): string {
  return path
    .trim()
    .replace(/^(?:\.\/)+/, "")
    .replace(/\/+$/, "");
}

function phaseTies(found: readonly Phase[], by: Tie["by"]): readonly Tie[] {
  return found.map((phase) => ({ phase: phase.number, by }));
}

function byPhaseMention(step: Step, { plan }: TieScene): readonly Tie[] {
  const named = new Set(nearest(step.mentions, "phase"));
  return phaseTies(
    plan.phases.filter((phase) => named.has(phase.number.toLowerCase())),
    "mention",
  );
}

function byPhaseTitle(step: Step, { plan }: TieScene): readonly Tie[] {
  const title = titleWords(step.title);
  if (title.length === 0) return [];
  const fitting = plan.phases.filter((phase) => {
    const words = titleWords(phase.name);
    return words.join(" ") === title.join(" ") || holdsWords(title, words) || holdsWords(words, title);
  });
  return fitting.length === 1 ? phaseTies(fitting, "title") : [];
}

function byNumber(step: Step, { plan }: TieScene): readonly Tie[] {
  const number = /^\d+/.exec(step.number)?.[0];
  const exact = plan.phases.filter((phase) => phase.number === step.number);
  return phaseTies(exact.length > 0 ? exact : plan.phases.filter((phase) => phase.number === number), "number");
}
