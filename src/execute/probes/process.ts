import { type ClaimProbe, undecided } from "./probe.ts";

/** Says whether a background command that this run started is still alive. */
export const probeProcess: ClaimProbe<"process"> = ({ command }, { services }) => {
  const wanted = normal(command);
  const own = services.filter(({ text }) => text.split("\n").some((line) => normal(line) === wanted));
  if (own.length === 0) return undecided(`${command} was not started by this run`);
  const alive = own.some((service) => service.alive);
  return { holds: alive, observed: `${command} ${alive ? "is running" : "has ended"}` };
};

function normal(text: string): string {
  return text.trim().replace(/\s+/g, " ");
}
