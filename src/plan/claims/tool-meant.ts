import type { CheckKind } from "../vacuity/recognised-checks.ts";
import type { ClaimScene, PlannedCheck } from "./claim-scene.ts";
import { onlyRun } from "./planned-runs.ts";

/** The tool of the plan a sentence speaks of. */
export interface MeantTool {
  readonly tool: string;
  readonly why: string;
  readonly near: boolean;
}

/** What a subject speaks of, when it names no tool. */
const subjects: readonly { readonly form: RegExp; readonly kind: CheckKind; readonly part?: boolean }[] = [
  { form: /^(?:all |the )?(?:the )?tests?(?: suite| cases)?$/i, kind: "tests" },
  { form: /^(?:the )?(?:whole |full |complete |entire )?test suite$/i, kind: "tests" },
  {
    form: /^(?:all )?(?:the )?(unit|integration|e2e|end-to-end|regression|smoke|new|existing|api|bdd) tests?$/i,
    kind: "tests",
    part: true,
  },
  { form: /^(?:all )?(?:the )?(bdd|gherkin|cucumber) scenarios$/i, kind: "tests", part: true },
  { form: /^(?:all )?(?:the )?scenarios$/i, kind: "tests", part: true },
  {
    form: /^(?:the )?(?:lint(?:ing|er)?|code linting|lint checks?|linting checks?|all linting checks?|all lint checks?)$/i,
    kind: "lint",
  },
  { form: /^(?:the )?(?:type[- ]?check(?:s|er|ing)?|types|static typing|typing)$/i, kind: "types" },
  { form: /^(?:the )?(?:format(?:ting)?(?: check)?|code format(?:ting)?)$/i, kind: "format" },
  { form: /^(?:the )?(?:security (?:scan|check|audit)s?|audit)$/i, kind: "security" },
  { form: /^(?:the )?build$/i, kind: "build" },
];

/** The tool a subject names, by its own name or by its kind; undefined when the plan runs none, or several. */
export function toolMeant(subject: string, scene: ClaimScene): MeantTool | undefined {
  const known = subjects.find(({ form }) => form.test(subject));
  if (known === undefined) return ofTool(subject, scene);
  return ofKind(known.kind, scene, known.part === true ? (known.form.exec(subject)?.[1] ?? "scenarios") : undefined);
}

/** A tool by its own name: only one that a command of the plan runs. */
export function ofTool(subject: string, { checks, planChecks, runs, plan }: ClaimScene): MeantTool | undefined {
  const name = subject.replace(/`/g, "").trim().toLowerCase();
  const found = [...checks, ...planChecks].find(({ tool }) => names(tool).includes(name));
  if (found !== undefined) {
    return { tool: found.tool, why: `\`${found.tool}\` runs in the plan and tells by its exit status`, near: false };
  }
  // Why: a script of the project is told by its file.
  if (!/^[\w./-]+\.(?:py|m?js|sh|ts|rb)$/.test(name)) return undefined;
  const script = [...runs, ...plan.runs].find(({ values, program }) =>
    [program, ...values].some((value) => value.toLowerCase() === name || value.toLowerCase().endsWith(`/${name}`)),
  );
  return script && { tool: name, why: `\`${script.text}\` runs it and tells by its exit status`, near: false };
}

const spoken: Readonly<Record<string, readonly string[]>> = {
  tsc: ["typescript", "typescript compiler", "tsc --noemit", "typescript compilation"],
  "cucumber-js": ["cucumber"],
  "node --test": ["node:test", "node test runner"],
  prettier: ["prettier check", "prettier --check"],
  black: ["black --check"],
  ruff: ["ruff check"],
  eslint: ["eslint ."],
};

function names(tool: string): readonly string[] {
  return [tool.toLowerCase(), ...(spoken[tool] ?? [])];
}

/** A kind of check: only where exactly one tool of the kind runs can it be meant; a part of it only by a command of its own. */
export function ofKind(kind: CheckKind, scene: ClaimScene, part?: string): MeantTool | undefined {
  const word = part === "gherkin" || part === "cucumber" || part === "scenarios" ? "bdd" : part;
  const run = word === undefined ? undefined : onlyRun(kind, word, scene);
  if (run !== undefined) return { tool: run.text, why: `\`${run.text}\` runs just these`, near: false };
  const own = toolsOf(scene.checks, kind);
  if (own.length === 1) {
    const [tool = ""] = own;
    return part === undefined
      ? { tool, why: `\`${tool}\` is the only tool it can mean`, near: false }
      : { tool, why: `it may mean \`${tool}\`, or a part of it`, near: true };
  }
  const all = own.length > 1 ? [] : toolsOf(scene.planChecks, kind);
  const [tool] = all;
  return tool === undefined || all.length > 1
    ? undefined
    : { tool, why: `it may mean \`${tool}\` of another step`, near: true };
}

function toolsOf(checks: readonly PlannedCheck[], kind: CheckKind): readonly string[] {
  return [...new Set(checks.filter((check) => check.kind === kind).map(({ tool }) => tool))];
}
