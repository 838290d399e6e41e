import type { CoverageClaim } from "#model/claim";

/** A share in percent as a coverage tool told it. */
export interface CoverageFigure {
  readonly of: Exclude<CoverageClaim["of"], "any"> | "total";
  readonly value: number;
}

type Reader = (line: string) => readonly CoverageFigure[];

const number = String.raw`(\d{1,3}(?:\.\d{1,4})?)`;
const cell = String.raw`\s*\|\s*${number}`;

function figures(form: RegExp, ...of: readonly CoverageFigure["of"][]): Reader {
  return (line) => {
    const match = form.exec(line);
    return match === null ? [] : of.map((each, index) => ({ of: each, value: Number(match[index + 1]) }));
  };
}

const named: Reader = (line) => {
  const match = new RegExp(String.raw`^\s*(Statements|Branches|Functions|Lines)\s*\.*\s*: ${number}\s?%`, "i").exec(
    line,
  );
  return match === null ? [] : [{ of: (match[1] ?? "").toLowerCase() as "lines", value: Number(match[2]) }];
};

/** Totals of coverage reports as tools print them; one line is read by one of these. */
const readers: readonly Reader[] = [
  // Why: node's own report has lines, branches, functions; istanbul's has statements, branches, functions, lines.
  figures(new RegExp(`^(?:#|ℹ) all files${cell}${cell}${cell}`), "lines", "branches", "functions"),
  figures(new RegExp(`^\\s*All files${cell}${cell}${cell}${cell}`), "statements", "branches", "functions", "lines"),
  named,
  figures(new RegExp(`^TOTAL\\s.*\\s${number}%$`), "total"),
  figures(new RegExp(`^total:\\s+\\(statements\\)\\s+${number}%`), "statements"),
  figures(new RegExp(`(?:^|\\s)coverage: ${number}% of statements`), "statements"),
  figures(new RegExp(`^${number}% coverage, \\d+/\\d+ lines covered`), "lines"),
];

/** The figures a line of a coverage report gives; none for any other line. */
export function coverageIn(line: string): readonly CoverageFigure[] {
  for (const read of readers) {
    const found = read(line);
    if (found.length > 0) return found;
  }
  return [];
}
