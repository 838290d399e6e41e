import { isPlainObject, type PlainObject } from "#profile/shape";
import type { DecisionFacts, ModuleFacts, SettingFacts } from "./facts.ts";

/** What a specification or a contract in YAML says; all scalars of the value are texts as written. */
export interface YamlFacts {
  readonly modules: readonly ModuleFacts[];
  readonly settings: readonly SettingFacts[];
  readonly decisions: readonly DecisionFacts[];
}

/** Longest list of leaves that one group of decisions takes. */
const mostLeaves = 40;

/** Reads modules, settings, errors and bounds; keys that a document does not have give nothing. */
export function readYamlFacts(value: unknown, id: string): YamlFacts {
  if (!isPlainObject(value)) return { modules: [], settings: [], decisions: [] };
  return {
    modules: moduleLists(value).flatMap((one) => moduleOf(one)),
    settings: settingsIn(value, id),
    decisions: groups.flatMap(({ title, keys, pick }) => {
      const items = keys.flatMap((key) => (value[key] === undefined ? [] : pick(value[key])));
      return items.length === 0 ? [] : [{ title, from: id, items: items.slice(0, mostLeaves) }];
    }),
  };
}

interface Group {
  readonly title: string;
  readonly keys: readonly string[];
  readonly pick: (value: unknown) => readonly string[];
}

const groups: readonly Group[] = [
  { title: "Error Handling", keys: ["error_handling"], pick: (value) => leaves(value) },
  { title: "Error Codes", keys: ["errors", "error_codes", "refusals"], pick: (value) => codesIn(value) },
  { title: "Resilience Patterns", keys: ["resilience"], pick: (value) => leaves(value) },
  { title: "Observability", keys: ["observability", "monitoring"], pick: (value) => leaves(value) },
  { title: "Performance Targets", keys: ["performance", "performance_targets"], pick: (value) => leaves(value) },
  { title: "Test Coverage Targets", keys: ["tests", "testing"], pick: (value) => leaves(value) },
];

/** The list of modules, at the top or one level below it; the first that there is. */
function moduleLists(value: PlainObject): readonly unknown[] {
  const keys = ["modules", "components", "classes"];
  const below = [value["implementation"], value["architecture"]].filter(isPlainObject);
  return [value, ...below].map((one) => firstList(one, keys)).find((list) => list.length > 0) ?? [];
}

function moduleOf(value: unknown): readonly ModuleFacts[] {
  if (!isPlainObject(value)) return [];
  const name = textOf(value, ["name", "id"]);
  if (name === undefined) return [];
  const file = textOf(value, ["file", "path", "location"]);
  const purpose = textOf(value, ["purpose", "description", "responsibility"]);
  return [
    {
      name,
      ...(file === undefined ? {} : { file }),
      ...(purpose === undefined ? {} : { purpose }),
      classes: [...names(value["classes"]), ...names(value["errors"]), ...names(value["exceptions"])],
      functions: [...names(value["functions"]), ...names(value["methods"])],
      dependencies: names(value["dependencies"]),
    },
  ];
}

/** Settings as a map of names, or a list of entries with names, also one level deeper. */
function settingsIn(value: PlainObject, id: string): readonly SettingFacts[] {
  for (const key of ["settings", "configuration", "config", "parameters"]) {
    const found = settingRows(value[key], id, 0);
    if (found.length > 0) return found;
  }
  return [];
}

const settingKeys = ["type", "default", "description", "required", "value"];

function settingRows(value: unknown, from: string, depth: number): readonly SettingFacts[] {
  if (Array.isArray(value)) return value.flatMap((one) => namedSetting(one, from));
  if (!isPlainObject(value) || depth > 2) return [];
  return Object.entries(value).flatMap(([name, one]) => {
    if (typeof one === "string") return depth === 0 ? [{ name, default: one, from }] : [];
    const isSetting = isPlainObject(one) && settingKeys.some((key) => typeof one[key] === "string");
    return isSetting ? [settingOf(name, one, from)] : settingRows(one, from, depth + 1);
  });
}

function namedSetting(value: unknown, from: string): readonly SettingFacts[] {
  const name = isPlainObject(value) ? textOf(value, ["name", "key", "id"]) : undefined;
  return name === undefined || !isPlainObject(value) ? [] : [settingOf(name, value, from)];
}

function settingOf(name: string, value: PlainObject, from: string): SettingFacts {
  const type = textOf(value, ["type"]);
  const fallback = textOf(value, ["default", "value"]);
  const description = textOf(value, ["description", "purpose"]) ?? otherFacts(value);
  return {
    name,
    ...(type === undefined ? {} : { type }),
    ...(fallback === undefined ? {} : { default: fallback }),
    ...(description === undefined ? {} : { description }),
    from,
  };
}

/** What else is said of a setting: `bounds: 1 to 720`, `required: true`. */
function otherFacts(value: PlainObject): string | undefined {
  const known = new Set(["name", "key", "id", "type", "default", "value"]);
  const rest = Object.entries(value).flatMap(([key, one]) => (known.has(key) ? [] : leaves(one, key)));
  return rest.length === 0 ? undefined : rest.join("; ");
}

/** Error codes: a list of entries with codes, a map of codes, or such a map one level deeper. */
function codesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((one) => codeOf(one));
  if (!isPlainObject(value)) return [];
  const codes = ["codes", "statuses", "error_codes"].map((key) => value[key]).find((one) => one !== undefined);
  if (codes !== undefined) return codesIn(codes);
  return Object.entries(value).flatMap(([code, one]) => {
    if (typeof one === "string") return [`\`${code}\`: ${oneLine(one)}`];
    const meaning = isPlainObject(one) ? textOf(one, ["message", "description", "status", "http_status"]) : undefined;
    return meaning === undefined ? [] : [`\`${code}\`: ${meaning}`];
  });
}

function codeOf(value: unknown): readonly string[] {
  if (typeof value === "string") return [`\`${oneLine(value)}\``];
  if (!isPlainObject(value)) return [];
  const code = textOf(value, ["code", "error_code", "name", "id"]);
  const meaning = textOf(value, ["message", "description", "status", "http_status"]);
  return code === undefined ? [] : [meaning === undefined ? `\`${code}\`` : `\`${code}\`: ${meaning}`];
}

/** The scalars of a value, each with the path that leads to it. */
function leaves(value: unknown, path = ""): readonly string[] {
  if (typeof value === "string") return path === "" ? [oneLine(value)] : [`${path}: ${oneLine(value)}`];
  if (Array.isArray(value)) return value.flatMap((one) => leaves(one, path));
  if (!isPlainObject(value)) return [];
  return Object.entries(value).flatMap(([key, one]) => leaves(one, path === "" ? key : `${path}.${key}`));
}

function firstList(value: PlainObject, keys: readonly string[]): readonly unknown[] {
  for (const key of keys) {
    const list: unknown = value[key];
    if (Array.isArray(list)) return list;
  }
  return [];
}

/** Texts of a list, or the names of its entries. */
function names(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((one: unknown) => {
    if (typeof one === "string") return [oneLine(one)];
    const name = isPlainObject(one) ? (textOf(one, ["signature", "name", "id"]) ?? undefined) : undefined;
    return name === undefined ? [] : [name];
  });
}

function textOf(value: PlainObject, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const text: unknown = value[key];
    if (typeof text === "string" && text.trim() !== "") return oneLine(text);
  }
  return undefined;
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, " ").trim();
}
