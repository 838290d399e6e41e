import { append } from "../append.ts";
import type { Mention } from "#model/plan";
import type { Range } from "#model/source";
import { letters } from "../letters.ts";

type Where = Mention["where"];

const number = String.raw`\d+(?:\.\d+)*[a-z]?`;
const joint = String.raw`(?:\s?(?:,|[-–—]|&|and|to|through)\s?(?:and\s)?|,?\s(?:and|to|through)\s)`;
// Why: \p{L} under the flag `i` takes 5 ms to compile, which is a tenth of a whole command; words are told by ranges of letters.
const tasks = new RegExp(
  String.raw`(?<![${letters}_.-])(?:TASK-|Tasks?\s(?=\d+\.\d))${number}(?:${joint}(?:TASK-|Task\s)?\d+\.${number})*`,
  "gi",
);
const phases = new RegExp(
  String.raw`(?<![${letters}_.-])Phases?\s${number}(?:${joint}(?:Phase\s)?${number}(?![${letters}%]))*`,
  "gi",
);
const part = new RegExp(String.raw`(through|\bto\b|[-–—])?\s?((?:TASK-|Tasks?\s|Phases?\s)?(${number}))`, "gi");
/** Without which nothing is named: quick to find that a text has none. */
const kinds = /task|phase/i;
const longestRun = 60;

/** The tasks and phases a text names: `TASK-1.2`, `Tasks 1.1, 1.3-1.7`, `Phase 2`. `rangeOf` gives the place of a stretch of the text. */
export function findMentions(text: string, where: Where, rangeOf: (start: number, end: number) => Range): Mention[] {
  if (!kinds.test(text)) return [];
  return [
    ...named(text, tasks).map(({ id, start, end }) => ({
      kind: "task" as const,
      id: `TASK-${id}`,
      range: rangeOf(start, end),
      where,
    })),
    ...named(text, phases).map(({ id, start, end }) => ({
      kind: "phase" as const,
      id,
      range: rangeOf(start, end),
      where,
    })),
  ];
}

interface Named {
  readonly id: string;
  readonly start: number;
  readonly end: number;
}

function named(text: string, form: RegExp): Named[] {
  return Array.from(text.matchAll(form)).flatMap((match) => numbersOf(match[0], match.index));
}

/** The numbers of `TASK-1.1, 1.3-1.7`, those between the ends of a run included. */
function numbersOf(text: string, offset: number): Named[] {
  const found: Named[] = [];
  for (const match of text.matchAll(part)) {
    const [whole, sign, written = "", id = ""] = match;
    const end = offset + match.index + whole.length;
    const before = found.at(-1);
    if (sign !== undefined && before !== undefined) {
      append(
        found,
        between(before.id, id).map((inner) => ({ id: inner, start: before.start, end })),
      );
    }
    found.push({ id, start: end - written.length, end });
  }
  return found;
}

function between(first: string, last: string): string[] {
  const [start, end] = [lastPart(first), lastPart(last)];
  if (start.head !== end.head || end.number - start.number > longestRun) return [];
  const count = Math.max(0, end.number - start.number - 1);
  return Array.from({ length: count }, (_, index) => `${start.head}${start.number + index + 1}`);
}

function lastPart(id: string): { head: string; number: number } {
  const digits = /\d+$/u.exec(id)?.[0] ?? "";
  return { head: id.slice(0, id.length - digits.length), number: Number(digits) };
}
