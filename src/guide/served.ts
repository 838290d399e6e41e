import type { ScenarioMapping, Tag } from "#model/plan";
import type { StepUnit, TaskUnit, UnderstoodPlan } from "#model/understanding";
import type { WorkUnit } from "./next.ts";

/** What of the plan's tags and words a unit serves: where to look for the texts behind it. */
export interface Served {
  /** Names under which a document of tasks may define the unit, the nearest first: `PHASE-2.1`, `TASK-2.1`, `PHASE-2`. */
  readonly elements: readonly string[];
  /** Ids that the unit's own words name, as `REQ-003` or `REQ-003:AC-001`. */
  readonly mentioned: readonly string[];
  /** Scenarios whose implementation or test is a file of the unit. */
  readonly scenarios: readonly { readonly document: string; readonly title: string }[];
  /** Live tags of the plan, those of the nearest layers first. */
  readonly tags: readonly Tag[];
}

/** What a unit serves, told by the plan alone. */
export function servedBy({ plan, phases, steps }: UnderstoodPlan, unit: WorkUnit): Served {
  const all = phases.flatMap((phase) => phase.tasks);
  const tasks = unit.kind === "task" ? [unit.task] : tasksOf(all, unit.step);
  const files = new Set(
    [...tasks.flatMap(({ task }) => task.files.map(({ text }) => text)), ...stepFiles(unit, tasks, steps)].map(
      plainPath,
    ),
  );
  const live = plan.tags.filter((tag) => tag.live && tag.document !== undefined);
  return {
    elements: elementsOf(tasks, phaseOf(unit, tasks)),
    mentioned: mentionedIn(wordsOf(unit, tasks), new Set(live.map(({ document = "" }) => document))),
    scenarios: plan.scenarioMapping.flatMap((row) =>
      concerns(row, files) ? [{ document: row.document.text, title: row.scenario.text }] : [],
    ),
    tags: live.reverse(),
  };
}

function tasksOf(all: readonly TaskUnit[], step: StepUnit): readonly TaskUnit[] {
  const tied = new Set(step.ties.map(({ task }) => task));
  return all.filter(({ id }) => tied.has(id));
}

function stepFiles(unit: WorkUnit, tasks: readonly TaskUnit[], steps: readonly StepUnit[]): readonly string[] {
  if (unit.kind === "step") return unit.step.files;
  const keys = new Set(tasks.flatMap((task) => task.steps));
  return steps.filter(({ key }) => keys.has(key)).flatMap(({ files }) => files);
}

function phaseOf(unit: WorkUnit, tasks: readonly TaskUnit[]): string | undefined {
  return tasks[0]?.phase ?? (unit.kind === "step" ? unit.step.ties[0]?.phase : unit.task.phase);
}

function elementsOf(tasks: readonly TaskUnit[], phase: string | undefined): readonly string[] {
  const numbers = tasks.flatMap(({ id }) => /^TASK-([\d.]+)$/iu.exec(id)?.[1] ?? []);
  const own = numbers.flatMap((number) => [`PHASE-${number}`, `TASK-${number}`]);
  return [...own, ...(phase === undefined ? [] : [`PHASE-${phase}`])];
}

function wordsOf(unit: WorkUnit, tasks: readonly TaskUnit[]): string {
  const step = unit.kind === "step" ? unit.step : undefined;
  return [
    ...(step === undefined ? [] : [step.title, ...step.step.prose.map(({ text }) => text)]),
    ...(step?.outcomes ?? []).map(({ text }) => text),
    ...tasks.flatMap(({ task }) => [task.name, ...task.details.map(({ text }) => text)]),
  ].join("\n");
}

/** Ids in a text of documents the plan names, with the element that stands behind a colon. */
function mentionedIn(text: string, documents: ReadonlySet<string>): readonly string[] {
  const found = text.match(/\b[A-Z]{2,10}-\d{2,4}(?:-\d{2})?(?::[\w.-]*\w)?/gu) ?? [];
  return [...new Set(found.filter((id) => documents.has(id.split(":")[0] ?? "")))];
}

function concerns(row: ScenarioMapping, files: ReadonlySet<string>): boolean {
  const paths = (row.implementation?.text ?? "").match(/[\w./-]+\.\w+/gu) ?? [];
  return [...paths, ...(row.test === undefined ? [] : [row.test.path])].some((path) => files.has(plainPath(path)));
}

function plainPath(path: string): string {
  return path.trim().replace(/^(?:\.\/)+/u, "");
}
