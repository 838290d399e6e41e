import { hasPassed } from "#journal/replay";
import type { TestSummary } from "#model/run";
import { type ClaimProbe, type Observation, type RecordedResult, undecided } from "./probe.ts";

/** Reads how the plan's own commands ended that run a tool, and for test runners what they counted. */
export const probeClean: ClaimProbe<"clean"> = (claim, scene) => {
  const own = scene.results.filter((result) => result.unit === scene.ownUnit);
  const seen = endsOf(own, claim.tool);
  const ends = seen.length > 0 ? seen : endsOf(scene.results, claim.tool);
  const [first] = ends;
  if (first === undefined) return undecided(`no command of the plan that runs ${claim.tool} has been recorded`);
  return ends.find((end) => !end.holds) ?? first;
};

function endsOf(results: readonly RecordedResult[], tool: string): readonly Observation[] {
  return results.flatMap((result) => endOf(result, tool) ?? []);
}

function endOf(result: RecordedResult, tool: string): Observation | undefined {
  const statements = (result.evidence.commands ?? []).filter((each) => namesTool(each.text, tool));
  const statement = statements[0];
  if (statement !== undefined) {
    const passed = statements.every((each) => each.exit.status === 0);
    return counted(result, statement.text, passed);
  }
  const check = result.evidence.role === "action" && result.recognised.find((each) => namesTool(each, tool));
  return typeof check === "string" ? counted(result, check, hasPassed(result.evidence)) : undefined;
}

/** Why: runners exist that end with status 0 after failures, or after no test at all. */
function counted({ evidence }: RecordedResult, command: string, passed: boolean): Observation {
  const summaries: readonly TestSummary[] = /^!\s/.test(command) ? [] : (evidence.reading?.summaries ?? []);
  const failing = summaries.find((summary) => summary.failed > 0);
  const empty = summaries.find((summary) => summary.passed + summary.failed === 0);
  if (passed && failing !== undefined)
    return { holds: false, observed: `${command} counts ${failing.failed} failed, though it exited with status 0` };
  if (passed && empty !== undefined) return undecided(`${command} ran no test`);
  return { holds: passed, observed: `${command} ${passed ? "exited with status 0" : "did not pass"}` };
}

/** True when a command line holds the tool's name as words of its own. */
export function namesTool(command: string, tool: string): boolean {
  const words = ` ${command.toLowerCase().replace(/[^a-z0-9_.:@/-]+/g, " ")} `;
  const wanted = tool
    .toLowerCase()
    .replace(/[^a-z0-9_.:@/-]+/g, " ")
    .trim();
  return words.includes(` ${wanted} `) || words.includes(`/${wanted} `);
}
