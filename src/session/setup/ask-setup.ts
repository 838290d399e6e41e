import { type AssistantName, assistantNames } from "#author/setup/assistants";
import { changeRows } from "#render/setup-page";
import type { CommandContext } from "../command.ts";
import { changing } from "./apply-setup.ts";
import type { FileChange } from "./file-change.ts";
import type { ProjectFacts } from "./find-project.ts";
import { docsOf, type SetupWishes } from "./setup-choices.ts";

/** Asks what the project does not tell; an empty answer takes what is shown in brackets. */
export async function askSetup(
  context: CommandContext,
  facts: ProjectFacts,
  wishes: SetupWishes,
  hasConfig: boolean,
): Promise<SetupWishes> {
  const ask = context.ask ?? (() => Promise.resolve(""));
  const docs = hasConfig || wishes.docs !== undefined ? undefined : await askDocs(ask, facts);
  const isEmpty = !hasConfig && facts.profiles.length === 0 && !wishes.tree;
  const tree = isEmpty ? isYes(await ask("Make a folder for each layer there? [y/N] "), false) : wishes.tree;
  return {
    ...wishes,
    ...(docs === undefined ? {} : { docs }),
    tree,
    assistants: await askAssistants(ask, wishes.assistants),
  };
}

type Ask = (question: string) => Promise<string>;

async function askDocs(ask: Ask, facts: ProjectFacts): Promise<string> {
  const found = docsOf(facts);
  const answer = (await ask(`Directory of documents [${found}]: `)).trim().replace(/^(?:\.\/)+|\/+$/gu, "");
  const isInside = /^[\w. /-]+$/u.test(answer) && !answer.startsWith("/") && !answer.split("/").includes("..");
  return isInside ? answer : found;
}

async function askAssistants(ask: Ask, found: readonly AssistantName[]): Promise<readonly AssistantName[]> {
  const shown = found.length === 0 ? "none" : found.join(",");
  const answer = (await ask(`Assistants (${assistantNames.join(", ")}, none) [${shown}]: `)).trim();
  if (answer === "") return found;
  const words = answer.split(/[\s,]+/u);
  return assistantNames.filter((name) => words.includes(name));
}

function isYes(answer: string, otherwise: boolean): boolean {
  const word = answer.trim().toLowerCase();
  return word === "" ? otherwise : word === "y" || word === "yes";
}

/** Shows what would be written and asks for it; true without a question when there is nothing to write. */
export async function confirmed(context: CommandContext, changes: readonly FileChange[]): Promise<boolean> {
  const count = changing(changes).length;
  if (count === 0 || context.ask === undefined) return true;
  context.progress(`${changeRows(changes, context.progressPaint, context.width)}\n`);
  return isYes(await context.ask(`Write ${count === 1 ? "this file" : `these ${count} files`}? [Y/n] `), true);
}
