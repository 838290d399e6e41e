import type { ClaimProbe } from "./probe.ts";

/** Looks for a program on PATH; it is not started. */
export const probeInstalled: ClaimProbe<"installed"> = ({ program }, { machine }) => {
  const path = machine.which(program);
  return {
    holds: path !== undefined,
    observed: path === undefined ? `no ${program} on PATH` : `${program} is ${path}`,
  };
};
