import { type AssistantName, assistantNames, assistantSetups } from "#author/setup/assistants";
import { IplanError } from "#model/errors";
import type { Host } from "#model/ports";
import type { Profile } from "#profile/profile";
import { setupDiff, setupPage, type ShownSetup } from "#render/setup-page";
import {
  type CommandContext,
  type CommandHandler,
  type CommandInput,
  type CommandOutcome,
  flag,
  option,
} from "../command.ts";
import { configFileName } from "../config.ts";
import { openSession } from "../session.ts";
import { applyRemoval, applySetup, changing } from "../setup/apply-setup.ts";
import { askSetup, confirmed } from "../setup/ask-setup.ts";
import type { FileChange } from "../setup/file-change.ts";
import { findProject, type ProjectFacts } from "../setup/find-project.ts";
import { programCommand } from "../setup/program-command.ts";
import { foundAssistants, makeChoices, type SetupWishes } from "../setup/setup-choices.ts";
import { localSchema, planSetup } from "../setup/setup-plan.ts";
import { recordPath } from "../setup/setup-record.ts";
import { planRemoval } from "../setup/setup-removal.ts";
import { type SetupRoot, setupRoot } from "../setup/setup-root.ts";
import { refuseAssistants } from "./trust.ts";

/** `iplan init`: makes or repairs a workspace; `--remove` takes away what it wrote. */
export const init: CommandHandler = async (context, input) => {
  const place = setupRoot(context.host, context.cwd);
  if (flag(input, "remove")) return remove(context, input, place);
  const { files } = context.host;
  const facts = findProject(files, place.root);
  const hasConfig = files.stat(`${place.root}/${configFileName}`) !== undefined;
  const given = wishesOf(input, facts, hasConfig);
  const asks = context.ask !== undefined && !flag(input, "yes") && !flag(input, "dry-run");
  const wishes = asks ? await askSetup(context, facts, given, hasConfig) : given;
  const changes = planSetup(context.host, place.root, {
    ...makeChoices(context.host, place.root, facts, wishes, hasConfig ? await settled(context, place) : undefined),
    replacesChanged: flag(input, "yes"),
  });
  const isWritten = !flag(input, "dry-run") && (!asks || (await confirmed(context, changes)));
  if (isWritten) {
    applySetup(context.host, place.root, changes);
    makeKey(context.host, place.root);
  }
  const command = programCommand(context.host, place.root);
  const isOwnPath = command?.kind === "path" && changes.some(({ what }) => /server|hooks/u.test(what));
  return outcome(context, input, {
    root: place.root,
    why: place.why,
    facts: factRows(facts, wishes.assistants),
    changes,
    mode: isWritten ? "written" : flag(input, "dry-run") ? "planned" : "declined",
    removes: false,
    next: [
      ...(isOwnPath
        ? [
            "Assistants start iplan by its path on this machine; others run iplan init, or add iplan to the project's packages.",
          ]
        : []),
      ...(wishes.assistants.length === 0
        ? [`iplan init --assistants ${assistantNames.join(",")}  for those you use`]
        : []),
      ...(facts.profiles.length === 0 ? ["iplan new iplan --title 'What you want to build'"] : ["iplan check"]),
    ],
  });
};

/** Makes the workspace's key, kept in the user's folder: with it, a check of what did not change is read from the cache. */
function makeKey(host: Host, root: string): void {
  try {
    host.trust(root).key({ create: true });
  } catch (error) {
    // Why: where the user's folder may not be written, all that is missing is speed; a run says what is wrong.
    if (!(error instanceof IplanError)) throw error;
  }
}

async function settled({ host }: CommandContext, { root }: SetupRoot): Promise<{ docs: string; profile: Profile }> {
  const { config, profile } = await openSession(host, root);
  return { docs: config.docs, profile };
}

