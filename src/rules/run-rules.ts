import type { ConfigWaiver } from "#model/config";
import type { Finding, Severity } from "#model/finding";
import type { Hash } from "#model/ports";
import { createFindings, type StatedDraft } from "./finding-factory.ts";
import { allRules } from "./registry.ts";
import type { Rule, RuleContext } from "./rule.ts";
import { type KnownSelections, type RuleSelection, selectRules } from "./select-rules.ts";
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
  /** Readiness of each plan and of each other artifact, by path. */
  readonly readiness: ReadonlyMap<string, Readiness>;
}

/** Runs the rules over the documents, one after the other as they come. Nothing throws: a rule that fails becomes a finding that names it. */
export function runRules(contexts: Iterable<RuleContext>, options: RunRulesOptions): RulesResult {
  const rules = options.rules ?? allRules;
  const tally = createTally(rules);
  const selections: KnownSelections = new Map();
  const readiness = new Map<string, Readiness>();
  const findings: Finding[] = [];
  for (const context of contexts) {
    const selection = selectRules(rules, context, selections);
    const checked = checkDocument(context, selection, tally, options);
    if (checked.readiness !== undefined) readiness.set(context.document.path, checked.readiness);
    for (const finding of checked.findings) findings.push(finding);
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

type Tally = ReadonlyMap<string, { checked: number; notApplicable: number }>;

function createTally(rules: readonly Rule[]): Tally {
  return new Map(rules.map((rule) => [rule.code, { checked: 0, notApplicable: 0 }]));
}

interface CheckedDocument {
  readonly findings: readonly Finding[];
  readonly readiness?: Readiness;
}

function checkDocument(
  context: RuleContext,
  selection: RuleSelection,
  tally: Tally,
  options: RunRulesOptions,
): CheckedDocument {
  const frozen = Object.freeze({ ...context });
  const apply = (given: RuleContext) => (rule: Rule) => {
    const stated = applyRule(rule, given);
    const count = tally.get(rule.code);
    if (count !== undefined) count[stated === undefined ? "notApplicable" : "checked"]++;
    if (stated === undefined || stated.length === 0) return [];
    return createFindings(given, rule, selection.severityOf(rule), stated, options);
  };
  for (const rule of selection.absent) {
    const count = tally.get(rule.code);
    if (count !== undefined) count.notApplicable++;
  }
  const voiding = selection.voiding.flatMap(apply(frozen));
  const found = voiding.length > 0 ? voiding : selection.ordinary.flatMap(apply(frozen));
  if (!isScored(context)) return { findings: found };
  const uncounted = new Set(selection.ordinary.flatMap((rule) => (rule.counts ? [] : [rule.code as string])));
  const counted = found.filter((finding) => !uncounted.has(finding.rule));
  const readiness = computeReadiness(counted.sort(inOrder), context.profile.readiness, {
    families: selection.families,
    ...(voiding[0] === undefined ? {} : { voided: voiding[0] }),
  });
  const scored = Object.freeze({ ...frozen, readiness });
  const last = voiding.length > 0 ? [] : selection.scoring.flatMap(apply(scored));
  return { findings: [...found, ...last], readiness };
}

/** Plans always, other artifacts when they are no templates; what has no id is no artifact. */
function isScored({ plan, document }: RuleContext): boolean {
  return plan !== undefined || (document.id !== undefined && document.type !== undefined && !document.template);
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
