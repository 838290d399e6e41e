import type { CoverageClaim } from "#model/claim";
import { holds } from "../compare-versions.ts";
import { type CoverageFigure, coverageIn } from "./coverage-shapes.ts";
import { probeNumber } from "./number.ts";
import { type ClaimProbe, type ProbeScene, undecided } from "./probe.ts";
import { outputsOf, someLine } from "./recorded-output.ts";

const nouns: Readonly<Record<CoverageClaim["of"], string>> = {
  lines: "line coverage",
  branches: "branch coverage",
  functions: "function coverage",
  statements: "statement coverage",
  any: "coverage",
};

/** Reads the totals of a coverage report in the recorded output, else a line that names the coverage. */
export const probeCoverage: ClaimProbe<"coverage"> = (claim, scene) => {
  // Why: the report of a neighbour in the same block would be taken for the command's own.
  if (claim.command !== undefined && !outputsOf(scene, claim.command).every(({ exact }) => exact))
    return undecided(`the output of ${claim.command} was not recorded by itself`);
  const all = figuresOf(claim, scene);
  const meant = all.filter(({ of }) => claim.of === "any" || of === claim.of);
  // Why: a single total, as pytest prints it, counts lines unless branches were measured, too.
  const found = meant.length === 0 && claim.of === "lines" ? all.filter(({ of }) => of === "total") : meant;
  if (found.length === 0) return probeNumber(asNumber(claim), scene);
  const seen = [...new Set(found.map(({ of, value }) => `${of} ${value} %`))].join(", ");
  const held = found.filter(({ value }) => holds(value - claim.value, claim.operator));
  if (held.length > 0 && held.length < found.length) return undecided(`the report says ${seen}: which is meant?`);
  return { holds: held.length > 0, observed: `the report says ${seen}, expected ${claim.operator} ${claim.value} %` };
};

function figuresOf(claim: CoverageClaim, scene: ProbeScene): readonly CoverageFigure[] {
  const found: CoverageFigure[] = [];
  for (const piece of outputsOf(scene, claim.command)) {
    someLine(scene, piece, (line) => {
      found.push(...coverageIn(line));
      return false;
    });
  }
  return found;
}

function asNumber({ of, operator, value, command }: CoverageClaim): Parameters<typeof probeNumber>[0] {
  const number = { kind: "number", subject: nouns[of], operator, value, unit: "%" } as const;
  return command === undefined ? number : { ...number, command };
}
