import { agentGuide } from "#author/setup/agent-guide";
import { type AssistantName, assistantSetups, type ProgramCommand, sharedInstructions } from "#author/setup/assistants";
import {
  type Block,
  blockInsertion,
  blockText,
  findBlock,
  hashMarks,
  lineEndOf,
  markdownMarks,
  type MarkStyle,
} from "#author/setup/marked-block";
import { mergeSettings, type SettingsParts, settingsFiles } from "#author/setup/settings-merge";
import { applyEdits } from "#model/edit";
import type { Hash, Host } from "#model/ports";
import { createSource } from "#model/source";
import type { Profile } from "#profile/profile";
import { findCommand } from "../commands.ts";
import { configFileName } from "../config.ts";
import { configSchema } from "../config-schema.ts";
import { loadIgnoreRules } from "../ignore-rules.ts";
import { type ConfigChoices, configText } from "./config-text.ts";
import { bytesChange, type FileChange, findTarget, type Target, textChange, untouched } from "./file-change.ts";

/** What a workspace is set up with. */
export interface SetupChoices {
  readonly assistants: readonly AssistantName[];
  readonly command: ProgramCommand | undefined;
  /** Absent where there is a configuration file. */
  readonly config?: ConfigChoices;
  /** Folders to be made, workspace-relative. */
  readonly folders: readonly string[];
  readonly hasGit: boolean;
  /** Blocks that were changed by hand are written anew. */
  readonly replacesChanged: boolean;
}

/** Where editors find the schema when the program is no package of the workspace. */
export const localSchema = ".iplan/config.schema.json";

/** Where they find it when it is one. */
export const packagedSchema = "node_modules/iplan/dist/config.schema.json";

/** The lines of the block in `.gitignore`. */
const ignoreLines = "# State of iplan on this machine; it has no meaning elsewhere.\n/.iplan/\n";

/** Every file of a workspace's setup with what would happen to it; nothing is written. */
export function planSetup(host: Host, root: string, choices: SetupChoices): readonly FileChange[] {
  const { config } = choices;
  return [
    config === undefined
      ? untouched(configFileName, "settings", "unchanged")
      : fileWith(host, root, configFileName, "settings", configText(config)),
    ...(choices.command?.kind === "package" ? [] : [schemaChange(host, root)]),
    ...choices.folders.map((folder) => folderChange(host, root, folder)),
    ...(choices.hasGit ? [ignoreChange(host, root, choices)] : []),
    ...instructionChanges(host, root, choices),
    ...settingsChanges(host, root, choices),
  ];
}

/** The folder of each layer that has documents, below the directory of documents. */
export function layerFolders(profile: Profile, docs: string): readonly string[] {
  const layers = profile.layers.filter(({ files, layer }) => files.length > 0 && layer > 0);
  const names = layers.flatMap(({ directories }) => directories[0] ?? []);
  return [...new Set(names)].map((name) => (docs === "." ? name : `${docs}/${name}`));
}

function withTarget(
  host: Host,
  root: string,
  path: string,
  what: string,
  change: (found: Target) => FileChange,
): FileChange {
  const found = findTarget(host.files, root, path);
  return typeof found === "string" ? untouched(path, what, "failed", found) : change(found);
}

function fileWith(host: Host, root: string, path: string, what: string, text: string): FileChange {
  return withTarget(host, root, path, what, (found) => textChange(path, what, found, text));
}

/** Why: it is written into a folder that keeps itself out of git. */
function schemaChange(host: Host, root: string): FileChange {
  return fileWith(host, root, localSchema, "schema for editors", `${JSON.stringify(configSchema(), undefined, 1)}\n`);
}

function folderChange(host: Host, root: string, folder: string): FileChange {
  const keep = `${folder}/.gitkeep`;
  if (host.files.stat(`${root}/${folder}`) !== undefined) return untouched(keep, "folder of a layer", "unchanged");
  return fileWith(host, root, keep, "folder of a layer", "");
}

function ignoreChange(host: Host, root: string, choices: SetupChoices): FileChange {
  const what = "local state out of git";
  return withTarget(host, root, ".gitignore", what, (found) => {
    const isOurs = findBlock(found.source?.text ?? "", hashMarks).kind !== "absent";
    if (!isOurs && loadIgnoreRules(host.files, root, []).ignores(".iplan/")) {
      return untouched(".gitignore", what, "unchanged", "ignored already");
    }
    return blockChange(host.hash, ".gitignore", what, found, { style: hashMarks, body: ignoreLines }, choices);
  });
}

