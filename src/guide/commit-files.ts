import type { RunState } from "#journal/run-state";
import type { UnderstoodPlan } from "#model/understanding";
import { moduleFiles, plainPath } from "#plan/declared-tree";

/** A path with the reason why it is committed, or is not. */
export interface ChosenPath {
  readonly path: string;
  readonly why: string;
}

/** What a plan's commit takes of all that differs from the last one. */
export interface ChosenFiles {
  readonly files: readonly ChosenPath[];
  readonly left: readonly ChosenPath[];
}

/** What differs from the last commit, as the choice needs it. */
export interface ChangedFiles {
  /** Workspace-relative. */
  readonly paths: readonly string[];
  /** When a file was last written; undefined for one that is gone. */
  readonly writtenAt: (path: string) => number | undefined;
  readonly submodules: readonly string[];
  /** Documents and receipt of the plan. */
  readonly own: readonly string[];
  /** Paths a person named beside them. */
  readonly also: readonly string[];
}

/** Takes what the plan declares, what its steps wrote and what a person named; everything else is left where it is. */
export function chooseFiles(understood: UnderstoodPlan, runs: readonly RunState[], changed: ChangedFiles): ChosenFiles {
  const declared = declaredPaths(understood);
  const trail = trailOf(runs);
  const files: ChosenPath[] = [];
  const left: ChosenPath[] = [];
  for (const path of [...changed.paths].sort()) {
    const chosen = reasonFor(path, changed, declared, trail);
    (chosen.take ? files : left).push({ path, why: chosen.why });
  }
  return { files, left: [...left, ...insideSubmodules(declared, changed)] };
}

interface Choice {
  readonly take: boolean;
  readonly why: string;
}

function reasonFor(
  path: string,
  { own, also, submodules, writtenAt }: ChangedFiles,
  declared: ReadonlyMap<string, string>,
  trail: Trail,
): Choice {
  if (own.includes(path)) return { take: true, why: path.endsWith(".ndjson") ? "the plan's receipt" : "the plan" };
  if (also.includes(path)) return { take: true, why: "named with --with" };
  const by = declared.get(path);
  if (by !== undefined) return { take: true, why: by };
  if (submodules.includes(path)) return { take: false, why: "a submodule, which the plan does not declare" };
  const step = writerOf(path, writtenAt(path), trail);
  if (step === undefined) return { take: false, why: "neither declared by the plan nor written by one of its steps" };
  if (trail.before === undefined)
    return { take: false, why: `written by ${step}, but what was changed before the run is not known` };
  if (trail.before.has(path)) return { take: false, why: `written by ${step}, but it was changed before the run too` };
  return { take: true, why: `written by ${step}` };
}

/** Files the plan declares, with where it does; what its prose only mentions is none of them. */
export function declaredPaths(understood: UnderstoodPlan): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const add = (path: string, why: string): void => {
    const plain = plainPath(path);
    if (!plain.split("/").includes("..") && !plain.startsWith("/") && !found.has(plain)) found.set(plain, why);
  };
  for (const { task, id } of understood.phases.flatMap((phase) => phase.tasks))
    for (const { text } of task.files) add(text, `file of ${id}`);
  for (const path of moduleFiles(understood.plan)) add(path, "file of a module");
  const outcomes = understood.steps.flatMap((step) => step.outcomes);
  for (const { claims, key } of [...understood.items, ...outcomes]) {
    for (const claim of claims) {
      if (claim.kind === "path" && claim.expect !== "absent") add(claim.path, declaredAs(key));
    }
  }
  return found;
}

function declaredAs(key: string): string {
  const kind = key.slice(0, key.indexOf(":"));
  return kindNames[kind] ?? "named by an outcome";
}

const kindNames: Readonly<Record<string, string>> = {
  tree: "in the declared file tree",
  module: "file of a module",
  deliverable: "a deliverable",
  check: "named by a checklist",
  criterion: "named by a success criterion",
};

/** What runs left behind: when which step worked, with what text, and what was changed before. */
interface Trail {
  readonly spans: readonly { readonly unit: string; readonly start: number; readonly end: number }[];
  readonly texts: readonly { readonly unit: string; readonly text: string }[];
  readonly before?: ReadonlySet<string>;
}

function trailOf(runs: readonly RunState[]): Trail {
  const actions = runs.flatMap((run) =>
    [...run.progress].flatMap(([unit, { ended, earlier = [] }]) =>
      [...earlier.flatMap((attempt) => attempt.ended), ...ended]
        .filter((evidence) => evidence.role === "action")
        .map((evidence) => ({ unit, evidence })),
    ),
  );
  const before = runs[0]?.changed;
  return {
    spans: actions.map(({ unit, evidence }) => {
      const start = Date.parse(evidence.startedAt);
      return { unit, start, end: start + evidence.durationMs };
    }),
    texts: actions.flatMap(({ unit, evidence }) =>
      evidence.text === undefined ? [] : [{ unit, text: evidence.text }],
    ),
    ...(before === undefined ? {} : { before: new Set(before) }),
  };
}

/** Clocks of files and of processes differ by this much, in milliseconds. */
const slackMs = 20;

/** The step that wrote a path: its time lies in the step's work; of what is gone, the step's text names it. */
function writerOf(path: string, at: number | undefined, { spans, texts }: Trail): string | undefined {
  const found =
    at === undefined
      ? texts.find(({ text }) => names(text, path))
      : spans.findLast(({ start, end }) => start - slackMs <= at && at <= end + slackMs);
  return found === undefined ? undefined : found.unit.replace(":", " ");
}

function names(text: string, path: string): boolean {
  for (let at = text.indexOf(path); at >= 0; at = text.indexOf(path, at + 1)) {
    if (!isPathSign(text[at - 1]) && !isPathSign(text[at + path.length])) return true;
  }
  return false;
}

function isPathSign(sign: string | undefined): boolean {
  return sign !== undefined && /[\w./-]/.test(sign);
}

function insideSubmodules(declared: ReadonlyMap<string, string>, { submodules }: ChangedFiles): readonly ChosenPath[] {
  return [...declared.keys()].flatMap((path) => {
    const module = submodules.find((each) => path.startsWith(`${each}/`));
    return module === undefined ? [] : [{ path, why: `lies in the submodule ${module}, which has commits of its own` }];
  });
}
