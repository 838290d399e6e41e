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

interface GherkinTitle {
  /** With its colon. */
  readonly word: string;
  readonly line: GherkinLine;
}

/** Keywords of one language. */
export interface GherkinLanguage {
  readonly titles: readonly GherkinTitle[];
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
    titles: titles.flatMap((line, index) => (groups[index] ?? []).map((word) => ({ word: `${word}:`, line }))),
    steps: groups[titles.length] ?? [],
  };
  languages.set(name, language);
  return language;
}

/** What the title that begins at `from` begins, if it is one of those that may come next. */
export function titleAt(
  { titles }: GherkinLanguage,
  text: string,
  from: number,
  next: Readonly<Partial<Record<GherkinLine, string>>>,
): GherkinLine | undefined {
  for (let index = 0; index < titles.length; index++) {
    const { word, line } = titles[index] as GherkinTitle;
    if (next[line] !== undefined && text.startsWith(word, from)) return line;
  }
  return undefined;
}

/** True when a step begins at `from`. */
export function isStep({ steps }: GherkinLanguage, text: string, from: number, end: number): boolean {
  for (let index = 0; index < steps.length; index++) {
    const word = steps[index] as string;
    if (from + word.length <= end && text.startsWith(word, from)) return true;
  }
  return false;
}
