import type { ClaimProbe } from "./probe.ts";

const timeoutMs = 1000;

/** Asks whether something listens on a port of this machine. */
export const probePort: ClaimProbe<"port"> = async ({ port, expect }, { machine }) => {
  const open = await machine.isPortOpen(port, timeoutMs);
  return {
    holds: open === (expect === "open"),
    observed: `${open ? "something listens" : "nothing listens"} on port ${port}`,
  };
};
