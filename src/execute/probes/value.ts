import type { ClaimOf, PlainValue } from "#model/claim";
import { type ClaimProbe, type Observation, undecided } from "./probe.ts";
import { readStructured, valueAt } from "./structured-file.ts";

/** Keys whose values are no one else's business. */
const telling = /pass(?:word|phrase|wd)?|secret|token|credential|private|api_?key|auth/i;

/** Looks a key up in a JSON or YAML file. */
export const probeValue: ClaimProbe<"value"> = async (claim, scene) => {
  const file = await readStructured(claim.path, undefined, scene);
  if (file.problem === "missing") return { holds: false, observed: `${claim.path} does not exist` };
  if (file.problem !== undefined) return undecided(`${claim.path} cannot be read as JSON or YAML`);
  const found = valueAt(file.value, claim.key);
  if (claim.expect === "equal" && found !== undefined) return compared(claim, found.value);
  return {
    holds: (found !== undefined) === (claim.expect !== "absent"),
    observed: `${claim.path} has ${found === undefined ? "no" : "a"} ${claim.key}`,
  };
};

function compared(claim: ClaimOf<"value">, value: unknown): Observation {
  const wanted = claim.value ?? null;
  const holds = isSame(value, wanted);
  if (telling.test(claim.key)) {
    return { holds, observed: `${claim.key} in ${claim.path} ${holds ? "is as expected" : "has another value"}` };
  }
  return {
    holds,
    observed: `${claim.key} in ${claim.path} is ${shown(value)}${holds ? "" : `, expected ${shown(wanted)}`}`,
  };
}

/** Why: a sentence does not tell the number 8080 from the text "8080"; true is still no text. */
function isSame(value: unknown, wanted: PlainValue): boolean {
  if (value === wanted) return true;
  const plain = typeof value === "string" || typeof value === "number";
  const said = typeof wanted === "string" || typeof wanted === "number";
  return plain && said && String(value) === String(wanted);
}

function shown(value: unknown): string {
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "a list" : "a map";
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
