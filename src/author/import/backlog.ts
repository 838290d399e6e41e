import type { ImportedPhase, ImportedPlan, ImportedTask, ImportFile } from "./imported-plan.ts";
import { itemsOf, pathsIn, takeTexts } from "./bullets.ts";
import { otherState, type SourceLine, SourceLines } from "./source-lines.ts";

/** One task file of Backlog.md as it was read. */
interface BacklogTask {
  readonly source: SourceLines;
  readonly id: string;
  readonly title: string;
  readonly milestone?: string;
  readonly needs: readonly string[];
  readonly description: readonly string[];
  readonly criteria: readonly string[];
  readonly steps: readonly string[];
  readonly done: readonly string[];
}

/** Reads tasks of Backlog.md: a single one becomes a plan with its own steps, several become the tasks of one. */
export function readBacklog(files: readonly ImportFile[]): ImportedPlan {
  const tasks = files.map((file) => readTask(new SourceLines(file)));
  const [only] = tasks;
  const isOne = tasks.length === 1 && only !== undefined;
  return {
    format: "backlog",
    ...(isOne ? { title: only.title } : { title: "Backlog" }),
    objective: isOne ? only.description : [],
    deliverables: [],
    context: isOne && only.needs.length > 0 ? [{ title: "Depends on", items: only.needs, path: only.source.path }] : [],
    decisions: [],
    phases: isOne ? [phaseOf(only)] : phasesOf(tasks),
    checks: isOne ? only.done : [],
    criteria: tasks
      .filter(({ criteria }) => isOne && criteria.length > 0)
      .map(({ id, title, criteria, source }) => ({ title: `${id}: ${title}`, items: criteria, path: source.path })),
    risks: [],
    sources: files.map(({ path }) => path),
    remarks: tasks.flatMap(({ source }) => source.remarks()),
  };
}

function readTask(source: SourceLines): BacklogTask {
  const values = frontMatter(source);
  const body = source.sections();
  const section = (title: RegExp): readonly string[] =>
    body
      .filter((each) => title.test(each.title))
      .flatMap((each) => {
        source.take(each.heading);
        return takeTexts(source, itemsOf(each.own)).map((text) => text.replace(/^#\d+\s+/u, ""));
      });
  const title = values.get("title")?.[0] ?? body[0]?.title ?? source.path;
  const milestone = values.get("milestone")?.[0];
  return {
    source,
    id: values.get("id")?.[0] ?? "",
    title,
    ...(milestone === undefined ? {} : { milestone }),
    needs: values.get("dependencies") ?? [],
    description: section(/^description$/iu),
    criteria: section(/^acceptance criteria$/iu),
    steps: section(/^implementation plan$/iu),
    done: section(/^definition of done$/iu),
  };
}

/** Keys of a front matter that a plan has a place for. */
const wanted: readonly string[] = ["id", "title", "dependencies", "milestone"];

function frontMatter(source: SourceLines): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, readonly string[]>();
  if (source.lines[0]?.text.trim() !== "---") return values;
  const end = source.lines.findIndex((line, index) => index > 0 && line.text.trim() === "---");
  let key = "";
  for (const line of source.lines.slice(1, Math.max(1, end))) {
    const [, name, rest = ""] = /^([A-Za-z_]\w*):[ \t]*(.*)$/u.exec(line.text) ?? [];
    const item = /^[ \t]+-[ \t]+(.*)$/u.exec(line.text)?.[1] ?? /^-[ \t]+(.*)$/u.exec(line.text)?.[1];
    if (name !== undefined) key = name;
    if (name === "status") statusRemark(source, line, rest);
    if (!wanted.includes(key)) {
      // Why: an empty list says nothing that could be lost.
      if (rest === "[]") source.take(line);
      continue;
    }
    source.take(line);
    const added = item === undefined ? inline(rest) : [unquoted(item)];
    values.set(key, [...(values.get(key) ?? []), ...added.filter((value) => value !== "")]);
  }
  return values;
}

function statusRemark(source: SourceLines, line: SourceLine, status: string): void {
  const isDone = /\bdone\b|complete/iu.test(status);
  source.remark(line, isDone ? "was done there; here it counts when a check proves it" : otherState);
}

function inline(text: string): readonly string[] {
  const list = /^\[(.*)\]$/u.exec(text.trim())?.[1];
  return list === undefined ? [unquoted(text)] : list.split(",").map(unquoted);
}

function unquoted(text: string): string {
  const bare = text.trim();
  const inner = /^(['"])(.*)\1$/u.exec(bare)?.[2];
  return inner === undefined ? bare : inner.replaceAll("''", "'");
}

const plain = { label: "", files: [], details: [], acceptance: [], needs: [], isParallel: false } as const;

/** Why: without a plan of its own the criteria are what there is to do. */
function phaseOf({ source, title, steps, criteria }: BacklogTask): ImportedPhase {
  const names = steps.length > 0 ? steps : criteria.length > 0 ? criteria : [title];
  const tasks = names.map(
    (name): ImportedTask => ({ ...plain, name, files: pathsIn(name), line: 1, path: source.path }),
  );
  return { name: title, intro: [], tasks, checks: [] };
}

/** One phase for each milestone; in it each task waits for what it depends on alone. */
function phasesOf(tasks: readonly BacklogTask[]): readonly ImportedPhase[] {
  const ordered = inOrder(tasks);
  const milestones = [...new Set(ordered.map(({ milestone }) => milestone ?? "Tasks"))];
  return milestones.map((name) => ({
    name,
    intro: [],
    checks: [],
    tasks: ordered
      .filter(({ milestone }) => (milestone ?? "Tasks") === name)
      .map(({ source, id, title, description, steps, criteria, done, needs }) => ({
        label: id,
        name: title,
        files: [...new Set([...description, ...steps].flatMap(pathsIn))],
        details: [...description, ...steps],
        acceptance: [...criteria, ...done],
        needs,
        isParallel: true,
        line: 1,
        path: source.path,
      })),
  }));
}

/** What others depend on comes first; else the order of the files. */
function inOrder(tasks: readonly BacklogTask[]): readonly BacklogTask[] {
  const byId = new Map(tasks.map((task) => [task.id.toLowerCase(), task]));
  const ordered = new Set<BacklogTask>();
  const open = new Set<BacklogTask>();
  const place = (task: BacklogTask): void => {
    if (ordered.has(task) || open.has(task)) return;
    open.add(task);
    for (const need of task.needs) {
      const other = byId.get(need.toLowerCase());
      if (other !== undefined) place(other);
    }
    ordered.add(task);
  };
  for (const task of tasks) place(task);
  return [...ordered];
}
