import type { ConfigWaiver } from "#model/config";
import type { Finding, Severity } from "#model/finding";
import type { Hash } from "#model/ports";
import { withMore } from "#model/lazily";
import type { AloneResult } from "./alone-result.ts";
import { type AskedRule, type AskedRules, AskedRulesOf } from "./asked-rules.ts";
import { checkAlone } from "./check-alone.ts";
import { createFindings } from "./finding-factory.ts";
import { allRules } from "./registry.ts";
import { isThere, type Rule, type RuleContext } from "./rule.ts";
import { RuleDesk } from "./rule-desk.ts";
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
  const runner = createRuleRunner(options);
  const readiness = new Map<string, Readiness>();
  const findings: Finding[] = [];
  for (const context of contexts) {
    const checked = runner.check(context);
    if (checked.readiness !== undefined) readiness.set(context.document.path, checked.readiness);
    for (const finding of checked.findings) findings.push(finding);
  }
  return { findings: [...runner.settle(findings)].sort(inOrder), ...countsOf(runner.outcomes()), readiness };
}

/** How many rules were applied, and how often each was. */
export function countsOf(
  outcomes: readonly RuleOutcome[],
): Pick<RulesResult, "rulesRun" | "notApplicable" | "outcomes"> {
  const rulesRun = outcomes.filter((outcome) => outcome.checked > 0).length;
  return { rulesRun, notApplicable: outcomes.length - rulesRun, outcomes };
}

/** Runs the rules over one document after another. */
export interface RuleRunner {
  check(context: RuleContext): CheckedDocument;
  /** Takes back what a document that was checked added to the outcomes. Only where the runner keeps what each one adds. */
  forget(checked: CheckedDocument): void;
  /** Applies the severities of the config and its waivers. */
  settle(findings: readonly Finding[]): readonly Finding[];
  /** How often each rule was applied so far; to some documents, where the runner keeps what each one adds. */
  outcomes(only?: readonly CheckedDocument[]): readonly RuleOutcome[];
}

/** Makes a runner for documents that do not come all at once. With `keeps` one that was checked can be forgotten again. */
export function createRuleRunner(options: RunRulesOptions, keeps = false): RuleRunner {
  const rules = options.rules ?? allRules;
  const tally = new Tally(rules, keeps);
  const selections: KnownSelections = new Map();
  const desk = new RuleDesk();
  return {
    check: (context) => {
      const selection = selectRules(rules, context, selections);
      const checked = checkDocument(context, { selection, tally, desk, options });
      return keeps ? { ...checked, added: tally.added } : checked;
    },
    forget: ({ added }) => {
      if (added !== undefined) tally.takeBack(added);
    },
    settle: (findings) => settle(findings, options),
    outcomes: (only) =>
      only === undefined
        ? tally.outcomes()
        : outcomesOf(
            rules,
            only.flatMap(({ added }) => added ?? []),
          ),
  };
}

/** What one document added to the counts: what it said alone, and places of the rules that were asked. */
interface Added {
  readonly asked: AskedRules;
  readonly checked: number[];
  readonly notApplicable: number[];
}

/** Counts by rule. Why: what documents say alone is much the same for many, and counted once for all of them. */
class Tally {
  readonly #rules: readonly Rule[];
  readonly #asked: AskedRulesOf;
  /** Of the rules that were asked, by place. */
  readonly #checked: Int32Array;
  readonly #notApplicable: Int32Array;
  readonly #keeps: boolean;
  #added: Added | undefined;

  constructor(rules: readonly Rule[], keeps: boolean) {
    this.#keeps = keeps;
    this.#rules = rules;
    this.#asked = new AskedRulesOf(rules);
    this.#checked = new Int32Array(rules.length);
    this.#notApplicable = new Int32Array(rules.length);
  }

