import type { Phase, Plan } from "#model/plan";
import type { Source } from "#model/source";
import { parsePlan } from "#parse/iplan/plan";
import type { Profile } from "#profile/profile";
import type { DetailFacts, PhaseFacts, TaskFacts } from "./facts.ts";
import { cellsOf, labelled, type OutlineItem, outlineOf, type OutlineSection } from "./outline.ts";

/** What a task list says of the plan that carries it out. */
export interface TaskListFacts {
  readonly effort?: string;
  readonly phases: readonly PhaseFacts[];
  readonly criteria: readonly string[];
}

/** Reads phases with their tasks, hours and acceptance criteria of a task list; `id` is that of its document. */
export function readTaskList(source: Source, profile: Profile, id: string): TaskListFacts {
  const plan = parsePlan(source, profile);
  const outline = outlineOf(source, profile);
  const hours = effortRows(outline);
  const phases = plan.phases.map((phase) => phaseFacts(phase, source, outline, id, hours));
  const before = preparation(phases, hours);
  const effort = plan.control?.estimatedEffort?.raw ?? hours.find((row) => isTotal(row.name))?.hours;
  return {
    ...(effort === undefined ? {} : { effort }),
    phases: before === undefined ? phases : [before, ...phases],
    criteria: acceptanceOf(outline),
  };
}

/**
 * The part of a task list that some of its elements are: phases (`PHASE-2`) and tasks (`PHASE-2.1`, `TASK-2.1`). The whole list where
 * none of them is either.
 */
export function partOfTaskList(list: TaskListFacts, elements: ReadonlySet<string>): TaskListFacts {
  const phases = list.phases.flatMap((phase): readonly PhaseFacts[] => {
    if (elements.has(`PHASE-${phase.number}`)) return [phase];
    const tasks = phase.tasks.filter(
      ({ id, source = "" }) => elements.has(id) || elements.has(source.slice(source.indexOf(":") + 1)),
    );
    const { number, name } = phase;
    return tasks.length === 0 ? [] : [{ number, name, tasks }];
  });
  const [only, ...others] = phases;
  if (only === undefined) return list;
  const effort = others.length === 0 ? only.hours : undefined;
  const criteria = phases.flatMap(({ tasks }) => tasks.flatMap((task) => task.acceptance));
  return { ...(effort === undefined ? {} : { effort }), phases, criteria };
}

function phaseFacts(
  phase: Phase,
  source: Source,
  outline: readonly OutlineSection[],
  id: string,
  hours: readonly EffortRow[],
): PhaseFacts {
  const { start, end } = phase.range;
  const inside = outline.filter((section) => section.start > start.offset && section.start < end.offset);
  const own = outline.find((section) => section.start === phase.heading.start.offset || section.start === start.offset);
  const level = Math.min(...inside.map((section) => section.level));
  const heads = inside.filter((section) => section.level === level);
  const written = /\((\d[^()]{0,30}\bh(?:ours?|rs?)?)\)/u.exec(
    source.text.slice(phase.heading.start.offset, phase.heading.end.offset),
  );
  const told = written?.[1] ?? hours.find((row) => row.phase === phase.number || row.name === phase.name)?.hours;
  const tasks = phase.tasks.length > 0 ? listedTasks(phase) : headedTasks(phase.number, heads, inside, id);
  return {
    number: phase.number,
    name: phase.name,
    ...(told === undefined ? {} : { hours: told }),
    tasks: tasks.length > 0 ? tasks : [taskOf(`TASK-${phase.number}.1`, phase.name, own?.items ?? [])],
  };
}

/** Tasks that stand as boxes under a phase, as in a plan. */
function listedTasks(phase: Phase): readonly TaskFacts[] {
  return phase.tasks.map((task, index) => ({
    id: task.hasId ? task.id : `TASK-${phase.number}.${index + 1}`,
    name: task.name,
    ...(task.hours === undefined ? {} : { hours: hoursText(task.hours.minHours, task.hours.maxHours) }),
    files: task.files.map((file) => file.text),
    details: task.details
      .filter(({ text }) => !/^(?:File|Verify)\b/u.test(text))
      .map(({ text }) => ({ text, depth: 0 as const })),
    acceptance: task.verify.map((one) => one.text),
  }));
}