/** Files of instructions of the chosen assistants, AGENTS.md first. */
export function instructionFiles(assistants: readonly AssistantName[]): readonly string[] {
  if (assistants.length === 0) return [];
  return [sharedInstructions, ...assistants.flatMap((name) => assistantSetups[name].instructions ?? [])];
}

function instructionChanges(host: Host, root: string, choices: SetupChoices): readonly FileChange[] {
  const written = new Map<string, string>();
  return instructionFiles(choices.assistants).map((path) => {
    const what = "instructions for assistants";
    return withTarget(host, root, path, what, (found) => {
      const other = written.get(found.target);
      if (other !== undefined) return untouched(path, what, "unchanged", `is a link to ${other}`);
      written.set(found.target, path);
      if (path !== sharedInstructions && readsShared(found.source?.text ?? "")) {
        return untouched(path, what, "unchanged", `reads ${sharedInstructions}`);
      }
      return blockChange(host.hash, path, what, found, { style: markdownMarks, body: agentGuide }, choices);
    });
  });
}

/** True for a file that takes in AGENTS.md by a line of its own. */
function readsShared(text: string): boolean {
  return /^@(?:\.\/)?AGENTS\.md[ \t]*\r?$/mu.test(text);
}

/** The digest a begin mark carries: twelve hex digits. */
export function bodyDigest(hash: Hash, body: string): string {
  return hash.sha256(body).slice(0, 12);
}

function blockChange(
  hash: Hash,
  path: string,
  what: string,
  found: Target,
  wanted: { readonly style: MarkStyle; readonly body: string },
  { replacesChanged }: SetupChoices,
): FileChange {
  const block: Block = { ...wanted, digest: bodyDigest(hash, wanted.body) };
  const { source } = found;
  if (source === undefined) return textChange(path, what, found, `${blockText(block, "\n")}\n`);
  const state = findBlock(source.text, wanted.style);
  if (state.kind === "damaged") {
    const note = `line ${state.line}: the marks iplan:begin and iplan:end do not fit together; mend or delete them`;
    return untouched(path, what, "failed", note);
  }
  if (state.kind === "absent") {
    return bytesChange(path, what, found, applyEdits(source, [blockInsertion(source.text, block)]));
  }
  if (state.digest !== bodyDigest(hash, state.body) && !replacesChanged) {
    return untouched(path, what, "kept", "the block was changed by hand; --yes writes it anew");
  }
  if (state.body === wanted.body && state.digest === block.digest) return untouched(path, what, "unchanged");
  const text = blockText(block, lineEndOf(source.text));
  return bytesChange(path, what, found, applyEdits(source, [{ start: state.start, end: state.end, text }]));
}

/** Files of settings of assistants with what this program offers: its server and hooks, as far as there are such commands. */
export function offeredSettings(assistants: readonly AssistantName[]): ReadonlyMap<string, SettingsParts> {
  const offered = assistants.map((name) => {
    const { server, hooks, ...rest } = assistantSetups[name];
    return {
      ...rest,
      ...(server === undefined || findCommand("mcp") === undefined ? {} : { server }),
      ...(hooks === undefined || findCommand("hook") === undefined ? {} : { hooks }),
    };
  });
  return settingsFiles(offered);
}

/** What a file of settings is for, in words. */
export function settingsPurpose({ server, hooks }: SettingsParts): string {
  if (server === undefined) return "hooks for the assistant";
  return hooks === undefined ? "server for the assistant" : "server and hooks for the assistant";
}

function settingsChanges(host: Host, root: string, { assistants, command }: SetupChoices): readonly FileChange[] {
  return [...offeredSettings(assistants)].map(([path, parts]) => {
    const what = settingsPurpose(parts);
    if (command === undefined)
      return untouched(path, what, "failed", "this program has no path by which it can be started");
    return withTarget(host, root, path, what, (found) => {
      const source = found.source ?? createSource(path, new Uint8Array());
      if (source.undecodable.length > 0) return untouched(path, what, "failed", "is not UTF-8 text");
      const merged = mergeSettings(source.text, parts, command);
      if ("problem" in merged) return untouched(path, what, "failed", merged.problem);
      return textChange(path, what, found, merged.text);
    });
  });
}
