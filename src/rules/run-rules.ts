import type { ConfigWaiver } from "#model/config";
import type { Finding, RuleFamily, Severity } from "#model/finding";
import type { Hash } from "#model/ports";
import type { Profile } from "#profile/profile";
import { createFindings, type StatedDraft } from "./finding-factory.ts";
import { allRules } from "./registry.ts";
import type { Rule, RuleContext } from "./rule.ts";
import { computeReadiness, type Readiness } from "./score.ts";
import { findWaiver } from "./waiver.ts";

/** How rules are run. */
export interface RunRulesOptions {
  readonly hash: Hash;
  /** `YYYY-MM-DD`: decides which waivers still hold. */
  readonly today: string;
  /** Rules to run; all when absent. */
  readonly rules?: readonly Rule[];
  /** Severities from the config. They change what is shown, never the readiness. */
  readonly severities?: Readonly<Record<string, Severity | "off">>;
  readonly waivers?: readonly ConfigWaiver[];
  /** False: every place is a finding of its own, none is grouped with its cause. */
  readonly group?: boolean;
}

/** How often a rule was applied. */
export interface RuleOutcome {
  readonly code: string;
  /** Documents it was checked on. */
  readonly checked: number;
  /** Documents on which a fact it needs, or what it is about, was absent. */
  readonly notApplicable: number;
}

/** What running the rules gave. */
export interface RulesResult {
  /** In order of path, place and rule; waived ones carry their reason. */
  readonly findings: readonly Finding[];
  /** Rules that were checked on at least one document. */
  readonly rulesRun: number;
  /** Rules that were applicable to no document. */
  readonly notApplicable: number;
  readonly outcomes: readonly RuleOutcome[];
  /** Readiness of each plan, by path. */
  readonly readiness: ReadonlyMap<string, Readiness>;
}

/** Runs the rules over the documents. Nothing throws: a rule that fails becomes a finding that names it. */
export function runRules(contexts: readonly RuleContext[], options: RunRulesOptions): RulesResult {
  const rules = options.rules ?? allRules;
  const tally = new Map<string, { checked: number; notApplicable: number }>(
    rules.map((rule) => [rule.code, { checked: 0, notApplicable: 0 }]),
  );
  const readiness = new Map<string, Readiness>();
  const findings: Finding[] = [];
  for (const context of contexts) {
    const checked = checkDocument(context, rules, options);
    for (const { rule, applicable } of checked.applied) {
      const count = tally.get(rule.code);
      if (count !== undefined) count[applicable ? "checked" : "notApplicable"]++;
    }
    if (checked.readiness !== undefined) readiness.set(context.document.path, checked.readiness);
    findings.push(...checked.findings);
  }
  const outcomes = [...tally].map(([code, count]) => ({ code, ...count }));
  return {
    findings: settle(findings, options),
    rulesRun: outcomes.filter((outcome) => outcome.checked > 0).length,
    notApplicable: outcomes.filter((outcome) => outcome.checked === 0).length,
    outcomes,
    readiness,
  };
}

interface Application {
  readonly rule: Rule;
  readonly applicable: boolean;
}

interface CheckedDocument {
  readonly findings: readonly Finding[];
  readonly applied: readonly Application[];
  readonly readiness?: Readiness;
}

function checkDocument(context: RuleContext, rules: readonly Rule[], options: RunRulesOptions): CheckedDocument {
  const live = rules.filter((rule) => severityOf(rule, context.profile) !== "off");
  const frozen = Object.freeze({ ...context });
  const applied: Application[] = [];
  const apply = (rule: Rule, given: RuleContext): readonly Finding[] => {
    const stated = applyRule(rule, given);
    applied.push({ rule, applicable: stated !== undefined });
    return createFindings(given, rule, severityOf(rule, given.profile), stated ?? [], options);
  };
  const voiding = live.filter((rule) => rule.voids).flatMap((rule) => apply(rule, frozen));
  const ordinary = live.filter((rule) => !rule.voids && rule.family !== "score");
  const found = voiding.length > 0 ? [...voiding] : ordinary.flatMap((rule) => apply(rule, frozen));
  if (context.plan === undefined) return { findings: found, applied };
  const sorted = [...found].sort(inOrder);
  const readiness = computeReadiness(sorted, context.profile.readiness, {
    families: familiesOf(live, frozen),
    ...(voiding[0] === undefined ? {} : { voided: voiding[0] }),
  });
  const scored = Object.freeze({ ...frozen, readiness });
  const last = voiding.length > 0 ? [] : live.filter((rule) => rule.family === "score");
  return { findings: [...found, ...last.flatMap((rule) => apply(rule, scored))], applied, readiness };
}

/** Families whose facts are there, whether or not the document has what they are about. */
function familiesOf(rules: readonly Rule[], context: RuleContext): ReadonlySet<RuleFamily> {
  const known = rules.filter((rule) => rule.needs.every((fact) => context[fact] !== undefined));
  return new Set(known.map((rule) => rule.family));
}

/** The drafts of a rule, or undefined when it is not applicable. */
function applyRule(rule: Rule, context: RuleContext): readonly StatedDraft[] | undefined {
  const drafts: StatedDraft[] = [];
  try {
    const result = rule.check(context, (draft) => drafts.push(draft));
    return result === "not-applicable" && drafts.length === 0 ? undefined : drafts;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const message = `The rule ${rule.code} broke off here (${why}), so it says nothing about this document. Report this as a defect of iplan.`;
    return [{ message, at: { start: 0, end: 0 }, severity: "error" }];
  }
}

function severityOf(rule: Rule, profile: Profile): Severity | "off" {
  return profile.severities[rule.code] ?? rule.severity;
}

/** Applies the config's severities and waivers and brings the findings in order. */
function settle(findings: readonly Finding[], options: RunRulesOptions): readonly Finding[] {
  const settled: Finding[] = [];
  for (const finding of findings) {
    const wanted = options.severities?.[finding.rule];
    if (wanted === "off") continue;
    const waiver = findWaiver(options.waivers ?? [], finding, options.today);
    settled.push({
      ...finding,
      ...(wanted === undefined ? {} : { severity: wanted }),
      ...(waiver === undefined ? {} : { waived: waiver.reason }),
    });
  }
  return settled.sort(inOrder);
}

function inOrder(a: Finding, b: Finding): number {
  return (
    compare(a.path, b.path) ||
    a.range.start.offset - b.range.start.offset ||
    compare(a.rule, b.rule) ||
    compare(a.message, b.message)
  );
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
