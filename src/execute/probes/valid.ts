import { type ClaimProbe, undecided } from "./probe.ts";
import { readStructured } from "./structured-file.ts";

/** Reads a file as what it is said to be. */
export const probeValid: ClaimProbe<"valid"> = async ({ path, format }, scene) => {
  const file = await readStructured(path, format, scene);
  if (file.problem === "missing") return { holds: false, observed: `${path} does not exist` };
  if (file.problem === "unread") return undecided(`${path} is too large to read`);
  return file.problem === undefined
    ? { holds: true, observed: `${path} is valid ${format}` }
    : { holds: false, observed: `${path} has no valid ${format}` };
};
