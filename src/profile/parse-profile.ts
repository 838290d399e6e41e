import { builtInProfiles, findProfile } from "./find-profile.ts";
import { profileShape } from "./profile-shape.ts";
import type { Profile } from "./profile.ts";
import { type PlainObject, type ShapeProblem, isPlainObject, orList } from "./shape.ts";

/** A profile, or everything that is wrong with it. */
export type ParsedProfile = { readonly profile: Profile } | { readonly problems: readonly ShapeProblem[] };

/**
 * Checks a project's own profile. With `extends: NAME` it starts from a built-in one: maps are merged, lists replaced, but for lists
 * of named things (layers by `type`, sections and fields by `key`, status words by `means`, aliases and facts by `name`), which
 * are merged by name.
 */
export function parseProfile(value: unknown): ParsedProfile {
  if (!isPlainObject(value)) return { problems: [{ path: "", message: "must be a map" }] };
  const { extends: base, ...own } = value;
  const found = base === undefined ? {} : typeof base === "string" ? findProfile(base) : undefined;
  if (found === undefined) {
    return { problems: [{ path: "extends", message: `must be ${orList(Object.keys(builtInProfiles))}` }] };
  }
  const merged = merge(found, own);
  const problems: ShapeProblem[] = [];
  profileShape(merged, "", (problem) => problems.push(problem));
  if (problems.length > 0) return { problems };
  const profile = merged as unknown as Profile;
  const contradictions = findContradictions(profile);
  return contradictions.length > 0 ? { problems: contradictions } : { profile };
}

const nameKeys = ["type", "key", "means", "name"];

function merge(base: unknown, own: unknown): unknown {
  if (Array.isArray(base) && Array.isArray(own)) return mergeLists(base, own);
  if (!isPlainObject(base) || !isPlainObject(own)) return own;
  const result: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(own)) {
    const merged = Object.hasOwn(base, key) ? merge(base[key], value) : value;
    Object.defineProperty(result, key, { value: merged, enumerable: true, configurable: true, writable: true });
  }
  return result;
}

function mergeLists(base: readonly unknown[], own: readonly unknown[]): readonly unknown[] {
  if (own.length === 0 || nameOf(own[0]) === undefined || nameOf(base[0]) === undefined) return own;
  const result = [...base];
  for (const each of own) {
    const name = nameOf(each);
    const at = result.findIndex((known) => name !== undefined && nameOf(known) === name);
    if (at < 0) result.push(each);
    else result[at] = merge(result[at], each);
  }
  return result;
}

function nameOf(value: unknown): string | undefined {
  if (!isPlainObject(value)) return undefined;
  const key = nameKeys.find((each) => typeof (value as PlainObject)[each] === "string");
  return key === undefined ? undefined : `${key} ${String(value[key])}`;
}

/** What is wrong between the parts of a profile whose parts are each right. */
function findContradictions(profile: Profile): readonly ShapeProblem[] {
  const problems: ShapeProblem[] = [];
  const types = new Set<string>();
  for (const { type } of profile.layers) {
    if (types.has(type)) problems.push({ path: `layers[${type}]`, message: "stands twice" });
    types.add(type);
  }
  const known = (type: string, path: string): void => {
    if (!types.has(type)) problems.push({ path, message: `"${type}" is no type of this profile` });
  };
  for (const layer of profile.layers) {
    for (const type of layer.upstream) known(type, `layers[${layer.type}].upstream`);
    for (const type of layer.upstreamIfPresent) known(type, `layers[${layer.type}].upstreamIfPresent`);
  }
  known(profile.plan.type, "plan.type");
  known(profile.plan.parentType, "plan.parentType");
  known(profile.trace.code.source, "trace.code.source");
  known(profile.trace.code.test, "trace.code.test");
  return [...problems, ...findWrongNames(profile), ...findWrongSums(profile)];
}

function findWrongNames(profile: Profile): readonly ShapeProblem[] {
  const tags = new Set(profile.layers.flatMap(({ tag }) => (tag === undefined ? [] : [tag])));
  return profile.tags.aliases
    .filter(({ means }) => !tags.has(means))
    .map(({ name, means }) => ({ path: `tags.aliases[${name}].means`, message: `"${means}" is no tag of a layer` }));
}

function findWrongSums(profile: Profile): readonly ShapeProblem[] {
  const sum = Object.values(profile.readiness.weights).reduce((total, weight) => total + weight, 0);
  const { least, greatest } = profile.plan.complexity;
  const problems: ShapeProblem[] = [];
  if (sum !== 100) problems.push({ path: "readiness.weights", message: `must sum to 100, not ${sum}` });
  if (least > greatest) problems.push({ path: "plan.complexity", message: "least is above greatest" });
  return problems;
}
