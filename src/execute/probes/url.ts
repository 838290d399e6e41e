import { localAddress } from "#plan/claims/local-address";
import { type ClaimProbe, undecided } from "./probe.ts";

const timeoutMs = 3000;

/** Asks a server of this machine for a page. Redirects are not followed; no other machine is ever contacted. */
export const probeUrl: ClaimProbe<"url"> = async ({ url, status }, { machine }) => {
  const address = localAddress(url);
  if (address === undefined) return undecided(`${url} is no plain address of this machine`);
  const answer = await machine.answerOf(address.port, address.path, timeoutMs);
  if (answer === undefined) return { holds: false, observed: `nothing answers at ${url}` };
  return {
    holds: status === undefined ? answer < 400 : answer === status,
    observed: `${url} answers ${answer}${status === undefined ? "" : `, expected ${status}`}`,
  };
};