function hoursText(least: number, most: number): string {
  const bound = least === most ? String(least) : `${least}-${most}`;
  return `${bound} ${bound === "1" ? "hour" : "hours"}`;
}

/** Tasks that have headings of their own under a phase: `#### 2.1 Name (2 hours)`. */
function headedTasks(
  phase: string,
  heads: readonly OutlineSection[],
  inside: readonly OutlineSection[],
  id: string,
): readonly TaskFacts[] {
  const numbers = heads.map((head) => head.number);
  const isNumbered =
    numbers.every((number) => number?.startsWith(`${phase}.`)) && new Set(numbers).size === heads.length;
  return heads.map((head, index) => {
    const next = heads[index + 1]?.start ?? Number.POSITIVE_INFINITY;
    const below = inside.filter((section) => section.start >= head.start && section.start < next);
    const match =
      /^(?:Task[ \t]+[\w.-]{1,12}[ \t]*[:.–—-][ \t]*)?(.*?)[ \t]*(?:\((\d[^()]{0,30}\bh(?:ours?|rs?)?)\))?$/su.exec(
        head.title,
      );
    const hours = match?.[2];
    const task = taskOf(
      `TASK-${isNumbered ? (head.number ?? "") : `${phase}.${index + 1}`}`,
      match?.[1] ?? head.title,
      below.flatMap((section) => section.items),
    );
    return {
      ...task,
      ...(hours === undefined ? {} : { hours }),
      ...(isNumbered ? { source: `${id}:PHASE-${head.number ?? ""}` } : {}),
    };
  });
}

const acceptanceLabel =
  /^(?:success criteria|acceptance(?: criteria)?|done when|verify|verification|validation|exit criteria)$/iu;
const durationLabel = /^(?:(?:estimated )?(?:duration|effort)|estimate|hours)$/iu;
const hoursForm = /^\d{1,4}(?:\.\d{1,2})?(?:-\d{1,4}(?:\.\d{1,2})?)? hours?$/u;
const fileLabel = /^files?$/iu;
const path = /(?<![\w./@-])(?:\.{0,2}\/)?(?:[\w@.-]+\/)*[\w@.-]*\w\.[A-Za-z]\w{0,6}(?![\w/-])/gu;

function taskOf(id: string, name: string, items: readonly OutlineItem[]): TaskFacts {
  const details: DetailFacts[] = [];
  let hours: string | undefined;
  const acceptance: string[] = [];
  const files = new Set<string>();
  let isAccepting = false;
  for (const item of items) {
    if (item.kind === "row") continue;
    const { label, text } = labelled(item.text);
    for (const file of filesIn(item.text, fileLabel.test(label ?? ""))) files.add(file);
    if (item.indent === 0) isAccepting = acceptanceLabel.test(label ?? "");
    if (isAccepting) acceptance.push(...(item.indent === 0 ? [text] : [item.text]).filter((line) => line !== ""));
    else if (durationLabel.test(label ?? "") && hoursForm.test(text)) hours = text;
    else if (!fileLabel.test(label ?? "")) details.push({ text: item.text, depth: item.indent > 0 ? 1 : 0 });
  }
  return { id, name, ...(hours === undefined ? {} : { hours }), files: [...files], details, acceptance };
}

