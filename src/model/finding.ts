import type { DocumentEdit } from "./edit.ts";
import type { Range } from "./source.ts";

/** How much a finding weighs. Errors fail a check; warnings fail it beyond `--max-warnings`; infos never do. */
export type Severity = "error" | "warning" | "info";

/** Families of rules; the first part of every rule code. */
export const ruleFamilies = [
  "encoding",
  "document",
  "plan",
  "tag",
  "trace",
  "link",
  "score",
  "evidence",
  "config",
] as const;

/** A family of rules. */
export type RuleFamily = (typeof ruleFamilies)[number];

/** A rule's code, such as `plan/step-without-verification`. */
export type RuleCode = `${RuleFamily}/${string}`;

/** Another place that belongs to a finding. */
export interface RelatedPlace {
  readonly path: string;
  readonly range: Range;
  readonly message: string;
}

/** An edit whose result is certain: applied twice it changes nothing the second time. */
export interface Fix {
  readonly title: string;
  readonly documents: readonly DocumentEdit[];
}

/** One defect at one place: what is wrong and what to do. */
export interface Finding {
  readonly rule: RuleCode;
  readonly severity: Severity;
  readonly message: string;
  readonly path: string;
  readonly range: Range;
  readonly artifact?: string;
  readonly related?: readonly RelatedPlace[];
  readonly fix?: Fix;
  /** Findings of one rule with the same cause have one defect behind them, also in different documents. */
  readonly cause?: string;
  /** Stays the same when lines above the finding move: made from rule, path, the text it covers and its ordinal among equals. */
  readonly fingerprint: string;
  /** Set when a waiver covers the finding: its reason. */
  readonly waived?: string;
  /** Set when the finding was there before: in the baseline, or at the revision named by `--since`. */
  readonly baselined?: true;
}

/** True for a finding that counts: no waiver covers it and it was not there before. */
export function isLive(finding: Finding): boolean {
  return finding.waived === undefined && finding.baselined === undefined;
}
