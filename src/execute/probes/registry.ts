import type { Claim } from "#model/claim";
import type { ClaimResult } from "#model/run";
import type { UnderstoodOutcome } from "#model/understanding";
import { probeClean } from "./clean.ts";
import { probeContent } from "./content.ts";
import { probeCount } from "./count.ts";
import { probeCoverage } from "./coverage.ts";
import { probeDefinition } from "./definition.ts";
import { probeDuration } from "./duration.ts";
import { probeExit } from "./exit.ts";
import { probeFindings } from "./findings.ts";
import { probeGit } from "./git.ts";
import { probeInstalled } from "./installed.ts";
import { probeNumber } from "./number.ts";
import { probeOutput } from "./output.ts";
import { probePath } from "./path.ts";
import { probePort } from "./port.ts";
import type { ClaimProbe, Observation, ProbeScene } from "./probe.ts";
import { probeProcess } from "./process.ts";
import { probeRow } from "./row.ts";
import { probeSize } from "./size.ts";
import { probeTests } from "./tests.ts";
import { probeUrl } from "./url.ts";
import { probeValid } from "./valid.ts";
import { probeValue } from "./value.ts";
import { probeVariable } from "./variable.ts";
import { probeVersion } from "./version.ts";

/** How each kind of claim is carried out. */
const probes: { readonly [K in Claim["kind"]]: ClaimProbe<K> } = {
  path: probePath,
  count: probeCount,
  content: probeContent,
  size: probeSize,
  value: probeValue,
  valid: probeValid,
  definition: probeDefinition,
  output: probeOutput,
  row: probeRow,
  number: probeNumber,
  clean: probeClean,
  findings: probeFindings,
  tests: probeTests,
  coverage: probeCoverage,
  exit: probeExit,
  duration: probeDuration,
  version: probeVersion,
  installed: probeInstalled,
  variable: probeVariable,
  port: probePort,
  url: probeUrl,
  process: probeProcess,
  git: probeGit,
};

/** Carries out one claim. */
async function probeClaim(claim: Claim, scene: ProbeScene): Promise<Observation> {
  const probe = probes[claim.kind] as ClaimProbe<Claim["kind"]>;
  return probe(claim, scene);
}

/** Carries out all claims of an outcome: it holds when all hold, fails when one fails, and is undecided else. */
export async function probeOutcome(outcome: UnderstoodOutcome, scene: ProbeScene): Promise<ClaimResult> {
  const seen: Observation[] = [];
  for (const claim of outcome.claims) seen.push(await probeClaim(claim, scene));
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
