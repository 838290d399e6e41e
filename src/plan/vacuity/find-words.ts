import type { ShellWord } from "#model/shell-syntax";
import type { Presence } from "#model/understanding";

/** Tests of `find` that only narrow by name or kind, with the number of words they take. */
const narrowing: Readonly<Record<string, number>> = {
  "-maxdepth": 1,
  "-mindepth": 1,
  "-print": 0,
  "-print0": 0,
  "-prune": 0,
  "-quit": 0,
  "-follow": 0,
  "-L": 0,
  "-P": 0,
  "-o": 0,
  "-or": 0,
  "-a": 0,
  "-and": 0,
  "(": 0,
  ")": 0,
  "\\(": 0,
  "\\)": 0,
};

/** What must be there for a `find` to find anything; undefined when its tests are more than names and kinds. */
export function presencesOfFind(args: readonly ShellWord[]): readonly Presence[] | undefined {
  const values = args.map((word) => word.literal);
  const first = values.findIndex((value) => value?.startsWith("-") === true || value === "(" || value === "!");
  const below = first < 0 ? values : values.slice(0, first);
  if (below.some((value) => value === undefined)) return undefined;
  const tests = readTests(first < 0 ? [] : values.slice(first));
  if (tests === undefined) return undefined;
  const roots = below.flatMap((value) => value ?? []);
  return [{ kind: "found", below: roots.length === 0 ? ["."] : roots, ...tests }];
}

function readTests(
  values: readonly (string | undefined)[],
): { readonly names: readonly string[]; readonly of?: "file" | "directory" } | undefined {
  const names: string[] = [];
  let of: "file" | "directory" | undefined;
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if (value === undefined) return undefined;
    if (value === "!" || value === "-not") {
      // Why: what is left out takes little away; what is looked for is told by the other tests.
      index += 2;
    } else if (/^-i?(?:name|path|wholename)$/.test(value)) {
      const pattern = values[++index];
      if (pattern === undefined) return undefined;
      names.push(pattern);
    } else if (value === "-type") {
      const kind = values[++index];
      of = kind === "d" ? "directory" : kind === "f" ? "file" : undefined;
    } else if (/^-exec(?:dir)?$/.test(value)) {
      while (index < values.length && values[index] !== ";" && values[index] !== "+") index += 1;
    } else if (Object.hasOwn(narrowing, value)) index += narrowing[value] ?? 0;
    else return undefined;
  }
  return { names, ...(of === undefined ? {} : { of }) };
}
