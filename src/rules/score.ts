import { type Finding, type RuleFamily, ruleFamilies, type Severity } from "#model/finding";
import { onceFor } from "#model/lazily";
import type { ReadinessProfile } from "#profile/profile";

/** Points one finding takes from the readiness of its document, and how to win them back. */
export interface LostPoints {
  /** Of 100, rounded to a tenth. */
  readonly points: number;
  readonly rule: string;
  readonly path: string;
  readonly line: number;
  readonly cure: string;
}

/** The readiness of a document. */
export interface Readiness {
  /** Whole number from 0 to 100: 100 less all lost points, rounded down. */
  readonly score: number;
  readonly target: number;
  readonly ready: boolean;
  /** What the score could not look at, such as `tracing`. */
  readonly without: readonly string[];
  readonly lost: readonly LostPoints[];
}

/** Families that were looked at; the others count for nothing, and the rest is scaled to 100. */
export interface ScoreOptions {
  readonly families: ReadonlySet<RuleFamily>;
  /** A finding after which nothing else can be said: the score is 0. */
  readonly voided?: Finding;
}

/** Families whose absence has a name of its own. */
const missingNames: Readonly<Partial<Record<RuleFamily, string>>> = {
  tag: "tracing",
  trace: "tracing",
  link: "tracing",
};

/** Computes the readiness of one document from its findings. The same findings give the same number everywhere. */
export function computeReadiness(
  findings: readonly Finding[],
  profile: ReadinessProfile,
  options: ScoreOptions,
): Readiness {
  const without = missing(profile)(options.families);
  const lost = options.voided === undefined ? losses(findings, profile, options) : [lose(100, options.voided)];
  const exact = 100 - lost.reduce((sum, entry) => sum + entry.points, 0);
  const error = findings.find((finding) => finding.severity === "error");
  const over = exact - profile.ceilingWithErrors;
  if (error !== undefined && over > 0) lost.push(ceiling(over, error, profile));
  const kept = error === undefined ? exact : Math.min(exact, profile.ceilingWithErrors);
  const score = Math.max(0, Math.floor(kept + 1e-6));
  return { score, target: profile.target, ready: score >= profile.target, without, lost };
}

/** What one finding takes, in points of its family's own scale, before the family is used up. */
export function lossOf(severity: Severity, family: RuleFamily, profile: ReadinessProfile): number {
  return (profile.weights[family] * profile.loss[severity]) / 100;
}

function losses(findings: readonly Finding[], profile: ReadinessProfile, options: ScoreOptions): LostPoints[] {
  const present = ruleFamilies.filter((family) => options.families.has(family));
  const total = present.reduce((sum, family) => sum + profile.weights[family], 0);
  const left = new Map<RuleFamily, number>(present.map((family) => [family, profile.weights[family]]));
  const lost: LostPoints[] = [];
  if (total === 0) return lost;
  for (const finding of findings) {
    const family = familyOf(finding);
    const available = left.get(family) ?? 0;
    const taken = Math.min(available, lossOf(finding.severity, family, profile));
    if (taken <= 0) continue;
    left.set(family, available - taken);
    lost.push(lose((taken * 100) / total, finding));
  }
  return lost;
}

function lose(points: number, finding: Finding, cure: string = finding.message): LostPoints {
  return {
    points: tenth(points),
    rule: finding.rule,
    path: finding.path,
    line: finding.range.start.line,
    cure,
  };
}

function ceiling(points: number, error: Finding, profile: ReadinessProfile): LostPoints {
  const cure = `No score above ${profile.ceilingWithErrors} while an error stands: ${error.message}`;
  return lose(points, error, cure);
}

/** Why: documents with the same facts share the list, which is made once instead of for each. */
const missing = onceFor((profile: ReadinessProfile) =>
  onceFor((families: ReadonlySet<RuleFamily>): readonly string[] => {
    const absent = ruleFamilies.filter((family) => profile.weights[family] > 0 && !families.has(family));
    return [...new Set(absent.map((family) => missingNames[family] ?? family))];
  }),
);

function tenth(points: number): number {
  return Math.round(points * 10) / 10;
}

function familyOf(finding: Finding): RuleFamily {
  return finding.rule.slice(0, finding.rule.indexOf("/")) as RuleFamily;
}
