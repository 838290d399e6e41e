import { type ClaimProbe, type ProbeScene, undecided } from "./probe.ts";

/** Says whether a variable is exported in the shell the step left. Its value is neither shown nor recorded. */
export const probeVariable: ClaimProbe<"variable"> = ({ name, expect }, scene) => {
  const exported = latestExports(scene);
  const inherited = (scene.machine.environment[name] ?? "") !== "";
  const text = scene.results.map((result) => result.text).join("\n");
  if (exported?.has(name) !== true && isTouched(name, text)) {
    return undecided(`the plan's blocks change ${name}, and what became of it was not recorded`);
  }
  const set = exported?.has(name) === true || inherited;
  return { holds: set === (expect === "set"), observed: `${name} is ${set ? "set" : "not set"}` };
};

/** Names exported at the end of the last block that was recorded with them, the step's own first. */
function latestExports({ results }: ProbeScene): ReadonlySet<string> | undefined {
  const told = results.find(({ evidence }) => evidence.exported !== undefined && evidence.role === "action");
  return told === undefined ? undefined : new Set(told.evidence.exported);
}

/** True when a block assigns or unsets the name. */
function isTouched(name: string, text: string): boolean {
  return new RegExp(`(?:^|[\\s;&|(])(?:${name}\\+?=|(?:unset|read)\\b[^\\n;&|]{0,200}\\b${name}\\b)`, "m").test(text);
}
