import type { ClaimFit, ClaimPattern, ClaimScene } from "./claim-scene.ts";
import { type MeantTool, ofKind, ofTool, toolMeant } from "./tool-meant.ts";

const nothing = String.raw`(?:(?:no|0|zero) (?:\w+ )?(?:errors?|failures?|issues?|problems?|violations?|findings?)(?: found)?)`;
const passing = String.raw`(?:(?:is |are |runs? |exits? |reports? |completes? |finish(?:es)? )?(?:passe?s?|passed|passing|clean(?:ly)?|succeeds?|successful(?:ly)?|green|ok|with (?:code|status) 0|0)|(?:reports? |shows? |finds? |gives? |has |returns? )?${nothing})`;
const wholly = new RegExp(
  String.raw`^(.{1,60}?):? ${passing}(?:,? (?:with )?${nothing}| \(${nothing}\)| \(100 ?%\))?$`,
  "i",
);
const lacking =
  /^(?:no|0|zero) (test|lint|linting|linter|type|typing|type[- ]checking|[a-z][\w-]{1,20}) (?:errors?|failures?|issues?|problems?|violations?|findings?)(?: (?:reported|found|left|remain))?$/i;
const share =
  /^((?:all )?(?:the )?(?:(?:unit|integration|e2e|bdd) )?(?:tests|scenarios)):? 100 ?%(?: pass(?:ing|ed)?)?$/i;

const lackingKinds: Readonly<Record<string, "tests" | "lint" | "types">> = {
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
    if (lacks !== undefined) return fitted(lackingTool(lacks, scene));
    const subject = (share.exec(text) ?? wholly.exec(text))?.[1]?.trim();
    return subject === undefined ? undefined : fitted(toolMeant(subject, scene));
  },
};

function lackingTool(word: string, scene: ClaimScene): MeantTool | undefined {
  const kind = lackingKinds[word] ?? (word.startsWith("type") ? "types" : undefined);
  return kind === undefined ? ofTool(word, scene) : ofKind(kind, scene);
}

function fitted(meant: MeantTool | undefined): ClaimFit | undefined {
  if (meant === undefined) return undefined;
  const { tool, why, near } = meant;
  return { claims: [{ kind: "clean", tool }], why, ...(near ? { near } : {}) };
}
