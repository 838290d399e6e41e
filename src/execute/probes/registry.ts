import type { ClaimResult } from "#model/run";
import type { Claim, UnderstoodOutcome } from "#model/understanding";
import { probeClean } from "./clean.ts";
import { probeCount } from "./count.ts";
import { probeNumber } from "./number.ts";
import { probeOutput } from "./output.ts";
import { probePath } from "./path.ts";
import type { ClaimProbe, Observation, ProbeScene } from "./probe.ts";
import { probeVersion } from "./version.ts";

/** How each kind of claim is carried out. */
const probes: { readonly [K in Claim["kind"]]: ClaimProbe<K> } = {
  path: probePath,
  count: probeCount,
  output: probeOutput,
  version: probeVersion,
  clean: probeClean,
  number: probeNumber,
};

/** Carries out one claim. */
export function probeClaim(claim: Claim, scene: ProbeScene): Observation {
  const probe = probes[claim.kind] as ClaimProbe<Claim["kind"]>;
  return probe(claim, scene);
}

/** Carries out all claims of an outcome: it holds when all hold, fails when one fails, and is undecided else. */
export function probeOutcome(outcome: UnderstoodOutcome, scene: ProbeScene): ClaimResult {
  const seen = outcome.claims.map((claim) => probeClaim(claim, scene));
  const failing = seen.filter((each) => !each.holds && each.undecided !== true);
  const open = seen.filter((each) => each.undecided === true);
  const telling = failing.length > 0 ? failing : open.length > 0 ? open : seen;
  return {
    text: outcome.text,
    holds: failing.length === 0 && open.length === 0 && seen.length > 0,
    ...(failing.length === 0 && open.length > 0 ? { undecided: true } : {}),
    observed: telling.map((each) => each.observed).join("; "),
  };
}
