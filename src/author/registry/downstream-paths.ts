import type { Plan } from "#model/plan";

/** What a plan says that follows from it, by kind. */
export interface DownstreamPaths {
  readonly code: readonly string[];
  readonly tests: readonly string[];
  readonly deployment: readonly string[];
}

const kinds: readonly (readonly [RegExp, keyof DownstreamPaths])[] = [
  [/deploy/iu, "deployment"],
  [/test/iu, "tests"],
  [/code|source|implement/iu, "code"],
];
const path = /(?:[\w.@-]+\/)+[\w.@-]*|[\w@-]+\.[a-z]{1,6}\b/gu;

/** The paths under the labels of the Downstream Impact, in order, each once; nothing where a bullet says that there is none. */
export function downstreamPaths({ downstream }: Pick<Plan, "downstream">): DownstreamPaths {
  const found = { code: new Set<string>(), tests: new Set<string>(), deployment: new Set<string>() };
  for (const { text, group = "" } of downstream) {
    const kind = kinds.find(([words]) => words.test(group))?.[1];
    if (kind === undefined || /^none\b/iu.test(text)) continue;
    for (const [one] of text.matchAll(path)) found[kind].add(one.replace(/\.$/u, ""));
  }
  return { code: [...found.code], tests: [...found.tests], deployment: [...found.deployment] };
}
