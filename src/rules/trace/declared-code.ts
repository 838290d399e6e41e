import type { Claim } from "#model/claim";
import type { Plan } from "#model/plan";
import type { Range } from "#model/source";
import type { UnderstoodOutcome, UnderstoodPlan } from "#model/understanding";
import { moduleFiles, plainPath } from "#plan/declared-tree";
import type { ReceiptFacts, WorkspaceFacts } from "../facts.ts";
import { isCalledDone } from "../called-done.ts";
import { linesByUnit, unitsOf } from "../receipt-units.ts";
import { defineRule, type Draft, type Rule } from "../rule.ts";

/** Why: one look at each file is enough, however many names a plan declares in it. */
type Texts = (path: string) => string | undefined;

/** What a plan that is done declares of the code is there. */
export const declaredCode: Rule = defineRule({
  code: "trace/declared-code",
  severity: "warning",
  title: "Declared code that is not there",
  summary:
    "The files, modules and settings that a plan declares are in the code once the plan is completed or verified.",
  needs: ["trace", "understood", "receipt", "workspace"],
  when: ({ understood: { plan, items } }) => items.length > 0 || plan.configuration.length > 0,
  check({ understood, receipt, workspace, document }, report) {
    const { plan, items } = understood;
    const declared = items.filter(({ key }) => key === "tree:1" || key.startsWith("module:"));
    const parameters = plan.configuration.length;
    if ((declared.length === 0 && parameters === 0) || document.template) return "not-applicable";
    // Why: before the work is called done, a declaration says what will be there.
    if (!isCalledDone(plan) && !isVerified(understood, receipt)) return "not-applicable";
    const texts = readOnce(workspace);
    const reported = new Set<string>();
    for (const item of declared) {
      for (const claim of item.claims) {
        const draft = draftOf(plan, item, claim, workspace, texts);
        if (draft !== undefined && !reported.has(draft.message)) report(draft);
        if (draft !== undefined) reported.add(draft.message);
      }
    }
    for (const draft of unreadSettings(plan, texts)) report(draft);
    return undefined;
  },
});

/** True when the receipt calls every step and task verified. */
function isVerified(understood: UnderstoodPlan, receipt: ReceiptFacts): boolean {
  const units = unitsOf(understood).filter(({ kind }) => kind !== "item");
  const lines = linesByUnit(receipt);
  return units.length > 0 && units.every(({ key }) => lines.get(key)?.verdict === "verified");
}

function readOnce(workspace: WorkspaceFacts): Texts {
  const texts = new Map<string, string | undefined>();
  return (path) => {
    if (!texts.has(path)) texts.set(path, workspace.text(path));
    return texts.get(path);
  };
}

function draftOf(
  plan: Plan,
  item: UnderstoodOutcome,
  claim: Claim,
  workspace: WorkspaceFacts,
  texts: Texts,
): Draft | undefined {
  if (claim.kind === "path") {
    if (workspace.exists(claim.path)) return undefined;
    const message = `The plan is done and declares ${claim.path}, but there is none. Correct the declaration, or set the status back.`;
    return { message, at: item.key === "tree:1" ? treePlace(plan, claim.path, item.range) : item.range };
  }
  if (claim.kind !== "definition") return undefined;
  const text = texts(claim.path);
  if (text === undefined || hasWord(text, claim.name)) return undefined;
  const message = `${claim.path} does not hold ${claim.name}, which the plan declares in it. Correct the declaration, or set the status back.`;
  return { message, at: item.range };
}

function treePlace(plan: Plan, path: string, otherwise: Range): Range {
  const entry = plan.fileTree.find((one) => `/${plainPath(one.path)}`.endsWith(`/${path}`));
  return entry?.range ?? otherwise;
}

/** Settings that no declared module reads; a plan without modules does not say where to look. */
function unreadSettings(plan: Plan, texts: Texts): readonly Draft[] {
  const read = moduleFiles(plan).flatMap((path) => texts(plainPath(path)) ?? []);
  if (read.length === 0) return [];
  return plan.configuration.flatMap(({ name }): readonly Draft[] => {
    const word = /^`?([\w.-]+)`?$/u.exec(name.text.trim())?.[1];
    if (word === undefined || read.some((text) => hasWord(text, word))) return [];
    const message = `No declared module holds the setting ${word}. Correct its name, or take the row out.`;
    return [{ message, at: name.range }];
  });
}

/** True when a name stands in a text with no letter, digit or `_` beside it. */
function hasWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!/\w/u.test(text[at - 1] ?? " ") && !/\w/u.test(text[at + word.length] ?? " ")) return true;
  }
  return false;
}
