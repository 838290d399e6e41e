import { someLine, outputsOf } from "./recorded-output.ts";
import { createMatcher } from "./line-matcher.ts";
import { type ClaimProbe, undecided } from "./probe.ts";

/** Looks for a text or pattern in what the plan's own commands printed. */
export const probeOutput: ClaimProbe<"output"> = (claim, scene) => {
  const pieces = outputsOf(scene, claim.command);
  if (pieces.length === 0) {
    return undecided(claim.command === undefined ? "nothing of the step ran" : `${claim.command} was not run`);
  }
  const matches = claim.form === "literal" ? (line: string) => line.includes(claim.text) : createMatcher(claim.text);
  if (matches === undefined) return undecided(`${claim.text} is no pattern that can be matched in linear time`);
  const found = pieces.some((piece) => someLine(scene, piece, matches));
  const where = claim.command === undefined ? "the output" : `the output of ${claim.command}`;
  return {
    holds: found === (claim.expect === "present"),
    observed: `${JSON.stringify(claim.text)} ${found ? "stands" : "does not stand"} in ${where}`,
  };
};
