import { itemsOf, takeTexts } from "./bullets.ts";
import type { ImportedPhase, ImportedPlan, ImportedTask, ImportFile } from "./imported-plan.ts";
import { bareText, isInside, SourceLines, type SourceSection } from "./source-lines.ts";
import { type ReadWords, takeTask, taskItems } from "./task-list.ts";

/** `T012 [P] [US1] Words in src/a.py (depends on T010, T011)`. */
export const specKitWords: ReadWords = (text) => {
  const [, optional = "", label = "", rest = text] =
    /^(\(optional\) )?\**(T-?\d{1,5}[a-z]?)\**:?[ \t]+(.*)$/u.exec(text) ?? [];
  if (label === "") return undefined;
  let name = rest;
  let isParallel = false;
  const details: string[] = optional === "" ? [] : ["Optional"];
  for (
    let sign = /^\[([^\]]{1,40})\][ \t]*/u.exec(name);
    sign !== null;
    sign = /^\[([^\]]{1,40})\][ \t]*/u.exec(name)
  ) {
    if (sign[1] === "P") isParallel = true;
    else details.push(`${/^US\d/u.test(sign[1] ?? "") ? "Story" : "Label"}: ${sign[1] ?? ""}`);
    name = name.slice(sign[0].length);
  }
  const depends = /\((?:depends on|requires|needs|after)\b([^()]*)\)/iu.exec(name);
  const needs = depends?.[1]?.match(/T-?\d{1,5}[a-z]?/gu) ?? [];
  // Why: what it depends on is said by ids of ours; words without an id stay.
  if (needs.length > 0) name = name.replace(depends?.[0] ?? "", "");
  return { label, name: name.trim(), isParallel, needs, details };
};

const phaseForm = /^(?:Phase\s+)?(?:\d+(?:\.\d+)*|[NX])\s*[:.–—-]\s*(.*)$/iu;

/** Reads a `tasks.md` of spec-kit. */
export function readSpecKit(files: readonly ImportFile[]): ImportedPlan {
  const sources = files.map((file) => new SourceLines(file));
  const tasks = sources.find(({ path }) => path.endsWith("tasks.md")) ?? sources[0];
  const sections = tasks?.sections() ?? [];
  const phases = tasks === undefined ? [] : phasesOf(tasks, sections);
  const title = (tasks === undefined ? undefined : takeTitle(tasks, sections)) ?? folderTitle(files[0]?.path ?? "");
  return {
    format: "spec-kit",
    ...(title === "" ? {} : { title }),
    objective: [],
    deliverables: [],
    context: [],
    decisions: [],
    phases,
    checks: [],
    criteria: [],
    risks: [],
    sources: files.map(({ path }) => path),
    remarks: sources.flatMap((source) => source.remarks()),
  };
}

/** The name of the folder a file lies in, as words: `Add limits` of `specs/001-add-limits/tasks.md`. */
export function folderTitle(path: string): string {
  const name = (path.split("/").at(-2) ?? "").replace(/^(?:\d{4}-\d{2}-\d{2}|\d{1,4})-/u, "");
  const words = name.replaceAll(/[-_]+/gu, " ").trim();
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** The title of a document, without the words that only say what kind of document it is. */
export function takeTitle(source: SourceLines, sections: readonly SourceSection[]): string | undefined {
  const first = sections.find(({ level }) => level === 1);
  if (first === undefined) return undefined;
  source.take(first.heading);
  const title = first.title.replace(/^(?:Implementation )?Tasks?\s*[:–—-]\s*/iu, "").trim();
  return /^(?:(?:implementation )?(?:plan|tasks?)|requirements(?: document)?|design(?: document)?|change|proposal|\[.*\])$/iu.test(
    title,
  )
    ? undefined
    : title;
}

function phasesOf(source: SourceLines, sections: readonly SourceSection[]): readonly ImportedPhase[] {
  const holding = sections.filter(({ level }) => level === 2);
  const phases = (holding.length === 0 ? sections.filter(({ level }) => level === 1) : holding).flatMap((section) => {
    const { tasks } = taskItems(section.lines, specKitWords);
    return tasks.length === 0 ? [] : [phaseOf(source, section, sections)];
  });
  // Why: tasks may stand in a file that has no headings for its phases.
  if (phases.length > 0) return phases;
  const loose = taskItems(source.lines, specKitWords).tasks.map((task) => takeTask(source, task));
  return loose.length === 0 ? [] : [{ name: "Tasks", intro: [], tasks: loose, checks: [] }];
}

const checkForm = /^(Independent Test|Checkpoint|Test Criteria|Acceptance)\b\s*:?\s*/iu;
const introForm = /^(Purpose|Goal)\b\s*:?\s*/iu;

function phaseOf(source: SourceLines, section: SourceSection, all: readonly SourceSection[]): ImportedPhase {
  source.take(section.heading);
  const intro: string[] = [];
  const checks: string[] = [];
  const tasks: ImportedTask[] = [];
  const parts = [section, ...all.filter((other) => other !== section && isInside(other, section))];
  for (const part of parts) {
    const found = taskItems(part.own, specKitWords);
    if (part !== section && found.tasks.length > 0) source.take(part.heading);
    const isGoal = /^(?:goal|purpose)$/iu.test(part.title);
    if (isGoal) {
      source.take(part.heading);
      intro.push(...takeTexts(source, found.before));
    }
    for (const task of found.tasks) {
      const { below } = task;
      const own = below.filter(({ marker }) => marker !== "");
      readProse(
        source,
        below.filter(({ marker }) => marker === ""),
        intro,
        checks,
      );
      const taken = takeTask(source, { ...task, below: own });
      tasks.push(part === section || isGoal ? taken : { ...taken, details: [...taken.details, `Part: ${part.title}`] });
    }
    readProse(source, found.before, intro, checks);
  }
  const name = phaseForm.exec(section.title)?.[1] ?? section.title;
  return { name: bareText(name), intro, tasks, checks };
}

/** Purpose and goal introduce a phase, a test or checkpoint closes it; other prose stays where it is. */
function readProse(source: SourceLines, items: ReturnType<typeof itemsOf>, intro: string[], checks: string[]): void {
  for (const item of items) {
    const text = bareText(item.text);
    const into = introForm.test(text) ? intro : checkForm.test(text) ? checks : undefined;
    if (into === undefined) continue;
    source.take(...item.lines);
    into.push(into === intro ? text.replace(introForm, "") : text.replace(/^Checkpoint\b\s*:?\s*/iu, ""));
  }
}
