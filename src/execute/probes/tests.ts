import type { TestsClaim } from "#model/claim";
import type { TestSummary } from "#model/run";
import { holds } from "../compare-versions.ts";
import { type ClaimProbe, undecided } from "./probe.ts";

type Counted = (summary: TestSummary) => number;

const counts: Readonly<Record<TestsClaim["of"], Counted>> = {
  passed: (summary) => summary.passed,
  failed: (summary) => summary.failed,
  skipped: (summary) => summary.skipped,
  run: (summary) => summary.passed + summary.failed,
};

/** Reads the counts of the step's own test runner; several runs that disagree decide nothing. */
export const probeTests: ClaimProbe<"tests"> = ({ of, operator, count }, scene) => {
  const own = scene.results.filter((each) => scene.ownUnit === undefined || each.unit === scene.ownUnit);
  const summaries = own.flatMap(({ evidence }) => evidence.reading?.summaries ?? []);
  if (summaries.length === 0) return undecided("no test runner whose summary is known has been recorded");
  const found = [...new Set(summaries.map(counts[of]))];
  const held = found.filter((each) => holds(each - count, operator));
  const seen = `${found.join(" and ")} tests ${of === "run" ? "ran" : of === "passed" ? "passed" : `were counted as ${of}`}`;
  if (held.length > 0 && held.length < found.length) return undecided(`${seen}, in several runs`);
  return { holds: held.length > 0, observed: `${seen}, expected ${operator} ${count}` };
};
