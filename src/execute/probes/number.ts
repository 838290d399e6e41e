import { holds } from "../compare-versions.ts";
import { outputsOf, someLine } from "./recorded-output.ts";
import { type ClaimProbe, undecided } from "./probe.ts";

/** Most different numbers that are kept while looking; more than one decides nothing. */
const mostNumbers = 8;

/** Reads a number from the recorded output: the one on lines that name the subject. */
export const probeNumber: ClaimProbe<"number"> = (claim, scene) => {
  const pieces = outputsOf(scene, claim.command);
  if (pieces.length === 0) return undecided("no command that could print it has been recorded");
  const words = claim.subject.toLowerCase().match(/[a-z0-9_]{2,}/g) ?? [];
  const found = new Set<number>();
  for (const piece of pieces) {
    someLine(scene, piece, (line) => {
      const lower = line.toLowerCase();
      if (words.every((word) => lower.includes(word))) for (const each of numbersIn(line, claim.unit)) found.add(each);
      return found.size > mostNumbers;
    });
  }
  const [value] = found;
  if (value === undefined) return undecided(`no line of the output gives ${claim.subject} as a number`);
  if (found.size > 1) return undecided(`the output gives several numbers for ${claim.subject}`);
  const unit = claim.unit ?? "";
  return {
    holds: holds(value - claim.value, claim.operator),
    observed: `${claim.subject} is ${value}${unit}, expected ${claim.operator} ${claim.value}${unit}`,
  };
};

/** Numbers of a line that carry the unit; all of them when there is none. */
function numbersIn(line: string, unit: string | undefined): readonly number[] {
  const numbers: number[] = [];
  for (const match of line.matchAll(/(?<![\w.])-?\d{1,15}(?:,\d{3}){0,4}(?:\.\d{1,9})?/g)) {
    const behind = line
      .slice(match.index + match[0].length)
      .trimStart()
      .toLowerCase();
    if (unit !== undefined && !carries(behind, unit.toLowerCase())) continue;
    numbers.push(Number(match[0].replaceAll(",", "")));
  }
  return numbers;
}

function carries(behind: string, unit: string): boolean {
  return behind.startsWith(unit) && !/^[a-z0-9]/.test(unit.endsWith("%") ? "" : behind.slice(unit.length));
}
