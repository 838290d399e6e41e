import { type ClaimProbe, undecided } from "./probe.ts";
import { recordedCommand } from "./recorded-command.ts";

/** Reads how a command of the plan ended. */
export const probeExit: ClaimProbe<"exit"> = ({ command, status }, scene) => {
  const ended = recordedCommand(command, scene);
  if (ended === undefined) return undecided(`${command} has not been recorded by itself`);
  if (ended.status === "failure" && typeof status === "number" && status !== 0)
    return undecided(`${command} failed, with which status was not recorded`);
  return {
    holds: status === "failure" ? ended.status !== 0 : ended.status === status,
    observed: ended.status === "failure" ? `${command} failed` : `${command} exited with status ${ended.status}`,
  };
};
