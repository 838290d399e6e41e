import { gherkinWords } from "./gherkin-words.ts";

/** What a line of Gherkin is. */
export const gherkinLine = {
  empty: 0,
  comment: 1,
  tags: 2,
  feature: 3,
  background: 4,
  rule: 5,
  scenario: 6,
  examples: 7,
  step: 8,
  row: 9,
  quotes: 10,
  other: 11,
  end: 12,
} as const;

/** One of the numbers of `gherkinLine`. */
export type GherkinLine = (typeof gherkinLine)[keyof typeof gherkinLine];

/** Titles in the order of the words of a language. */
const titles: readonly GherkinLine[] = [
  gherkinLine.feature,
  gherkinLine.background,
  gherkinLine.rule,
  gherkinLine.scenario,
  gherkinLine.examples,
];

/** Keywords of one language. */
export interface GherkinLanguage {
  /** Keyword with its colon and what it begins. */
  readonly titles: readonly (readonly [word: string, line: GherkinLine])[];
  readonly steps: readonly string[];
}

const languages = new Map<string, GherkinLanguage>();

/** The keywords of a language; undefined for one that Gherkin does not know. */
export function gherkinLanguage(name: string): GherkinLanguage | undefined {
  const known = languages.get(name);
  if (known !== undefined) return known;
  const words = Object.hasOwn(gherkinWords, name) ? gherkinWords[name] : undefined;
  if (words === undefined) return undefined;
  const groups = words.split(";").map((group) => group.split("|"));
  const language: GherkinLanguage = {
    titles: titles.flatMap((line, index) => (groups[index] ?? []).map((word) => [`${word}:`, line] as const)),
    steps: groups[titles.length] ?? [],
  };
  languages.set(name, language);
  return language;
}

/** The title that begins at `from`, as an index into the language's titles; -1 for none. */
export function titleAt(
  language: GherkinLanguage,
  text: string,
  from: number,
  expected: (line: GherkinLine) => boolean,
): number {
  return language.titles.findIndex(([word, line]) => text.startsWith(word, from) && expected(line));
}

/** True when a step begins at `from`. */
export function isStep(language: GherkinLanguage, text: string, from: number, end: number): boolean {
  return language.steps.some((word) => from + word.length <= end && text.startsWith(word, from));
}
