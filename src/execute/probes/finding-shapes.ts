import type { FindingWord } from "#model/claim";

/** Counts that a tool's own summary gives; what it does not tell is absent. */
export type FindingCounts = Partial<Record<FindingWord, number>>;

/** How the summary of a linter, type checker or scanner is read. */
export interface FindingShape {
  /** Names of the tool as they stand in commands. */
  readonly tools: readonly string[];
  /** Counts that one line gives; several lines are added up. */
  read(line: string): FindingCounts | undefined;
  /** What no summary at all says when the tool ended with status 0. */
  readonly silence?: FindingCounts;
}

const problems = /^\s*(?:✖|×|\u2716) (\d{1,7}) problems? \((\d{1,7}) errors?, (\d{1,7}) warnings?/;

const none: FindingCounts = { errors: 0, warnings: 0, problems: 0 };

function counted(form: RegExp, ...words: readonly FindingWord[]): FindingShape["read"] {
  return (line) => {
    const match = form.exec(line);
    if (match === null) return undefined;
    return Object.fromEntries(words.map((word, index) => [word, Number(match[index + 1] ?? 0)]));
  };
}

function firstOf(...reads: readonly FindingShape["read"][]): FindingShape["read"] {
  return (line) => {
    for (const read of reads) {
      const counts = read(line);
      if (counts !== undefined) return counts;
    }
    return undefined;
  };
}

function saying(text: string, counts: FindingCounts): FindingShape["read"] {
  return (line) => (line.includes(text) ? counts : undefined);
}

/** `12 vulnerabilities (3 low, 2 high)`: severities that are not named are zero. */
function npmAudit(line: string): FindingCounts | undefined {
  const match = /^(\d{1,7}) (?:[a-z]+ severity )?vulnerabilit(?:y|ies)(?: \(([^)]{0,200})\))?/.exec(line);
  if (match === null) return undefined;
  const one = /^\d{1,7} ([a-z]+) severity/.exec(line)?.[1];
  const of = (word: string): number =>
    one === word ? Number(match[1]) : Number(new RegExp(`(\\d{1,7}) ${word}`).exec(match[2] ?? "")?.[1] ?? 0);
  return { vulnerabilities: Number(match[1]), high: of("high"), critical: of("critical") };
}

/** One line for each issue, between its code and its place: `Severity: High   Confidence: Low`. */
function severityOfBandit(line: string): FindingCounts | undefined {
  const severity = /^\s*Severity: (Low|Medium|High)\b/.exec(line)?.[1];
  return severity === undefined ? undefined : { problems: 1, high: severity === "High" ? 1 : 0, critical: 0 };
}

/** Every tool whose summary of findings is read. */
export const findingShapes: readonly FindingShape[] = [
  {
    tools: ["eslint", "stylelint"],
    read: counted(problems, "problems", "errors", "warnings"),
    silence: none,
  },
  {
    tools: ["oxlint"],
    read: counted(/^Found (\d{1,7}) warnings? and (\d{1,7}) errors?\./, "warnings", "errors"),
  },
  {
    tools: ["biome"],
    read: firstOf(
      counted(/^Found (\d{1,7}) errors?\./, "errors"),
      counted(/^Found (\d{1,7}) warnings?\./, "warnings"),
      saying("Checked ", none),
    ),
  },
  {
    tools: ["ruff"],
    read: firstOf(counted(/^Found (\d{1,7}) errors?/, "errors", "problems"), saying("All checks passed!", none)),
  },
  {
    tools: ["mypy"],
    read: firstOf(
      counted(/^Found (\d{1,7}) errors? in/, "errors", "problems"),
      saying("Success: no issues found", { errors: 0, problems: 0 }),
    ),
  },
  {
    tools: ["pyright"],
    read: counted(/^(\d{1,7}) errors?, (\d{1,7}) warnings?/, "errors", "warnings"),
  },
  {
    tools: ["tsc"],
    read: counted(/^Found (\d{1,7}) errors?/, "errors"),
    silence: none,
  },
  {
    tools: ["markdownlint", "markdownlint-cli2"],
    read: counted(/^Summary: (\d{1,7}) error\(s\)/, "errors", "problems"),
    silence: none,
  },
  {
    tools: ["npm audit", "pnpm audit"],
    read: firstOf(counted(/^found (0) vulnerabilities/, "vulnerabilities", "high", "critical"), npmAudit),
  },
  {
    tools: ["pip-audit"],
    read: firstOf(
      counted(/^Found (\d{1,7}) known vulnerabilit/, "vulnerabilities"),
      saying("No known vulnerabilities found", { vulnerabilities: 0, high: 0, critical: 0 }),
    ),
  },
  {
    tools: ["bandit"],
    read: firstOf(saying("No issues identified.", { problems: 0, high: 0, critical: 0 }), severityOfBandit),
  },
  { tools: ["trivy"], read: counted(/^Total: \d{1,7} \(.*?HIGH: (\d{1,7}), CRITICAL: (\d{1,7})/, "high", "critical") },
];
