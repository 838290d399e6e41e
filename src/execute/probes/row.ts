import { outputsOf, someLine } from "./recorded-output.ts";
import { type ClaimProbe, undecided } from "./probe.ts";

/** Looks for a row of a table in what the plan's own commands printed. */
export const probeRow: ClaimProbe<"row"> = ({ cells, command }, scene) => {
  const pieces = outputsOf(scene, command);
  if (pieces.length === 0)
    return undecided(command === undefined ? "nothing of the step ran" : `${command} was not run`);
  const found = pieces.some((piece) => someLine(scene, piece, (line) => hasCells(line, cells)));
  return {
    holds: found,
    observed: `${found ? "a row" : "no row"} with ${cells.map((cell) => JSON.stringify(cell)).join(", ")} stands in the output`,
  };
};

/** True when a line is a row that holds the cells in this order. Cells are parted by `|`, tabs or two blanks. */
function hasCells(line: string, cells: readonly string[]): boolean {
  const seen = line
    .slice(0, 10_000)
    .split(/\s*[|│\t]\s*|\s{2,}/)
    .map((cell) => cell.trim());
  const spaced = line.slice(0, 10_000).trim().split(/\s+/);
  return [seen, spaced].some((row) => {
    let at = 0;
    for (const cell of row) if (cell === cells[at]) at++;
    return at === cells.length;
  });
}
