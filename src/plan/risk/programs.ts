import type { Invocation } from "../shell/invocation.ts";
import { filePrograms } from "./files.ts";
import { git } from "./git.ts";
import { networkPrograms } from "./network.ts";
import { packagePrograms } from "./packages.ts";
import { placeOf } from "./path-place.ts";
import { publishingPrograms } from "./publishing.ts";
import type { RiskRule } from "./risk-finding.ts";
import { servicePrograms } from "./services.ts";
import { systemPrograms } from "./system.ts";

const programs: Readonly<Record<string, RiskRule>> = {
  ...filePrograms,
  ...packagePrograms,
  ...networkPrograms,
  ...servicePrograms,
  ...systemPrograms,
  ...publishingPrograms,
  git,
};

/** What is known of a program's risks; undefined for a program nobody knows. */
export function riskRuleOf(program: string): RiskRule | undefined {
  if (Object.hasOwn(programs, program)) return programs[program];
  return program.startsWith("mkfs.") ? programs["mkfs"] : undefined;
}

/** True when a call certainly changes something: it does work rather than ask. */
export function certainlyWrites(invocation: Invocation): boolean {
  const findings = riskRuleOf(invocation.program)?.({ ...invocation, place: (word) => placeOf(word, 0) }) ?? [];
  return findings.some(({ writes }) => writes);
}
