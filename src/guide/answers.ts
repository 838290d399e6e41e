import type { FindingWord } from "#model/claim";
import {
  type CoverageKind,
  type CoverageTotal,
  type Figures,
  type FindingCounts,
  type Measured,
  type Report,
  shareText,
  type Timing,
} from "#model/figures";
import type { CriterionQuestion } from "./criterion-question.ts";
import { subjectWords } from "./criterion-question.ts";
import { type Bound, boundText, keeps, valueText } from "./criterion-bound.ts";
import { isScenarios, isTestPath, ofSuite, scenarioReports } from "./report-suites.ts";

/** The questions that reports alone answer. */
type ReportQuestion = Exclude<CriterionQuestion, { readonly kind: "requirements" | "targets" }>;

/** A value a report gives to a question. */
interface Told {
  readonly report: Report;
  /** Undefined for a share of nothing. */
  readonly value: number | undefined;
  /** The value in words. */
  readonly actual: string;
  /** The report is one of tests of which none ran: it can disprove, and never verify. */
  readonly isIdle?: boolean;
}

type Answering<K extends ReportQuestion["kind"]> = (
  question: Extract<ReportQuestion, { readonly kind: K }>,
  figures: Figures,
) => readonly Told[];

const coverage: Answering<"coverage"> = ({ of, suite, bound }, figures) => {
  const reports = ofSuite(
    figures.reports.filter((report) => report.coverage.length > 0),
    suite,
  );
  return reports.flatMap((report) => {
    const totals = coverageOf(report);
    const meant = of === "any" ? totals : totals.filter((total) => total.of === of);
    // Why: a bound that says nothing else holds when it holds for everything the report counts.
    const worst = meant.toSorted((one, other) => one.covered / one.total - other.covered / other.total);
    const shown = of === "any" && bound.operator.startsWith(">") ? worst.slice(0, 1) : worst;
    return shown.map((total) => toldShare(report, total, meant.length > 1 && of === "any" ? meant : []));
  });
};

function toldShare(report: Report, { of, covered, total }: CoverageTotal, all: readonly CoverageTotal[]): Told {
  const value = (100 * covered) / total;
  const others = all.filter((each) => each.of !== of);
  const beside = others.map((each) => `${each.of} ${valueText((100 * each.covered) / each.total, "%")}`);
  const also = beside.length === 0 ? "" : `; ${beside.join(", ")}`;
  return { report, value, actual: `${valueText(value, "%")} of ${of} (${round(covered)} of ${round(total)})${also}` };
}

function round(value: number): number {
  return Number(value.toFixed(1));
}

/** The totals of a report; where it tells its files, those of the code without its tests. */
function coverageOf(report: Report): readonly CoverageTotal[] {
  const code = report.files.filter(({ path }) => !isTestPath(path));
  if (code.length === 0 || code.length === report.files.length) return report.coverage.filter(({ total }) => total > 0);
  return report.coverage.flatMap(({ of }) => {
    const parts = code.map(({ coverage: shares }) => shares.find((each) => each.of === of));
    return parts.some((part) => part === undefined) ? [] : summed(of, parts as readonly CoverageTotal[]);
  });
}

function summed(of: CoverageKind, parts: readonly CoverageTotal[]): readonly CoverageTotal[] {
  const covered = parts.reduce((sum, part) => sum + part.covered, 0);
  const total = parts.reduce((sum, part) => sum + part.total, 0);
  return total === 0 ? [] : [{ of, covered, total }];
}

const tests: Answering<"tests"> = ({ scenarios, suite, of }, figures) => {
  const tested = figures.reports.filter((report) => report.counts !== undefined);
  const meant = scenarios
    ? scenarioReports(tested)
    : ofSuite(
        tested.filter((each) => suite !== undefined || !isScenarios(each)),
        suite,
      );
  return meant.map((report) => {
    const {
      passed,
      failed,
      skipped,
      undefined: unwritten,
    } = report.counts ?? { passed: 0, failed: 0, skipped: 0, undefined: 0 };
    // Why: a test that was skipped did not pass; a share of those that happened to run would hide it.
    const total = passed + failed + unwritten + (scenarios ? skipped : 0);
    const counts = { passed, failed: failed + unwritten, skipped, undefined: unwritten };
    const noun = scenarios ? "scenarios" : "tests";
    const beside = [
      ...(skipped > 0 ? [`${skipped} skipped`] : []),
      ...(unwritten > 0 ? [`${unwritten} undefined`] : []),
    ];
    const also = beside.length === 0 ? "" : `, ${beside.join(", ")}`;
    const isIdle = passed + failed + unwritten === 0;
    if (of === "share") {
      const value = isIdle ? undefined : (100 * passed) / total;
      return { report, isIdle, value, actual: shareText(passed, total, `${noun} passed${also}`) };
    }
    return {
      report,
      isIdle,
      value: counts[of],
      actual: `${counts[of]} ${of} of ${passed + failed + unwritten + skipped} ${noun}`,
    };
  });
};

