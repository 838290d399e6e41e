import type { Verdict } from "./run.ts";

/** Formats of reports that are read: which tool family wrote it, and in which shape. */
export const figureFormats = [
  "junit",
  "cobertura",
  "lcov",
  "tap",
  "cucumber-messages",
  "cucumber-json",
  "sarif",
  "benchmark",
  "vitest-bench",
  "hyperfine",
  "k6",
  "autocannon",
  "pytest-benchmark",
] as const;

/** One of the formats of reports. */
export type FigureFormat = (typeof figureFormats)[number];

/** How a test or scenario ended. `undefined`: a step of it has no implementation, or it has no step. */
export type TestStatus = "passed" | "failed" | "skipped" | "undefined";

/** The result of one test or scenario. */
export interface TestFigure {
  /** Its suites and its name, joined by ` > `. */
  readonly id: string;
  readonly name: string;
  readonly status: TestStatus;
  /** As the report has it: relative to the workspace, or absolute. */
  readonly path?: string;
  readonly line?: number;
  readonly durationMs?: number;
  /** First line of what the runner said of a failure. */
  readonly message?: string;
  /** Tags of a scenario, with their `@`. */
  readonly tags?: readonly string[];
}

/** How many tests ended how. */
export type TestCounts = Readonly<Record<TestStatus, number>>;

/** What kind of code a share of coverage counts. */
export type CoverageKind = "lines" | "branches" | "functions" | "statements";

/** How much of the code was reached. */
export interface CoverageTotal {
  readonly of: CoverageKind;
  readonly covered: number;
  readonly total: number;
}

/** Coverage of one source file. */
export interface CoveredFile {
  /** As the report has it. */
  readonly path: string;
  readonly coverage: readonly CoverageTotal[];
}

/** What a measurement of time gave; durations in milliseconds. */
export interface Timing {
  readonly name: string;
  /** How often it was measured. */
  readonly count?: number;
  readonly min?: number;
  readonly mean?: number;
  readonly max?: number;
  /** By name: `p50`, `p95`, `p99.9`. */
  readonly percentiles: Readonly<Record<string, number>>;
  readonly perSecond?: number;
}

/** How many findings a linter or scanner reported, suppressed ones left out. */
export interface FindingCounts {
  readonly tool: string;
  readonly error: number;
  readonly warning: number;
  readonly note: number;
  /** By security severity, where the tool gives one. */
  readonly critical: number;
  readonly high: number;
}

/** What could be read of a report. */
export interface ReportContent {
  readonly tool?: string;
  /** Commit the report says it was made at. */
  readonly commit?: string;
  /** False when the report breaks off, or says itself that it should hold more. */
  readonly complete: boolean;
  /** At most 50,000; those that did not pass are kept first. */
  readonly tests: readonly TestFigure[];
  /** Of all tests, also of those that are not listed; absent when the report is none of tests. */
  readonly counts?: TestCounts;
  readonly coverage: readonly CoverageTotal[];
  readonly files: readonly CoveredFile[];
  readonly timings: readonly Timing[];
  readonly findings: readonly FindingCounts[];
  /** What could not be read or is not believed, one sentence each. */
  readonly notes: readonly string[];
}

/** A report of the workspace. */
export interface Report extends ReportContent {
  /** Workspace-relative. */
  readonly path: string;
  readonly format: FigureFormat;
  readonly bytes: number;
  /** When the file was written, milliseconds since the epoch. */
  readonly writtenAtMs: number;
  /** A file of the code that was written after the report: it does not speak of the code as it is. */
  readonly newer?: string;
}

/** Everything that was measured, as the reports of a workspace tell it. */
export interface Figures {
  /** By path. */
  readonly reports: readonly Report[];
  /** Files that were looked at and are no report, or could not be read, and why. */
  readonly unread: readonly { readonly path: string; readonly reason: string }[];
  /** The patterns by which reports were looked for. */
  readonly patterns: readonly string[];
}

/** What a report, or the graph with its test results, makes of one criterion. */
export interface Measured {
  readonly verdict: Verdict;
  /** What was found and what was expected, in one line. */
  readonly reason: string;
  /** What is demanded: `>= 90 %`. */
  readonly target?: string;
  /** What was measured: `93.4 % (512 of 548 lines)`. */
  readonly actual?: string;
  /** Reports it was read from, workspace-relative. */
  readonly sources: readonly string[];
}

/** Which part of a plan a criterion stands in. */
export type CriterionPart = "criterion" | "deliverable" | "coverage-target" | "performance-target";

/** One criterion of a plan with what became of it. */
export interface CriterionRow {
  /** `criterion:3`, `deliverable:1`, `target:2`. */
  readonly key: string;
  readonly part: CriterionPart;
  /** Title of the list it stands in. */
  readonly group?: string;
  readonly criterion: string;
  readonly target?: string;
  readonly actual?: string;
  /** Where the verdict comes from: paths of reports, `record` for a claim that was carried out, `signature`. */
  readonly source?: string;
  /** When the oldest of its reports was written, or its record made: ISO 8601. */
  readonly at?: string;
  /** Age of that in milliseconds. */
  readonly ageMs?: number;
  readonly commit?: string;
  readonly verdict: Verdict;
  readonly reason: string;
  readonly line: number;
}

/** How a mapped scenario stands. */
export type ScenarioResult = "passed" | "failed" | "undefined" | "skipped" | "not run";

/** One scenario of a plan: where it is implemented, which test shows it, and how that ended. */
export interface ScenarioRow {
  readonly document: string;
  readonly scenario: string;
  readonly implementation?: string;
  /** `path:line` of its test, as the plan has it. */
  readonly test?: string;
  readonly result: ScenarioResult;
  readonly reason: string;
  /** Report that tells the result. */
  readonly source?: string;
  /** False when the mapping table of the plan lacks the scenario. */
  readonly mapped: boolean;
  readonly line?: number;
}

/** What was measured of one plan. */
export interface PlanFigures {
  readonly figures: Figures;
  /** What reports make of its items and targets, by key. */
  readonly measured: ReadonlyMap<string, Measured>;
  readonly scenarios: readonly ScenarioRow[];
}

/** A counted share in words: `9 of 9 scenarios passed`. */
export function shareText(done: number, total: number, what: string): string {
  return `${done} of ${total} ${what}`;
}

/** The counts that a text of `shareText` begins with; undefined for any other text. */
export function statedShare(text: string): { readonly done: number; readonly total: number } | undefined {
  const match = /^(\d{1,9}) of (\d{1,9}) /u.exec(text);
  return match === null ? undefined : { done: Number(match[1]), total: Number(match[2]) };
}
