import type { CheckRule, KnownCheck } from "./check-rule.ts";
import { linters } from "./linters.ts";
import { otherChecks } from "./other-checks.ts";
import { presenceChecks } from "./presence-checks.ts";
import { testRunners } from "./test-runners.ts";

export type { CheckKind } from "./check-kind.ts";

/** Known checks by program. */
const checks: Readonly<Record<string, CheckRule>> = { ...otherChecks, ...presenceChecks, ...linters, ...testRunners };

/** What is known of a call as a check; undefined when it is no known check. */
export function knownCheck(program: string, values: readonly string[]): KnownCheck | undefined {
  return Object.hasOwn(checks, program) ? checks[program]?.(values) : undefined;
}