/** Why: hooks hold an assistant to what it has to prove; only a person takes them away. */
async function remove(context: CommandContext, input: CommandInput, place: SetupRoot): Promise<CommandOutcome> {
  if (!flag(input, "dry-run")) refuseAssistants(context, "take the setup away");
  await openSession(context.host, place.root);
  const changes = planRemoval(context.host, place.root, flag(input, "yes"));
  const asks = context.ask !== undefined && !flag(input, "yes") && !flag(input, "dry-run");
  const isWritten = !flag(input, "dry-run") && (!asks || (await confirmed(context, changes)));
  if (isWritten) applyRemoval(context.host, place.root, changes);
  return outcome(context, input, {
    root: place.root,
    why: place.why,
    facts: [],
    changes,
    mode: isWritten ? "written" : flag(input, "dry-run") ? "planned" : "declined",
    removes: true,
    next: [],
  });
}

function outcome(
  context: CommandContext,
  input: CommandInput,
  shown: ShownSetup & { readonly changes: readonly FileChange[] },
): CommandOutcome {
  const { changes, root, facts, mode, removes } = shown;
  const isDry = flag(input, "dry-run");
  return {
    kind: "init",
    exitCode: changes.some(({ state }) => state === "failed") ? 1 : 0,
    data: {
      root,
      found: Object.fromEntries(facts),
      removes,
      written: mode === "written" ? changing(changes).length : 0,
      changes: changes.map(({ path, what, state, note }) => ({
        path,
        what,
        state,
        ...(note === undefined ? {} : { note }),
      })),
    },
    page: () => {
      const page = setupPage(shown, context.paint, context.width);
      return isDry ? `${setupDiff(readable(changes), context.paint)}${page}` : page;
    },
  };
}

/** Why: a schema is for editors; nobody reads it in a diff. */
function readable(changes: readonly FileChange[]): readonly FileChange[] {
  return changing(changes).filter(({ path }) => path !== localSchema && path !== recordPath);
}

function factRows(facts: ProjectFacts, assistants: readonly AssistantName[]): readonly (readonly [string, string])[] {
  const documents = facts.profiles.map(({ name, documents: count }) => `${count} by ${name}`).join(", ");
  const rows: readonly (readonly [string, string | undefined])[] = [
    ["documents", facts.docs === undefined ? "none yet" : `${documents}, below ${facts.docs}`],
    ["languages", facts.languages.join(", ") || undefined],
    ["packages", facts.packageManager],
    ["tests", facts.testRunner],
    ["CI", facts.ci],
    ["assistants", assistants.map((name) => assistantSetups[name].title).join(", ") || "none"],
  ];
  return rows.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}

function wishesOf(input: CommandInput, facts: ProjectFacts, hasConfig: boolean): SetupWishes {
  const docs = option(input, "docs");
  if (docs !== undefined && hasConfig) {
    throw new IplanError(
      "usage/arguments",
      `${configFileName} says where documents lie.`,
      `Change \`docs:\` in ${configFileName}.`,
    );
  }
  return {
    ...(docs === undefined ? {} : { docs: docsDirectory(docs) }),
    assistants: assistantsOf(option(input, "assistants"), facts),
    tree: flag(input, "tree"),
  };
}

function docsDirectory(given: string): string {
  const path = given.replace(/^(?:\.\/)+/u, "").replace(/\/+$/u, "") || ".";
  const isInside = !path.startsWith("/") && !path.includes("\\") && !path.split("/").includes("..");
  if (isInside && /^[\p{L}\p{N}\p{M}_. /-]+$/u.test(path)) return path;
  throw new IplanError(
    "usage/arguments",
    `--docs takes a directory inside the workspace, not ${given}.`,
    "Its name is of letters, digits, blanks and ._-/. For example: --docs docs",
  );
}

function assistantsOf(given: string | undefined, facts: ProjectFacts): readonly AssistantName[] {
  if (given === undefined) return foundAssistants(facts);
  const names = given
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "" && name !== "none");
  return names.map((name) => {
    const known = assistantNames.find((each) => each === name);
    if (known !== undefined) return known;
    throw new IplanError(
      "usage/arguments",
      `--assistants knows no "${name}".`,
      `Known are: ${assistantNames.join(", ")}; none for none.`,
    );
  });
}
