import type { Mention, Phase, Plan, Step, Task } from "#model/plan";
import type { Tie } from "#model/understanding";
import { holdsWords, titleWords } from "./title-words.ts";

/** Tasks and phases of a plan, ready to be compared with steps. */
export interface TieGround {
  readonly tasks: readonly PlacedTask[];
  readonly phases: readonly { readonly phase: Phase; readonly words: readonly string[] }[];
}

interface PlacedTask {
  readonly phase: Phase;
  readonly task: Task;
  readonly id: string;
  readonly words: readonly string[];
}

/** Reads the words of all titles once. */
export function tieGround(plan: Plan): TieGround {
  return {
    tasks: plan.phases.flatMap((phase) =>
      phase.tasks.map((task) => ({ phase, task, id: task.id.toLowerCase(), words: titleWords(task.name) })),
    ),
    phases: plan.phases.map((phase) => ({ phase, words: titleWords(phase.name) })),
  };
}

/** What ties are looked for in. */
export interface TieScene {
  readonly ground: TieGround;
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
  if (scene.ground.phases.length === 0) return [];
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

const taskFinders: readonly TieFinder[] = [byAnnotation, byTaskMention, byPhaseAsTask, byTaskTitle, byFile];
const phaseFinders: readonly TieFinder[] = [byPhaseMention, byPhaseTitle, byNumber];

function taskTies(found: readonly PlacedTask[], by: Tie["by"]): readonly Tie[] {
  return found.map(({ phase, task }) => ({ task: task.id, phase: phase.number, by }));
}

function byAnnotation(_step: Step, { ground, annotated }: TieScene): readonly Tie[] {
  const wanted = new Set(annotated.map((id) => id.toLowerCase()));
  return taskTies(
    ground.tasks.filter(({ id }) => wanted.has(id)),
    "annotation",
  );
}

/** What the title names counts before what the text names. */
function nearest(mentions: readonly Mention[], kind: Mention["kind"]): ReadonlySet<string> {
  const own = mentions.filter((mention) => mention.kind === kind && mention.where !== "annotation");
  const titled = own.filter((mention) => mention.where === "title");
  return new Set((titled.length > 0 ? titled : own).map((mention) => mention.id.toLowerCase()));
}

function byTaskMention(step: Step, { ground }: TieScene): readonly Tie[] {
  const named = nearest(step.mentions, "task");
  return taskTies(
    ground.tasks.filter(({ id }) => named.has(id)),
    "mention",
  );
}

/** Why: lists of phases are written as tasks, too: a step and a task that both call themselves `Phase 2: …` mean one another. */
function byPhaseAsTask(step: Step, { ground }: TieScene): readonly Tie[] {
  const titled = step.mentions.filter(({ kind, where }) => kind === "phase" && where === "title");
  if (titled.length !== 1) return [];
  const found = ground.tasks.filter(({ task }) => phaseNamedBy(task) === titled[0]?.id.toLowerCase());
  return found.length === 1 ? taskTies(found, "mention") : [];
}

/** The number in a task's name `Phase 2: …`. */
function phaseNamedBy({ name }: Task): string | undefined {
  return /^phase\s{1,3}(\d{1,3}(?:\.\d{1,3})?)\s{0,3}[:–—-]/iu.exec(name)?.[1];
}

function byTaskTitle(step: Step, { ground }: TieScene): readonly Tie[] {
  const named = nearest(step.mentions, "phase");
  // Why: a step that says which phase it belongs to proves nothing of a task of another one, however alike the titles are.
  const tasks =
    named.size === 0 ? ground.tasks : ground.tasks.filter(({ phase }) => named.has(phase.number.toLowerCase()));
  return taskTies(fitting(titleWords(step.title), tasks), "title");
}

/** Those whose title has the same words; else the one whose words stand in the other's. A title that fits several names none. */
function fitting<T extends { readonly words: readonly string[] }>(
  title: readonly string[],
  named: readonly T[],
): readonly T[] {
  if (title.length === 0) return [];
  const equal = named.filter(({ words }) => words.join(" ") === title.join(" "));
  if (equal.length > 0) return equal;
  const holding = named.filter(({ words }) => holdsWords(title, words) || holdsWords(words, title));
  return holding.length === 1 ? holding : [];
}

function byFile(_step: Step, { ground, files }: TieScene): readonly Tie[] {
  const own = new Set(files.map(normalPath));
  return taskTies(
    ground.tasks.filter(({ task }) => task.files.some((file) => own.has(normalPath(file.text)))),
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

function phaseTies(found: readonly { readonly phase: Phase }[], by: Tie["by"]): readonly Tie[] {
  return found.map(({ phase }) => ({ phase: phase.number, by }));
}

function byPhaseMention(step: Step, { ground }: TieScene): readonly Tie[] {
  const named = nearest(step.mentions, "phase");
  return phaseTies(
    ground.phases.filter(({ phase }) => named.has(phase.number.toLowerCase())),
    "mention",
  );
}

function byPhaseTitle(step: Step, { ground }: TieScene): readonly Tie[] {
  return phaseTies(fitting(titleWords(step.title), ground.phases), "title");
}

function byNumber(step: Step, { ground }: TieScene): readonly Tie[] {
  const number = /^\d+/.exec(step.number)?.[0];
  const exact = ground.phases.filter(({ phase }) => phase.number === step.number);
  const found = exact.length > 0 ? exact : ground.phases.filter(({ phase }) => phase.number === number);
  return phaseTies(found, "number");
}
