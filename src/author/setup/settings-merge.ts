import { type Edit, editSource } from "#model/edit";
import { createSource, type Source } from "#model/source";
import { entryRemovals, itemInsertion, type JsonText, memberInsertion, memberOf, replacement } from "./json-edits.ts";
import {
  type JsonArray,
  type JsonNode,
  JsonProblem,
  jsonValue,
  type JsonObject,
  type JsonValue,
  readJson,
} from "./json-tree.ts";
import {
  type AssistantSetup,
  hookCommand,
  type HookEntries,
  type HookEntry,
  isHookCommand,
  type ProgramCommand,
  type ServerEntry,
} from "./assistants.ts";

/** Our name among the servers of a file. */
const serverName = "iplan";

/** A file of settings with what was done to it; or why it was left alone. */
export type MergedSettings = { readonly text: string } | { readonly problem: string };

/** What of ours belongs into one file of settings. */
export interface SettingsParts {
  readonly server?: ServerEntry;
  readonly hooks?: HookEntries;
}

/** The files of settings of assistants, each with what belongs into it. */
export function settingsFiles(setups: readonly AssistantSetup[]): ReadonlyMap<string, SettingsParts> {
  const files = new Map<string, SettingsParts>();
  for (const { server, hooks } of setups) {
    if (server !== undefined) files.set(server.file, { ...files.get(server.file), server });
    if (hooks !== undefined) files.set(hooks.file, { ...files.get(hooks.file), hooks });
  }
  return files;
}

/** The text of a file with our server and hooks in it; everything else stays as it is. */
export function mergeSettings(text: string, parts: SettingsParts, command: ProgramCommand): MergedSettings {
  return guarded(text, (start) => {
    let source = start;
    if (parts.server !== undefined) source = withServer(source, parts.server, command);
    for (const entry of parts.hooks?.entries ?? [])
      source = withHook(source, parts.hooks as HookEntries, entry, command);
    return source.text;
  });
}

/** The text of a file without our server and hooks, and without members that held nothing else. */
export function stripSettings(text: string, parts: SettingsParts): MergedSettings {
  return guarded(text, (start) => {
    let source = start;
    if (parts.server !== undefined) source = withoutServer(source, parts.server);
    for (const entry of parts.hooks?.entries ?? []) source = withoutHook(source, entry);
    return parts.hooks === undefined ? source.text : withoutEmpty(source, "hooks").text;
  });
}

/** True when nothing is left in a file but an empty object. */
export function isEmptySettings(text: string): boolean {
  return text.replace(/\s/gu, "") === "{}";
}

function guarded(text: string, work: (source: Source) => string): MergedSettings {
  try {
    return { text: work(createSource("", new TextEncoder().encode(text))) };
  } catch (error) {
    if (!(error instanceof JsonProblem)) throw error;
    const line = text.slice(0, error.offset).split("\n").length;
    return { problem: `is not JSON: ${error.message} (line ${line})` };
  }
}

function jsonOf({ text }: Source): JsonText & { readonly root: JsonObject } {
  const root = readJson(text);
  if (root.kind !== "object") throw new JsonProblem(root.start, "an object in braces is expected");
  return { text, root };
}

function edited(source: Source, edits: readonly Edit[]): Source {
  return edits.length === 0 ? source : editSource(source, edits);
}

function same(node: JsonNode, value: JsonValue): boolean {
  return JSON.stringify(jsonValue(node)) === JSON.stringify(value);
}

/** A text that is empty but for blanks is an object that is not written yet. */
function started(source: Source): Source {
  return source.text.trim() === "" ? createSource("", new TextEncoder().encode("{}\n")) : source;
}

function withServer(before: Source, server: ServerEntry, command: ProgramCommand): Source {
  const source = started(before);
  const json = jsonOf(source);
  const value = server.value(command);
  const servers = memberOf(json.root, server.member);
  if (servers === undefined)
    return edited(source, memberInsertion(json, json.root, server.member, { [serverName]: value }));
  const known = memberOf(objectAt(servers, server.member), serverName);
  if (known === undefined)
    return edited(source, memberInsertion(json, objectAt(servers, server.member), serverName, value));
  // Why: a person may have added an environment or a time limit to our entry.
  const merged = { ...(jsonValue(known) as Record<string, JsonValue>), ...(value as Record<string, JsonValue>) };
  return same(known, merged) ? source : edited(source, [replacement(json, known, merged)]);
}

