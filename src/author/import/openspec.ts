import { itemsOf, takeTexts } from "./bullets.ts";
import type { ImportedGroup, ImportedPhase, ImportedPlan, ImportFile } from "./imported-plan.ts";
import { isInside, SourceLines, type SourceSection } from "./source-lines.ts";
import { readDesign } from "./spec-documents.ts";
import { folderTitle, takeTitle } from "./spec-kit.ts";
import { numberedWords, takeTask, taskItems } from "./task-list.ts";

/** Reads a change of OpenSpec: proposal, design, tasks, and what its specifications change. */
export function readOpenSpec(files: readonly ImportFile[]): ImportedPlan {
  const sources = files.map((file) => new SourceLines(file));
  const named = (ending: string): SourceLines | undefined => sources.find(({ path }) => path.endsWith(ending));
  const proposal = named("/proposal.md");
  const design = named("/design.md");
  const tasks = named("/tasks.md");
  const said = proposal === undefined ? undefined : readProposal(proposal);
  const designed = design === undefined ? { context: [], decisions: [], risks: [] } : readDesign(design);
  const title = said?.title ?? folderTitle(files[0]?.path ?? "");
  return {
    format: "openspec",
    ...(title === "" ? {} : { title }),
    objective: said?.why ?? [],
    deliverables: said?.changes ?? [],
    context: [...(said?.groups ?? []), ...designed.context],
    decisions: designed.decisions,
    phases: tasks === undefined ? [] : phasesOf(tasks),
    checks: [],
    criteria: sources.filter(({ path }) => path.endsWith("/spec.md")).flatMap(readDelta),
    risks: designed.risks,
    sources: files.map(({ path }) => path),
    remarks: sources.flatMap((source) => source.remarks()),
  };
}

interface Proposal {
  readonly title?: string;
  readonly why: readonly string[];
  readonly changes: readonly string[];
  readonly groups: readonly ImportedGroup[];
}

function readProposal(source: SourceLines): Proposal {
  const sections = source.sections();
  const title = takeTitle(source, sections);
  const texts = (section: SourceSection, lines = section.own): readonly string[] => {
    source.take(section.heading);
    return takeTexts(source, itemsOf(lines));
  };
  const below = (title_: RegExp): readonly SourceSection[] =>
    sections.filter(({ level, title: own }) => level === 2 && title_.test(own));
  const groups = below(/^(?:impact|capabilities|non-goals|goals|dependencies)\b/iu).map((section) => {
    for (const inner of sections) if (isInside(inner, section)) source.take(inner.heading);
    return { title: section.title, items: texts(section, section.lines), path: source.path };
  });
  const changed = below(/^what changes\b/iu).flatMap((section) => {
    const parts = sections.filter((inner) => isInside(inner, section));
    return [
      ...texts(section),
      ...parts.flatMap((part) => texts(part).map((text) => `${unnumbered(part.title)}: ${text}`)),
    ];
  });
  return {
    ...(title === undefined ? {} : { title }),
    why: below(/^why\b/iu).flatMap((section) => texts(section)),
    changes: changed,
    groups: groups.filter(({ items }) => items.length > 0),
  };
}

function unnumbered(title: string): string {
  return title.replace(/^\d+(?:\.\d+)*\.?\s+/u, "");
}

function phasesOf(source: SourceLines): readonly ImportedPhase[] {
  const sections = source.sections();
  takeTitle(source, sections);
  const phases = sections.flatMap((section): readonly ImportedPhase[] => {
    const found = taskItems(section.own, numberedWords);
    if (found.tasks.length === 0) return [];
    source.take(section.heading);
    const name = unnumbered(section.title);
    const intro = takeTexts(source, found.before);
    return [{ name, intro, tasks: found.tasks.map((task) => takeTask(source, task)), checks: [] }];
  });
  if (phases.length > 0) return phases;
  const loose = taskItems(source.lines, numberedWords).tasks.map((task) => takeTask(source, task));
  return loose.length === 0 ? [] : [{ name: "Tasks", intro: [], tasks: loose, checks: [] }];
}

/** The requirements that a specification adds or changes, each scenario a criterion. */
function readDelta(source: SourceLines): readonly ImportedGroup[] {
  const sections = source.sections();
  for (const section of sections) if (section.level <= 2) source.take(section.heading);
  return sections.flatMap((section): readonly ImportedGroup[] => {
    const name = /^Requirement:\s*(.+)$/iu.exec(section.title)?.[1];
    if (name === undefined) return [];
    source.take(section.heading);
    const rule = takeTexts(source, itemsOf(section.own));
    const scenarios = sections.filter((inner) => isInside(inner, section) && /^Scenario:/iu.test(inner.title));
    const items = scenarios.map((scenario) => {
      source.take(scenario.heading);
      const steps = takeTexts(source, itemsOf(scenario.own));
      return [scenario.title, ...steps].join(" · ");
    });
    return [{ title: `Requirement: ${name}`, items: [...rule, ...items], path: source.path }];
  });
}
