import type { Comparison } from "#model/claim";

/** Signs of comparison and what they mean. */
export const signs: Readonly<Record<string, Comparison>> = {
  ">=": ">=",
  "≥": ">=",
  "<=": "<=",
  "≤": "<=",
  ">": ">",
  "<": "<",
  "=": "=",
  "==": "=",
};

/** Signs and words of comparison as they stand before a number in a sentence. */
export const comparisons: Readonly<Record<string, Comparison>> = {
  ...signs,
  "at least": ">=",
  "no less than": ">=",
  "no fewer than": ">=",
  "a minimum of": ">=",
  "at most": "<=",
  "no more than": "<=",
  "not more than": "<=",
  "up to": "<=",
  "a maximum of": "<=",
  within: "<=",
  "less than": "<",
  "fewer than": "<",
  "smaller than": "<",
  "faster than": "<",
  under: "<",
  below: "<",
  "more than": ">",
  "greater than": ">",
  "larger than": ">",
  over: ">",
  above: ">",
  exactly: "=",
};

/** What a sign or word of comparison means; undefined for one that means none. */
export function comparisonOf(text: string | undefined): Comparison | undefined {
  const word = (text ?? "").trim().toLowerCase().replace(/\s+/g, " ");
  return Object.hasOwn(comparisons, word) ? comparisons[word] : undefined;
}

/** Source of a pattern for signs and words of comparison, as one group. */
export const comparisonForm: string = `(${Object.keys(comparisons)
  .toSorted((one, other) => other.length - one.length)
  .map((word) => word.replaceAll(" ", " +"))
  .join("|")})`;

/** Source of a pattern for signs alone, as one group. */
export const signForm = "(>=|≥|<=|≤|==|>|<|=)";
