import type { Finding, Severity } from "#model/finding";
import type { Source } from "#model/source";
import type { PassedOver } from "./passed-over.ts";
import type { ShownScore } from "./scores.ts";

/** A rule as reports describe it. */
export interface ReportedRule {
  readonly code: string;
  readonly severity: Severity;
  readonly title: string;
  readonly summary: string;
}

/** An entry of the baseline whose finding is gone. */
export interface GoneFinding {
  readonly fingerprint: string;
  readonly rule: string;
  readonly path: string;
}

/** Everything a check found, for any form of report. */
export interface CheckReport {
  /** In order of path and place; waived and baselined ones are marked. */
  readonly findings: readonly Finding[];
  /** Paths of the documents that were checked. */
  readonly documents: readonly string[];
  /** Counts, as `check --json` gives them. */
  readonly summary: Readonly<Record<string, number>>;
  readonly scores: readonly ShownScore[];
  /** Every rule there is. */
  readonly rules: readonly ReportedRule[];
  /** Findings of the baseline that are gone; absent when nothing was compared. */
  readonly gone?: readonly GoneFinding[];
  /** What was not looked at although it may be meant. */
  readonly passedOver: readonly PassedOver[];
  /** The program's version. */
  readonly version: string;
  /** A document's source; undefined when it cannot be read. */
  readonly sourceOf: (path: string) => Source | undefined;
}
