import type { Report } from "#model/figures";
import type { Suite } from "./criterion-question.ts";

/** True for a path that holds tests, whose own lines are no code that tests should reach. */
export function isTestPath(path: string): boolean {
  return (
    /(?:^|[\\/])(?:tests?|__tests__|spec|specs|bench|benchmarks?|e2e|features)[\\/]/u.test(path) ||
    /(?:[._-](?:test|spec|bench)\.[^\\/]{1,20}|_test\.[^\\/]{1,20}|(?:^|[\\/])test_[^\\/]{1,200})$/u.test(path)
  );
}

/** True for a report of scenarios, by its format or its name. */
export function isScenarios({ format, path }: Report): boolean {
  return format.startsWith("cucumber") || /(?:bdd|cucumber|behave|scenario|acceptance)/iu.test(path);
}

/** Reports of scenarios: those of cucumber, else those whose name says so. */
export function scenarioReports(reports: readonly Report[]): readonly Report[] {
  const own = reports.filter(({ format }) => format.startsWith("cucumber"));
  return own.length > 0 ? own : reports.filter(isScenarios);
}

/** Reports whose path names the suite; where only one is there and no other suite is named by its path, that one. */
export function ofSuite(reports: readonly Report[], suite: Suite): readonly Report[] {
  if (suite === undefined) return reports;
  const named = reports.filter(({ path }) => wordsOf(path).has(suite));
  if (named.length > 0) return named;
  const others = ["unit", "integration", "e2e", "contract", "smoke", "api", "component", "acceptance"];
  const open = reports.filter(({ path }) => !others.some((other) => wordsOf(path).has(other)));
  return open.length === 1 && reports.length === 1 ? open : [];
}

function wordsOf(path: string): ReadonlySet<string> {
  return new Set(path.toLowerCase().split(/[^a-z0-9]+/u));
}
