import { holds } from "../compare-versions.ts";
import { type FoundInside, filesBelow, findInside, textOf } from "./file-text.ts";
import { type ClaimProbe, type ProbeScene, undecided } from "./probe.ts";

/** Measures a file in bytes or lines; a directory by all files below it. */
export const probeSize: ClaimProbe<"size"> = (claim, scene) => {
  const found = findInside(claim.path, scene);
  if (found === undefined) return { holds: false, observed: `${claim.path} does not exist` };
  const size = claim.of === "bytes" ? bytesOf(found, scene) : linesOf(found, scene);
  if (size === undefined) return undecided(`${claim.path} cannot be measured in ${claim.of}`);
  return {
    holds: holds(size - claim.amount, claim.operator),
    observed: `${claim.path} has ${size} ${claim.of}, expected ${claim.operator} ${claim.amount}`,
  };
};

function bytesOf(found: FoundInside, scene: ProbeScene): number | undefined {
  if (found.kind === "file") return found.size;
  return filesBelow(found, scene)?.reduce((sum, file) => sum + file.size, 0);
}

function linesOf(found: FoundInside, scene: ProbeScene): number | undefined {
  if (found.kind === "directory") return undefined;
  const text = textOf(found, scene);
  if (text === undefined || text === "") return text === "" ? 0 : undefined;
  return text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
}
