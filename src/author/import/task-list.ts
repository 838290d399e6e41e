import { itemsOf, pathsIn, takeTexts, tellTick, type TextItem } from "./bullets.ts";
import type { ImportedPhase, ImportedTask } from "./imported-plan.ts";
import { bareText, type SourceLine, type SourceLines } from "./source-lines.ts";

/** What the words of a task say in one tool's way. */
export interface TaskWords {
  readonly label: string;
  readonly name: string;
  readonly isParallel: boolean;
  readonly needs: readonly string[];
  /** What else was said in signs: a story, a priority. */
  readonly details: readonly string[];
}

/** Reads the words behind a box; undefined for a box that is no task. */
export type ReadWords = (text: string) => TaskWords | undefined;

/** A task with the items that stand below it. */
export interface TaskItem {
  readonly item: TextItem;
  readonly words: TaskWords;
  readonly below: readonly TextItem[];
}

/** Boxes that are tasks, each with the items below it up to the next one. */
export function taskItems(
  lines: readonly SourceLine[],
  read: ReadWords,
): { readonly before: readonly TextItem[]; readonly tasks: readonly TaskItem[] } {
  const before: TextItem[] = [];
  const tasks: { item: TextItem; words: TaskWords; below: TextItem[] }[] = [];
  for (const item of itemsOf(lines)) {
    const last = tasks.at(-1);
    const words = item.box === undefined ? undefined : read(item.text);
    if (words !== undefined) tasks.push({ item, words, below: [] });
    else if (last !== undefined && item.indent > last.item.indent) last.below.push(item);
    else before.push(item);
  }
  return { before, tasks };
}

const referenceForm = /^_?(Requirements?|Validates|Boundary|Depends(?: on)?|Leverage|Prompt)\b:?\s*:?\s*(.*?)_?$/iu;

/** A task as it is taken over. */
export function takeTask(source: SourceLines, { item, words, below }: TaskItem): ImportedTask {
  source.take(...item.lines);
  tellTick(source, item);
  const texts = takeTexts(source, below);
  const needs = texts.flatMap((text) => {
    const [, word = "", value = ""] = referenceForm.exec(text) ?? [];
    return /^depends/iu.test(word) ? (value.match(/\d+(?:\.\d+)*|T\d+/gu) ?? []) : [];
  });
  const kept = texts.filter((text) => !/^_?depends\b/iu.test(text));
  const details = kept.map((text) =>
    text.replace(referenceForm, (_, word: string, value: string) => `${word}: ${value}`),
  );
  return {
    label: words.label,
    name: bareText(words.name),
    files: [...new Set([words.name, ...texts].flatMap(pathsIn))],
    details: [...words.details, ...details],
    acceptance: [],
    needs: [...words.needs, ...needs],
    isParallel: words.isParallel,
    line: item.lines[0]?.number ?? 0,
    path: source.path,
  };
}

/** The reading of `2.1 (P) Words`, with or without a dot or a mark of parallel work. */
export const numberedWords: ReadWords = (text) => {
  const [, optional = "", label = "", rest = text] =
    /^(\(optional\) )?(?:\**(\d+(?:\.\d+)*)\.?\**[ \t]+)?(.*)$/u.exec(text) ?? [];
  const isParallel = /(?:^|\s)[([]P[)\]](?=\s|$)/u.test(rest);
  const name = rest.replace(/(^|\s)[([]P[)\]](?=\s|$)/u, "$1").trim();
  if (name === "" && label === "") return undefined;
  return { label, name: name || label, isParallel, needs: [], details: optional === "" ? [] : ["Optional"] };
};

const oneByOne = "is marked as parallel work; here phases come one after another";

/** Why: a task that has parts is a phase of its own; where none has, all are tasks of one phase. */
export function phasesOfNumbers(source: SourceLines, lines: readonly SourceLine[]): readonly ImportedPhase[] {
  const { before, tasks } = taskItems(lines, numberedWords);
  const start = tasks[0]?.item.lines[0]?.number ?? 0;
  const intro = takeTexts(
    source,
    before.filter((item) => (item.lines[0]?.number ?? 0) < start),
  );
  const isPart = (item: TaskItem): boolean => item.words.label.includes(".") || item.item.indent > 0;
  const hasParts = tasks.some(isPart);
  const phases: { name: string; intro: string[]; tasks: ImportedTask[]; checks: string[]; head?: ImportedTask }[] = [];
  for (const item of tasks) {
    const task = takeTask(source, item);
    const last = phases.at(-1);
    if (last === undefined || (hasParts && !isPart(item))) {
      const isHead = hasParts && !isPart(item);
      const [line] = item.item.lines;
      if (isHead && task.isParallel && line !== undefined) source.remark(line, oneByOne);
      phases.push({
        name: isHead ? task.name : "Tasks",
        intro: [],
        tasks: isHead ? [] : [task],
        checks: [],
        ...(isHead ? { head: task } : {}),
      });
    } else last.tasks.push(task);
  }
  const made = phases.map(({ head, ...phase }): ImportedPhase => {
    if (head === undefined) return phase;
    if (phase.tasks.length === 0) return { ...phase, tasks: [head] };
    return { ...phase, label: head.label, intro: head.details };
  });
  const [first, ...rest] = made;
  return first === undefined ? [] : [{ ...first, intro: [...intro, ...first.intro] }, ...rest];
}
