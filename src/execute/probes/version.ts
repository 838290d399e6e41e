import { findVersion, isWithin } from "../compare-versions.ts";
import { outputsOf, someLine } from "./recorded-output.ts";
import { type ClaimProbe, undecided } from "./probe.ts";

/** Reads the version a command of the plan printed. */
export const probeVersion: ClaimProbe<"version"> = (claim, scene) => {
  const piece = outputsOf(scene, claim.command)[0];
  if (piece === undefined) return undecided(`${claim.command} was not run`);
  const tool = claim.command.trim().split(/\s/, 1)[0]?.toLowerCase() ?? "";
  let version: string | undefined;
  someLine(scene, piece, (line) => {
    // Why: among the output of several commands only a line that names the tool speaks of it.
    if (!piece.exact && !line.toLowerCase().includes(tool)) return false;
    version = findVersion(line);
    return version !== undefined;
  });
  if (version === undefined) return undecided(`${claim.command} printed no version that can be told apart`);
  const wanted = claim.bounds.map((bound) => `${bound.operator} ${bound.version}`).join(", ");
  return {
    holds: isWithin(version, claim.bounds),
    observed: `${claim.command} printed ${version}, expected ${wanted}`,
  };
};