  /** What is left to ask of a document; what it said alone, and what cannot be asked, is counted. */
  take(selection: RuleSelection, { outcomes }: AloneResult): AskedRules {
    const asked = this.#asked.of(selection, outcomes);
    asked.documents++;
    if (this.#keeps) this.#added = { asked, checked: [], notApplicable: [] };
    return asked;
  }

  /** What the last document added. */
  get added(): Added | undefined {
    return this.#added;
  }

  takeBack({ asked, checked, notApplicable }: Added): void {
    asked.documents--;
    addTo(this.#checked, checked, -1);
    addTo(this.#notApplicable, notApplicable, -1);
  }

  /** Counts a rule that was asked, by its place. */
  count(place: number, isChecked: boolean): void {
    const counts = isChecked ? this.#checked : this.#notApplicable;
    counts[place] = (counts[place] as number) + 1;
    if (this.#added !== undefined) this.#added[isChecked ? "checked" : "notApplicable"].push(place);
  }

  outcomes(): readonly RuleOutcome[] {
    const [checked, notApplicable] = [this.#checked.slice(), this.#notApplicable.slice()];
    for (const asked of this.#asked.all()) {
      addTo(checked, asked.checked, asked.documents);
      addTo(notApplicable, asked.notApplicable, asked.documents);
    }
    return outcomesIn(this.#rules, checked, notApplicable);
  }
}

/** Outcomes of some documents, from what each one added. */
function outcomesOf(rules: readonly Rule[], some: readonly Added[]): readonly RuleOutcome[] {
  const [checked, notApplicable] = [new Int32Array(rules.length), new Int32Array(rules.length)];
  for (const { asked, ...own } of some) {
    for (const places of [asked.checked, own.checked]) addTo(checked, places, 1);
    for (const places of [asked.notApplicable, own.notApplicable]) addTo(notApplicable, places, 1);
  }
  return outcomesIn(rules, checked, notApplicable);
}

function addTo(counts: Int32Array, places: readonly number[], times: number): void {
  for (const place of places) counts[place] = (counts[place] as number) + times;
}

function outcomesIn(rules: readonly Rule[], checked: Int32Array, notApplicable: Int32Array): readonly RuleOutcome[] {
  return rules.map(({ code }, place) => ({
    code,
    checked: checked[place] ?? 0,
    notApplicable: notApplicable[place] ?? 0,
  }));
}

/** What the rules say of one document, not settled and in no order. */
export interface CheckedDocument {
  readonly findings: readonly Finding[];
  readonly readiness?: Readiness;
  /** What it added to the outcomes, where the runner keeps that. */
  readonly added?: Added | undefined;
}

/** What the rules of one document are asked with. */
interface Asking {
  readonly selection: RuleSelection;
  readonly tally: Tally;
  readonly desk: RuleDesk;
  readonly options: RunRulesOptions;
}

/** Adds what rules find. Why: a function of its own, as one that is made for each document is compiled again and again. */
function apply(asking: Asking, rules: readonly AskedRule[], to: RuleContext, found: Finding[]): void {
  const { selection, tally, desk, options } = asking;
  for (const { rule, place } of rules) {
    const stated = desk.ask(rule, to);
    tally.count(place, stated !== undefined);
    if (stated === undefined || stated.length === 0) continue;
    for (const one of createFindings(to, rule, selection.severityOf(rule), stated, options)) found.push(one);
  }
}

function checkDocument(context: RuleContext, asking: Asking): CheckedDocument {
  const { selection, tally, options } = asking;
  const given = Object.freeze(context);
  const alone = given.alone ?? checkAlone(given, selection, options);
  const asked = tally.take(selection, alone);
  const voiding = [...alone.voiding];
  apply(asking, asked.voiding, given, voiding);
  const isVoid = voiding.length > 0;
  const found = isVoid ? voiding : [...alone.findings];
  if (!isVoid) apply(asking, asked.ordinary, given, found);
  if (!isScored(given)) return { findings: found };
  const counted = found.filter((finding) => !asked.uncounted.has(finding.rule));
  const readiness = computeReadiness(counted.sort(inOrder), given.profile.readiness, {
    families: selection.families,
    ...(voiding[0] === undefined ? {} : { voided: voiding[0] }),
  });
  if (isVoid || asked.scoring.length === 0) return { findings: found, readiness };
  const findings = [...found];
  apply(asking, asked.scoring, Object.freeze(withMore(given, { readiness })), findings);
  return { findings, readiness };
}

/** Plans always, other artifacts when they are no templates; what has no id is no artifact. */
function isScored(context: RuleContext): boolean {
  const { document } = context;
  return isThere(context, "plan") || (document.id !== undefined && document.type !== undefined && !document.template);
}

/** Applies the config's severities and waivers. */
function settle(findings: readonly Finding[], options: RunRulesOptions): readonly Finding[] {
  const settled: Finding[] = [];
  for (const finding of findings) {
    const wanted = options.severities?.[finding.rule];
    if (wanted === "off") continue;
    const waiver = findWaiver(options.waivers ?? [], finding, options.today);
    if (wanted === undefined && waiver === undefined) settled.push(finding);
    else
      settled.push({
        ...finding,
        ...(wanted === undefined ? {} : { severity: wanted }),
        ...(waiver === undefined ? {} : { waived: waiver.reason }),
      });
  }
  return settled;
}

/** The order of findings: path, place, rule, message. */
export function inOrder(a: Finding, b: Finding): number {
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
