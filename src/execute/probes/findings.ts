import { hasPassed } from "#journal/replay";
import { holds } from "../compare-versions.ts";
import { type FindingCounts, type FindingShape, findingShapes } from "./finding-shapes.ts";
import { namesTool } from "./clean.ts";
import { type ClaimProbe, type ProbeScene, undecided } from "./probe.ts";
import { type OutputPiece, piecePassed, someLine } from "./recorded-output.ts";

/** Reads what a linter, type checker or scanner of the plan counts in its own summary. */
export const probeFindings: ClaimProbe<"findings"> = ({ tool, of, operator, count }, scene) => {
  const shape = findingShapes.find(({ tools }) => tools.includes(tool.toLowerCase()));
  if (shape === undefined) return undecided(`the summary of ${tool} is not known`);
  const pieces = scene.results.flatMap((result) => piecesOf(result, tool));
  if (pieces.length === 0) return undecided(`no command of the plan that runs ${tool} has been recorded by itself`);
  const found = pieces.map((piece) => countsOf(piece, shape, scene)[of]);
  if (found.some((each) => each === undefined)) return undecided(`${tool} told no number of ${of}`);
  const told = found.flatMap((each) => each ?? []);
  const failing = told.find((each) => !holds(each - count, operator));
  return {
    holds: failing === undefined,
    observed: `${tool} counts ${failing ?? told[0] ?? 0} ${of}, expected ${operator} ${count}`,
  };
};

function piecesOf(result: ProbeScene["results"][number], tool: string): readonly OutputPiece[] {
  const commands = (result.evidence.commands ?? []).filter(({ text }) => namesTool(text, tool));
  if (commands.length > 0) return commands.map((statement) => ({ result, statement, exact: true }));
  const alone = result.evidence.role === "action" && result.statements.length === 1;
  return alone && namesTool(result.text, tool) && hasPassed(result.evidence) ? [{ result, exact: true }] : [];
}

function countsOf(piece: OutputPiece, shape: FindingShape, scene: ProbeScene): FindingCounts {
  let counts: Record<string, number> | undefined;
  someLine(scene, piece, (line) => {
    const read = shape.read(line);
    if (read !== undefined) {
      counts ??= {};
      for (const [word, count] of Object.entries(read)) counts[word] = (counts[word] ?? 0) + count;
    }
    return false;
  });
  return counts ?? (piecePassed(piece) ? (shape.silence ?? {}) : {});
}
