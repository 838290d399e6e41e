import type { TroubleshootingEntry } from "#model/plan";

/** What a failed attempt left that symptoms are looked for in. */
export interface FailureText {
  /** What it printed. */
  readonly output: string;
  /** Why it failed. */
  readonly reason: string;
  /** What was run; a symptom may name it beside what is printed. */
  readonly commands: readonly string[];
}

/** Literal words shorter than this are found in too much. */
const shortest = 6;

/** The entries whose symptom is literally in a failure: case kept, white space folded, nothing guessed. */
export function entriesFor(
  entries: readonly TroubleshootingEntry[],
  failure: FailureText,
): readonly TroubleshootingEntry[] {
  const symptoms = entries.map((entry) => literalsOf(entry.symptom ?? ""));
  if (symptoms.every((alternatives) => alternatives.length === 0)) return [];
  const printed = folded(`${failure.reason}\n${failure.output}`);
  const known = folded(failure.commands.join("\n"));
  const isThere = (parts: readonly string[]): boolean =>
    parts.some((part) => printed.includes(part)) &&
    parts.every((part) => printed.includes(part) || known.includes(part));
  return entries.filter((_entry, index) => symptoms[index]?.some(isThere));
}

/** The literal words of a symptom: alternatives, each of parts that must all be there. */
export function literalsOf(symptom: string): readonly (readonly string[])[] {
  return clausesOf(symptom).flatMap((clause) => (isErrorLine(clause) ? wholeLine(clause) : partsOf(clause)));
}

/** Colours of a terminal, which may stand within a message. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters
const colour = /\u001B\[[\d;]{0,20}m/g;

function folded(text: string): string {
  return text.replace(colour, "").replace(/\s+/g, " ").trim();
}

/** A code span, a quoted message, or what follows `error` and is no word of prose. */
const literal =
  /`{1,3}([^`]{1,400})`{1,3}|"([^"]{1,400})"|“([^”]{1,400})”|«([^»]{1,400})»|\b((?:error|Error|ERROR):? (?=[\w.-]{0,40}(?:\d|_|[A-Z]{2}))[\w.-]{2,60})/gu;

interface FoundLiteral {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

function literalsIn(text: string): readonly FoundLiteral[] {
  return [...text.matchAll(literal)].map((match) => ({
    text: folded(match.slice(1).find((group) => group !== undefined) ?? ""),
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** The parts between semicolons, those within literals left alone. */
function clausesOf(symptom: string): readonly string[] {
  const found = literalsIn(symptom);
  const breaks = [...symptom.matchAll(/; /g)]
    .map((match) => match.index)
    .filter((at) => !found.some(({ start, end }) => start < at && at < end));
  return [...breaks, symptom.length].map((at, index) =>
    symptom.slice(index === 0 ? 0 : (breaks[index - 1] ?? 0) + 2, at).trim(),
  );
}

/** Why: a message written without quotes may hold quotes of its own, which alone say little. */
function isErrorLine(clause: string): boolean {
  return /^[\w.]{0,60}(?:error|Error|ERROR|Exception|EXCEPTION|fatal|FATAL|panic)(?:[ [][\w\]]{1,20})?: /.test(clause);
}

function wholeLine(clause: string): readonly (readonly string[])[] {
  const line = folded(clause.replaceAll("`", "")).replace(/\.$/, "");
  return line.length < shortest ? [] : [[line]];
}

function partsOf(clause: string): readonly (readonly string[])[] {
  const alternatives: string[][] = [];
  let end = 0;
  for (const { text, start, end: next } of literalsIn(clause)) {
    if (alternatives.length === 0 || isOr(clause.slice(end, start))) alternatives.push([]);
    if (text.length >= shortest) alternatives.at(-1)?.push(text);
    end = next;
  }
  return alternatives.length === 0 ? wholeLine(clause) : alternatives.filter((parts) => parts.length > 0);
}

function isOr(between: string): boolean {
  return /\bor\b/.test(between) || ["", ",", "/", "|"].includes(between.trim());
}
