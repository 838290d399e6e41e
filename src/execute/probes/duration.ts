import { holds } from "../compare-versions.ts";
import { type ClaimProbe, undecided } from "./probe.ts";
import { recordedCommand } from "./recorded-command.ts";

/** Reads how long a command of the plan took. */
export const probeDuration: ClaimProbe<"duration"> = ({ command, operator, ms }, scene) => {
  const taken = recordedCommand(command, scene)?.durationMs;
  if (taken === undefined) return undecided(`how long ${command} took was not recorded by itself`);
  return { holds: holds(taken - ms, operator), observed: `${command} took ${taken} ms, expected ${operator} ${ms} ms` };
};
