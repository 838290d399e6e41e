import { findVersion, isWithin } from "../compare-versions.ts";
import { type OutputPiece, outputsOf, someLine } from "./recorded-output.ts";
import { type ClaimProbe, type ProbeScene, undecided } from "./probe.ts";

/** Reads the version a command of the plan printed. */
export const probeVersion: ClaimProbe<"version"> = (claim, scene) => {
  const piece = outputsOf(scene, claim.command)[0];
  if (piece === undefined) return undecided(`${claim.command} was not run`);
  const tool = claim.command.trim().split(/\s/, 1)[0]?.toLowerCase() ?? "";
  let version = versionInOrder(piece, claim.command, scene);
  if (version === undefined)
    someLine(scene, piece, (line) => {
      // Why: among the output of several commands only a line that names the tool speaks of it.
      if (!piece.exact && !line.toLowerCase().includes(tool)) return false;
      version = findVersion(line);
      return version !== undefined;
    });
  if (version === undefined) return undecided(`${claim.command} printed no version that can be told apart`);
  const wanted = claim.bounds.map((bound) => `${bound.operator} ${bound.version}`).join(", ");
  return {
    holds: isWithin(version, claim.bounds),
    observed: `${claim.command} printed ${version}, expected ${wanted}`,
  };
};

/** Tools that tell their version in exactly one line. */
const oneLine =
  /^(?:node|npm|pnpm|yarn|python3?|pip3?|git|go|ruby|rustc|cargo|tsc|docker|jq|uv|poetry) (?:--version|-V|-v|version)$/;

/** The version of a command in an action that does nothing but ask tools of one line each: its line has the command's place. */
function versionInOrder(piece: OutputPiece, command: string, scene: ProbeScene): string | undefined {
  const asked = piece.result.statements.map((text) => text.trim().replace(/\s+/g, " "));
  if (piece.exact || piece.statement !== undefined || !asked.every((text) => oneLine.test(text))) return undefined;
  const lines: string[] = [];
  someLine(scene, piece, (line) => {
    if (line.trim() !== "") lines.push(line);
    return lines.length > asked.length;
  });
  const line = lines.length === asked.length ? lines[asked.indexOf(command.trim().replace(/\s+/g, " "))] : undefined;
  return line === undefined ? undefined : findVersion(line);
}