const topicForms = {
  lint: /lint|ruff|biome|flake8|checkstyle|clippy|style/iu,
  security: /secur|sast|semgrep|codeql|bandit|trivy|snyk|gosec|scan|audit|vulnerab/iu,
  types: /mypy|pyright|tsc|type/iu,
} as const;

const findingCounts: Readonly<Record<FindingWord, (counts: FindingCounts) => number>> = {
  errors: (counts) => counts.error,
  warnings: (counts) => counts.warning,
  problems: (counts) => counts.error + counts.warning,
  vulnerabilities: (counts) => counts.error + counts.warning,
  high: (counts) => counts.high,
  critical: (counts) => counts.critical,
};

const findings: Answering<"findings"> = ({ topic, of }, figures) =>
  figures.reports.flatMap((report) =>
    report.findings
      .filter((counts) => topicForms[topic].test(`${counts.tool} ${report.path}`))
      .map((counts) => {
        const value = findingCounts[of](counts);
        return { report, value, actual: `${value} ${of} by ${counts.tool || "the tool"}` };
      }),
  );

const timing: Answering<"timing"> = ({ metric, words, bound }, figures) => {
  const every = figures.reports.flatMap((report) => report.timings.map((each) => ({ report, timing: each })));
  const scored = every.map((each) => ({ ...each, score: overlap(words, each.timing.name) }));
  const best = Math.max(0, ...scored.map(({ score }) => score));
  // Why: what measures something else says nothing; without any word in common only a single measurement can be meant.
  const meant =
    words.length === 0
      ? every.length === 1
        ? scored
        : []
      : best === 0
        ? []
        : scored.filter(({ score }) => score === best);
  return meant.flatMap(({ report, timing: told }) => {
    const found = timeOf(told, metric);
    if (found === undefined) return [];
    return [
      { report, value: found.value, actual: `${found.name} ${valueText(found.value, bound.unit)} (${told.name})` },
    ];
  });
};

function overlap(words: readonly string[], name: string): number {
  const own = new Set(subjectWords(name));
  return words.filter((word) => own.has(word)).length;
}

/** The figure of this name; `worst` is the highest that is known. */
function timeOf(
  { percentiles, min: _min, mean, max, perSecond }: Timing,
  metric: string,
): { readonly name: string; readonly value: number } | undefined {
  const named: Readonly<Record<string, number | undefined>> = { ...percentiles, mean, max, rate: perSecond };
  if (metric !== "worst")
    return Object.hasOwn(named, metric) && named[metric] !== undefined
      ? { name: metric, value: named[metric] }
      : undefined;
  const known = Object.entries({ ...percentiles, mean, max }).flatMap(([name, value]) =>
    value === undefined ? [] : [{ name, value }],
  );
  return known.toSorted((one, other) => other.value - one.value)[0];
}

const answering: { readonly [K in ReportQuestion["kind"]]: Answering<K> } = { coverage, tests, findings, timing };

/** What the reports make of one question; undefined when none of them speaks of it. */
export function answerOf(question: ReportQuestion, figures: Figures): Measured | undefined {
  const answer = answering[question.kind] as Answering<ReportQuestion["kind"]>;
  const told = answer(question, figures);
  const fresh = told.filter(({ report }) => report.newer === undefined);
  const [first] = fresh.length > 0 ? fresh : told;
  if (first === undefined) return undefined;
  if (fresh.length === 0) return staleAnswer(first, question.bound);
  return judged(fresh, question.bound);
}

function staleAnswer({ report, actual }: Told, bound: Bound): Measured {
  return {
    verdict: "stale",
    reason: `${report.path} is older than ${report.newer}: it said ${actual}`,
    target: boundText(bound),
    actual,
    sources: [report.path],
  };
}

/** Reports that disagree decide nothing for the better: a count of failures counts wherever it stands. */
function judged(told: readonly Told[], bound: Bound): Measured {
  const failing = told.filter(({ value }) => value !== undefined && !keeps(value, bound));
  const shown = failing[0] ?? told[0];
  const base = {
    target: boundText(bound),
    actual: shown?.actual ?? "",
    sources: [...new Set(told.map(({ report }) => report.path))],
  };
  const expected = `${base.actual}, expected ${base.target}`;
  if (failing.length > 0 && failing.length < told.length) {
    const each = told.map(({ report, actual }) => `${report.path} says ${actual}`).join("; ");
    return {
      ...base,
      verdict: "failed",
      reason: `the reports contradict each other: ${each}; expected ${base.target}`,
    };
  }
  if (failing.length > 0) {
    const impossible = bound.unit === "%" && bound.operator.startsWith(">") && bound.value > 100;
    return { ...base, verdict: "failed", reason: impossible ? `${expected}; no share exceeds 100 %` : expected };
  }
  const broken = told.find(({ report, isIdle }) => !report.complete || isIdle === true);
  if (broken !== undefined) {
    const why = broken.report.complete ? "no test in it ran" : (broken.report.notes.at(-1) ?? "it is not whole");
    return {
      ...base,
      verdict: "unverifiable",
      reason: `${expected}, but ${broken.report.path} cannot be relied on: ${why}`,
    };
  }
  return { ...base, verdict: "verified", reason: expected };
}
