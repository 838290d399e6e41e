import type { DefinitionKind } from "#model/trace";

/** A definition site as derivations see it. */
export interface Site {
  readonly node: number;
  readonly kind: DefinitionKind;
  /** The element's id or normal name. */
  readonly name: string;
  /** Title or name beside it; empty for none. */
  readonly title: string;
  /** Number of a scenario: what its tag says (`@SCENARIO-007`), else its ordinal from 1. */
  readonly number: string;
}

/** One documented way from a name that no site states to the element that was meant. */
export interface Derivation {
  /** What is said of a link that was found this way. */
  readonly words: string;
  /** What it finds is only likely: no rule of the documents says that the name means it. */
  readonly loose?: true;
  /** Sites it looks at. */
  readonly kinds: readonly DefinitionKind[];
  /** The key a name looks for; undefined when the name is not of this derivation's form. */
  key(name: string): string | undefined;
  /** Keys under which a site is found. */
  keysOf(site: Site): readonly string[];
  /** Looks closer where equal keys alone do not tell. */
  fits?(name: string, site: Site): boolean;
}

/** The number at the end of names such as `PHASE-2.1`, `phase1` or `Task 03`, without leading zeros; undefined for other words. */
export function numberAfter(word: RegExp, name: string): string | undefined {
  const rest = word.exec(name)?.[1];
  if (rest === undefined || !/^\d+(?:\.\d+)*$/u.test(rest)) return undefined;
  return rest
    .split(".")
    .map((part) => part.replace(/^0+(?=\d)/u, ""))
    .join(".");
}
