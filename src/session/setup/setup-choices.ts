import { type AssistantName, assistantNames, assistantSetups } from "#author/setup/assistants";
import { defaultConfig } from "#model/config";
import type { Host } from "#model/ports";
import { defaultProfile, findProfile } from "#profile/find-profile";
import type { Profile } from "#profile/profile";
import type { ConfigChoices } from "./config-text.ts";
import type { ProjectFacts } from "./find-project.ts";
import { programCommand } from "./program-command.ts";
import { layerFolders, localSchema, packagedSchema, type SetupChoices } from "./setup-plan.ts";

/** What a person wants that the project does not tell. */
export interface SetupWishes {
  /** Directory of documents. */
  readonly docs?: string;
  readonly assistants: readonly AssistantName[];
  /** A folder for each layer. */
  readonly tree: boolean;
}

/** Assistants whose files lie in the project already. */
export function foundAssistants({ signs }: Pick<ProjectFacts, "signs">): readonly AssistantName[] {
  return assistantNames.filter((name) => assistantSetups[name].signs.some((sign) => signs.has(sign)));
}

/** The directory of documents when nobody names one. */
export function docsOf(facts: ProjectFacts): string {
  return facts.docs ?? "docs";
}

/** Directories that hold source, beside those that count by default. */
const sourceFolders: readonly string[] = [
  "packages",
  "apps",
  "cmd",
  "internal",
  "pkg",
  "crates",
  "spec",
  "Sources",
  "Tests",
];

/** Everything that a setup needs to know; `settled` is what the settings say where there are some. */
export function makeChoices(
  host: Host,
  root: string,
  facts: ProjectFacts,
  wishes: SetupWishes,
  settled: { readonly docs: string; readonly profile: Profile } | undefined,
): Omit<SetupChoices, "replacesChanged"> {
  const command = programCommand(host, root);
  const docs = settled?.docs ?? wishes.docs ?? docsOf(facts);
  const profile = settled?.profile ?? findProfile(facts.profiles[0]?.name ?? "") ?? defaultProfile;
  const schema = command?.kind === "package" ? packagedSchema : localSchema;
  return {
    assistants: wishes.assistants,
    command,
    ...(settled === undefined ? { config: configChoices(facts, docs, profile.name, schema) } : {}),
    folders: wishes.tree ? layerFolders(profile, docs) : [],
    hasGit: facts.hasGit,
  };
}

function configChoices(facts: ProjectFacts, docs: string, profile: string, schema: string): ConfigChoices {
  const further = sourceFolders.filter((name) => facts.names.has(name)).map((name) => `${name}/**`);
  const [best, other] = facts.profiles;
  const isMixed = best !== undefined && other !== undefined && best.documents > 0 && other.documents > 0;
  return {
    profile,
    docs,
    schema: `./${schema}`,
    ...(further.length === 0 ? {} : { sources: [...defaultConfig.sources, ...further] }),
    remarks: isMixed
      ? [
          `Mixed: the names of ${best.documents} documents fit ${best.name}, those of ${other.documents} fit ${other.name}.`,
        ]
      : [],
  };
}