function objectAt(node: JsonNode, name: string): JsonObject {
  if (node.kind !== "object") throw new JsonProblem(node.start, `"${name}" is expected to be an object in braces`);
  return node;
}

function arrayAt(node: JsonNode, name: string): JsonArray {
  if (node.kind !== "array") throw new JsonProblem(node.start, `"${name}" is expected to be a list in brackets`);
  return node;
}

function withHook(before: Source, hooks: HookEntries, entry: HookEntry, program: ProgramCommand): Source {
  const source = started(before);
  const json = jsonOf(source);
  const command = hookCommand(program, hooks.rootWord, entry.event);
  const hook = { type: "command", command, ...hooks.details(entry.event) };
  const group = { ...(entry.matcher === undefined ? {} : { matcher: entry.matcher }), hooks: [hook] };
  const all = memberOf(json.root, "hooks");
  if (all === undefined) return edited(source, memberInsertion(json, json.root, "hooks", { [entry.on]: [group] }));
  const groups = memberOf(objectAt(all, "hooks"), entry.on);
  if (groups === undefined) return edited(source, memberInsertion(json, objectAt(all, "hooks"), entry.on, [group]));
  const ours = hooksOf(arrayAt(groups, entry.on), entry);
  if (ours.length === 0) return edited(source, itemInsertion(json, arrayAt(groups, entry.on), group));
  return edited(
    source,
    ours.flatMap(({ command: node }) => (same(node, command) ? [] : [replacement(json, node, command)])),
  );
}

interface FoundHook {
  readonly group: number;
  readonly list: JsonArray;
  readonly index: number;
  /** The text of its command. */
  readonly command: JsonNode;
}

/** Hooks of ours in a list of groups. */
function hooksOf(groups: JsonArray, entry: HookEntry): readonly FoundHook[] {
  return groups.items.flatMap((node, group) => {
    const list = memberOf(node, "hooks");
    if (list?.kind !== "array") return [];
    return list.items.flatMap((item, index) => {
      const command = memberOf(item, "command");
      const isOurs = command?.kind === "scalar" && isHookCommand(String(command.value), entry.event);
      return isOurs ? [{ group, list, index, command }] : [];
    });
  });
}

function withoutServer(source: Source, server: ServerEntry): Source {
  if (source.text.trim() === "") return source;
  const json = jsonOf(source);
  const servers = memberOf(json.root, server.member);
  if (servers?.kind !== "object") return source;
  const gone = servers.members.flatMap(({ name }, index) => (name === serverName ? [index] : []));
  if (gone.length === 0) return source;
  return withoutEmpty(edited(source, entryRemovals(json, servers, gone)), server.member);
}

function withoutHook(source: Source, entry: HookEntry): Source {
  if (source.text.trim() === "") return source;
  const json = jsonOf(source);
  const all = memberOf(json.root, "hooks");
  const groups = memberOf(all, entry.on);
  if (all?.kind !== "object" || groups?.kind !== "array") return source;
  const ours = hooksOf(groups, entry);
  if (ours.length === 0) return source;
  const whole = ours.filter(({ list }) => list.items.length === ours.filter((each) => each.list === list).length);
  const shared = ours.filter((hook) => !whole.includes(hook));
  const wholeGroups = [...new Set(whole.map(({ group }) => group))];
  if (wholeGroups.length === groups.items.length) {
    const gone = all.members.flatMap(({ name }, index) => (name === entry.on ? [index] : []));
    return edited(source, entryRemovals(json, all, gone));
  }
  return edited(source, [
    ...entryRemovals(json, groups, wholeGroups),
    ...shared.flatMap(({ list, index }) => entryRemovals(json, list, [index])),
  ]);
}

function withoutEmpty(source: Source, name: string): Source {
  if (source.text.trim() === "") return source;
  const json = jsonOf(source);
  const gone = json.root.members.flatMap((member, index) => {
    const isEmpty = member.name === name && member.value.kind === "object" && member.value.members.length === 0;
    return isEmpty ? [index] : [];
  });
  return edited(source, entryRemovals(json, json.root, gone));
}

/** The text of a file that holds nothing but our server and hooks. */
export function newSettings(parts: SettingsParts, command: ProgramCommand): string {
  const merged = mergeSettings("", parts, command);
  return "text" in merged ? merged.text : "{}\n";
}
