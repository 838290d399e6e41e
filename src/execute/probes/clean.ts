import { hasPassed } from "#journal/replay";
import type { RecordedResult } from "./probe.ts";
import { type ClaimProbe, undecided } from "./probe.ts";

/** Reads how the plan's own command ended that runs a tool. */
export const probeClean: ClaimProbe<"clean"> = (claim, scene) => {
  for (const result of scene.results) {
    const ended = endOf(result, claim.tool);
    if (ended === undefined) continue;
    return {
      holds: ended.passed,
      observed: `${ended.command} ${ended.passed ? "exited with status 0" : "did not pass"}`,
    };
  }
  return undecided(`no command of the plan that runs ${claim.tool} has been recorded`);
};

function endOf(result: RecordedResult, tool: string): { command: string; passed: boolean } | undefined {
  const statements = (result.evidence.commands ?? []).filter((each) => names(each.text, tool));
  const statement = statements[0];
  if (statement !== undefined) {
    return { command: statement.text, passed: statements.every((each) => each.exit.status === 0) };
  }
  const check = result.evidence.role === "action" && result.recognised.find((each) => names(each, tool));
  return typeof check === "string" ? { command: check, passed: hasPassed(result.evidence) } : undefined;
}

/** True when a command line holds the tool's name as words of its own. */
function names(command: string, tool: string): boolean {
  const words = ` ${command.toLowerCase().replace(/[^a-z0-9_.:@/-]+/g, " ")} `;
  const wanted = tool.toLowerCase();
  return words.includes(` ${wanted} `) || words.includes(`/${wanted} `);
}
