import { lettersOf } from "#graph/planned-scenarios";
import type { Figures, Report, TestFigure, TestStatus } from "#model/figures";

/** A result with the report that tells it. */
export interface FoundResult {
  readonly status: TestStatus;
  readonly source: string;
  readonly message?: string;
}

/** Answers which test ended how. Reports older than the code are not asked. */
export interface TestResults {
  /** The worst result of a scenario of that title in a document of these paths; undefined when no report has it. */
  ofScenario(title: string, paths: readonly string[]): FoundResult | undefined;
  /** The worst result of the tests in a file. */
  ofFile(path: string): FoundResult | undefined;
  /** The worst result of the test that stands at a line of a file. */
  ofLine(path: string, line: number): FoundResult | undefined;
}

const order: readonly TestStatus[] = ["failed", "undefined", "skipped", "passed"];

/** The worst of several results; undefined for none. */
export function worstStatus(statuses: Iterable<TestStatus>): TestStatus | undefined {
  const seen = new Set(statuses);
  return order.find((status) => seen.has(status));
}

interface Listed {
  readonly test: TestFigure;
  readonly report: Report;
}

/** Why: a test may stand some lines below the place a plan names, or its name on the line after its call. */
const reachBelow = 3;
const reachAbove = 1;

/** Prepares results for questions; `textOf` gives the text of a test file, for reports that do not say where a test stands. */
export function createTestResults(figures: Figures, textOf: (path: string) => string | undefined): TestResults {
  const fresh = figures.reports.filter((report) => report.newer === undefined);
  const listed = fresh.flatMap((report) => report.tests.map((test): Listed => ({ test, report })));
  const byName = new Map<string, Listed[]>();
  for (const each of listed) {
    for (const name of namesOf(each.test)) {
      const known = byName.get(name);
      if (known === undefined) byName.set(name, [each]);
      else known.push(each);
    }
  }
  const texts = new Map<string, readonly string[]>();
  const linesOf = (path: string): readonly string[] => {
    const known = texts.get(path) ?? textOf(path)?.split("\n") ?? [];
    texts.set(path, known);
    return known;
  };
  const namedIn = (path: string, lines: readonly string[]): readonly Listed[] =>
    namesIn(lines).flatMap((name) => (byName.get(name) ?? []).filter(({ test }) => mayStandIn(test, path)));
  return {
    ofScenario: (title, paths) => {
      const found = (byName.get(lettersOf(title)) ?? []).filter(({ test, report }) =>
        isScenarioOf(test, report, paths),
      );
      return worstOf(found);
    },
    ofFile: (path) => {
      const own = listed.filter(({ test }) => test.path !== undefined && isSamePath(test.path, path));
      return worstOf(own.length > 0 ? own : namedIn(path, linesOf(path)));
    },
    ofLine: (path, line) => {
      const exact = listed.filter(
        ({ test }) => test.line === line && test.path !== undefined && isSamePath(test.path, path),
      );
      if (exact.length > 0) return worstOf(exact);
      const lines = linesOf(path);
      const here = namedIn(path, lines.slice(line - 1, line));
      if (here.length > 0) return worstOf(here);
      return worstOf(namedIn(path, lines.slice(Math.max(0, line - 1 - reachAbove), line + reachBelow)));
    },
  };
}

function worstOf(found: readonly Listed[]): FoundResult | undefined {
  const status = worstStatus(found.map(({ test }) => test.status));
  const first = found.find(({ test }) => test.status === status);
  if (status === undefined || first === undefined) return undefined;
  return {
    status,
    source: first.report.path,
    ...(first.test.message === undefined ? {} : { message: first.test.message }),
  };
}

/** A scenario's figure tells its feature file, or nothing of where it stands. */
function isScenarioOf({ path }: TestFigure, { format }: Report, paths: readonly string[]): boolean {
  if (path === undefined) return true;
  return paths.some((each) => isSamePath(path, each)) || (format === "junit" && !path.endsWith(".feature"));
}

function mayStandIn({ path }: TestFigure, file: string): boolean {
  return path === undefined || isSamePath(path, file);
}

/** True when one is the other, absolute or below some folder: a report may be written elsewhere. */
export function isSamePath(reported: string, path: string): boolean {
  const plain = reported
    .replaceAll("\\", "/")
    .replace(/^file:\/\//u, "")
    .replace(/^\.\//u, "");
  return plain === path || plain.endsWith(`/${path}`);
}

/** Names of tests as they stand quoted in these lines. */
function namesIn(lines: readonly string[]): readonly string[] {
  const found = lines.flatMap((line) =>
    Array.from(
      line.slice(0, 2000).matchAll(/(["'`])((?:(?!\1)[^\\]|\\.){1,300})\1|\b(?:def|func|fn|void) (\w{1,200})/gu),
      (match) => lettersOf((match[2] ?? match[3] ?? "").replace(/\\(.)/gu, "$1")),
    ),
  );
  return [...new Set(found)].filter((name) => name.length > 1);
}

/** Names a test may be known by: vitest writes those of suites before it, and rows of one outline have a number behind. */
function namesOf({ name }: TestFigure): ReadonlySet<string> {
  const at = name.lastIndexOf(" > ");
  const last = at < 0 ? name : name.slice(at + 3);
  const plain = last.replace(/ - #\d{1,4}(?:\.\d{1,4})?$|\[[^\]]{0,200}\]$|\/[^/]{0,200}$/u, "");
  return new Set([name, last, plain].map(lettersOf));
}
