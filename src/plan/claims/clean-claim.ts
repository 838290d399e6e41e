import type { CheckKind } from "../vacuity/recognised-checks.ts";
import type { ClaimFit, ClaimPattern, ClaimScene, PlannedCheck } from "./claim-scene.ts";

const nothing = String.raw`(?:(?:no|0|zero) (?:\w+ )?(?:errors?|failures?|issues?|problems?|violations?|findings?)(?: found)?)`;
const passing = String.raw`(?:(?:is |are |runs? |exits? |reports? |completes? |finish(?:es)? )?(?:passe?s?|passed|passing|clean(?:ly)?|succeeds?|successful(?:ly)?|green|ok|with (?:code|status) 0|0)|(?:reports? |shows? |finds? |gives? |has )?${nothing})`;
const wholly = new RegExp(String.raw`^(.{1,60}?):? ${passing}(?:,? (?:with )?${nothing}| \(${nothing}\))?$`, "i");
const lacking =
  /^(?:no|0|zero) (test|lint|linting|linter|type|typing|type[- ]checking|[a-z][\w-]{1,20}) (?:errors?|failures?|issues?|problems?|violations?|findings?)(?: (?:reported|found|left|remain))?$/i;

/** What a subject speaks of, when it names no tool. */
const subjects: readonly { readonly form: RegExp; readonly kind: CheckKind; readonly vague?: boolean }[] = [
  { form: /^(?:all |the )?(?:the )?tests?(?: suite| cases)?$/i, kind: "tests" },
  { form: /^(?:the )?(?:whole |full |complete |entire )?test suite$/i, kind: "tests" },
  {
    form: /^(?:all )?(?:the )?(?:unit|integration|e2e|end-to-end|regression|smoke|new|existing|api|bdd) tests?$/i,
    kind: "tests",
    vague: true,
  },
  { form: /^(?:all )?(?:the )?(?:bdd |gherkin |cucumber )?scenarios$/i, kind: "tests", vague: true },
  {
    form: /^(?:the )?(?:lint(?:ing|er)?|code linting|lint checks?|linting checks?|all linting checks?|all lint checks?)$/i,
    kind: "lint",
  },
  { form: /^(?:the )?(?:type[- ]?check(?:s|er|ing)?|types|static typing|typing)$/i, kind: "types" },
  { form: /^(?:the )?(?:format(?:ting)?(?: check)?|code format(?:ting)?)$/i, kind: "format" },
  { form: /^(?:the )?(?:security (?:scan|check|audit)s?|audit)$/i, kind: "security" },
  { form: /^(?:the )?build$/i, kind: "build" },
];

const lackingKinds: Readonly<Record<string, CheckKind>> = {
  test: "tests",
  lint: "lint",
  linting: "lint",
  linter: "lint",
  type: "types",
  typing: "types",
};

/** `ESLint passes with 0 errors`, `mypy clean`, `All tests pass`, `no type errors`. */
export const cleanClaim: ClaimPattern = {
  name: "clean",
  isCued: (text) => /pass|clean|succe|green|ok$|0|\bno\b|zero/i.test(text),
  fit(text, scene) {
    const lacks = lacking.exec(text)?.[1]?.toLowerCase();
    if (lacks !== undefined) {
      const kind = lackingKinds[lacks] ?? (lacks.startsWith("type") ? "types" : undefined);
      return kind === undefined ? ofTool(lacks, scene) : ofKind(kind, scene, false);
    }
    const subject = wholly.exec(text)?.[1]?.trim();
    if (subject === undefined) return undefined;
    const known = subjects.find(({ form }) => form.test(subject));
    return known === undefined ? ofTool(subject, scene) : ofKind(known.kind, scene, known.vague === true);
  },
};

/** A tool by its own name: only one that a command of the plan runs. */
function ofTool(subject: string, { checks, planChecks }: ClaimScene): ClaimFit | undefined {
  const name = subject.replace(/`/g, "").trim().toLowerCase();
  const found = [...checks, ...planChecks].find(({ tool }) => names(tool).includes(name));
  return found === undefined
    ? undefined
    : fit(found.tool, `\`${found.tool}\` runs in the plan and tells by its exit status`, false);
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

/** A kind of check: only where exactly one tool of the kind runs can it be meant. */
function ofKind(kind: CheckKind, { checks, planChecks }: ClaimScene, vague: boolean): ClaimFit | undefined {
  const own = toolsOf(checks, kind);
  if (own.length === 1)
    return fit(
      own[0] ?? "",
      vague ? `it may mean \`${own[0]}\`, or a part of it` : `\`${own[0]}\` is the only tool it can mean`,
      vague,
    );
  if (own.length > 1) return undefined;
  const all = toolsOf(planChecks, kind);
  return all.length === 1 ? fit(all[0] ?? "", `it may mean \`${all[0]}\` of another step`, true) : undefined;
}

function toolsOf(checks: readonly PlannedCheck[], kind: CheckKind): readonly string[] {
  return [...new Set(checks.filter((check) => check.kind === kind).map(({ tool }) => tool))];
}

function fit(tool: string, why: string, near: boolean): ClaimFit {
  return { claims: [{ kind: "clean", tool }], why, ...(near ? { near } : {}) };
}