/** Paths of files: in backticks, or anywhere behind a label that announces them. */
function filesIn(text: string, isAnnounced: boolean): readonly string[] {
  const found = isAnnounced ? [text] : [...text.matchAll(/`([^`\n]{1,200})`/gu)].map((match) => match[1] ?? "");
  return found.flatMap((piece) =>
    isAnnounced || !/\s/u.test(piece)
      ? [...piece.matchAll(path)].map((match) => match[0]).filter((one) => isFile(one, piece))
      : [],
  );
}

/** Why: `np.array`, `1.0.0` and `RFC 7807.txt` are written in backticks, too; a file has a folder or an ending that files have. */
function isFile(one: string, piece: string): boolean {
  if (one.includes("path/to") || /^[\d.]+$/u.test(one) || one.startsWith("/")) return false;
  return (one === piece || piece.includes("/")) && (one.includes("/") || knownEndings.test(one));
}

const knownEndings =
  /\.(?:[cm]?[jt]sx?|py|go|rs|java|kt|rb|php|cs|swift|scala|c|h|cpp|sh|sql|tf|md|json|ya?ml|toml|xml|html|css|feature)$/u;

interface EffortRow {
  readonly name: string;
  readonly phase?: string;
  readonly hours: string;
}

const isTotal = (name: string): boolean => /^(?:together|total|sum|all|altogether)\b/iu.test(name);

/** Rows of a table of hours: `| 1 Ground | 3 |` under a heading that speaks of effort. */
function effortRows(outline: readonly OutlineSection[]): readonly EffortRow[] {
  return outline
    .filter(({ title }) => /^(?:effort|estimates?|hours|effort estimates?)\b/iu.test(title))
    .flatMap(({ items }) => items.filter(({ kind }) => kind === "row"))
    .flatMap(({ text }) => {
      const cells = cellsOf(text);
      const [name = "", amount = ""] = cells;
      const hours = /^(\d+(?:\.\d+)?(?:-\d+(?:\.\d+)?)?)(?:[ \t]*(?:h|hours?))?$/u.exec(amount)?.[1];
      if (cells.length < 2 || hours === undefined) return [];
      const match = /^(?:Phase[ \t]+)?(\d{1,2}(?:\.\d{1,2})?)(?:[:.)][ \t]*|[ \t]+|$)(.*)$/u.exec(name);
      const text_ = `${hours} ${hours === "1" ? "hour" : "hours"}`;
      return [{ name: match?.[2] ?? name, hours: text_, ...(match?.[1] === undefined ? {} : { phase: match[1] }) }];
    });
}

/** What the table of hours has beside the phases, as a phase before them; undefined where it has nothing. */
function preparation(phases: readonly PhaseFacts[], rows: readonly EffortRow[]): PhaseFacts | undefined {
  const numbers = new Set(phases.map((phase) => phase.number));
  const names = new Set(phases.map((phase) => phase.name));
  const rest = rows.filter(
    (row) => !isTotal(row.name) && !names.has(row.name) && !(row.phase !== undefined && numbers.has(row.phase)),
  );
  const [first] = rest;
  if (first === undefined || phases.length === 0 || numbers.has("0") || rest.length > 1) return undefined;
  const task = { id: "TASK-0.1", name: first.name, hours: first.hours, files: [], details: [], acceptance: [] };
  return { number: "0", name: first.name, hours: first.hours, tasks: [task] };
}

function acceptanceOf(outline: readonly OutlineSection[]): readonly string[] {
  const first = outline.findIndex(({ title }) => /^(?:acceptance|success) criteria\b/iu.test(title));
  const head = outline[first];
  if (head === undefined) return [];
  const after = outline.findIndex((section, index) => index > first && section.level <= head.level);
  const sections = outline.slice(first, after < 0 ? undefined : after);
  return sections.flatMap(({ items }) => items.filter(({ kind }) => kind === "bullet").map(({ text }) => text));
}

/** The acceptance criteria of a requirement, each behind its id: `REQ-001:AC-001: text`. */
export function acceptanceIn(source: Source, profile: Profile, id: string): readonly string[] {
  return acceptanceOf(outlineOf(source, profile)).map((line) => {
    const { label, text } = labelled(line);
    return label === undefined ? `${id}: ${line}` : `${label.startsWith(id) ? label : `${id}:${label}`}: ${text}`;
  });
}

/** Risks in the form of plans: `**Risk 1: Title**` with Description and Mitigation. */
export function plannedRisks(source: Source, profile: Profile): Plan["risks"] {
  return parsePlan(source, profile).risks;
}
