import type { CoverageClaim } from "#model/claim";
import type { ClaimFit, ClaimPattern, ClaimScene } from "./claim-scene.ts";
import { comparisonForm, comparisonOf } from "./comparison.ts";
import { onlyRun } from "./planned-runs.ts";

const part = "(?:(unit|integration|e2e|bdd|api|smoke)(?: tests?)? )?(?:(?:overall|total|test|code) )*";
const metric = "(?:(line|branch|function|statement|method)s? )?";
const amount = String.raw`(\d{1,3}(?:\.\d{1,4})?) ?(?:%|percent)`;

const first = new RegExp(
  `^(?:the )?${part}${metric}(?:test )?coverage:? (?:is |of |stays |reaches |remains )*${comparisonForm} ?${amount}(?: achieved)?$`,
  "i",
);
const last = new RegExp(`^${comparisonForm} ?${amount} ${part}${metric}(?:test )?coverage(?: achieved)?$`, "i");
const more = new RegExp(
  `^(?:${amount}(?:\\+| or (?:more|higher|better)) ${part}${metric}(?:test )?coverage|(?:the )?${part}${metric}(?:test )?coverage:? (?:is |of |reaches )*${amount}(?:\\+| or (?:more|higher|better)))$`,
  "i",
);

const metrics: Readonly<Record<string, CoverageClaim["of"]>> = {
  line: "lines",
  branch: "branches",
  function: "functions",
  method: "functions",
  statement: "statements",
};

/** `line coverage ≥ 90%`, `at least 85% test coverage`: by the report of the coverage tool. */
export const coverageClaim: ClaimPattern = {
  name: "coverage",
  isCued: (text) => /coverage/i.test(text),
  fit(text, scene) {
    const one = first.exec(text);
    if (one !== null) return made(one[1], one[2], one[3], one[4], scene);
    const two = last.exec(text);
    if (two !== null) return made(two[3], two[4], two[1], two[2], scene);
    const three = more.exec(text);
    if (three === null) return undefined;
    return made(three[2] ?? three[4], three[3] ?? three[5], "at least", three[1] ?? three[6], scene);
  },
};

function made(
  of: string | undefined,
  metricWord: string | undefined,
  comparison: string | undefined,
  value: string | undefined,
  scene: ClaimScene,
): ClaimFit | undefined {
  const operator = comparisonOf(comparison);
  if (operator === undefined) return undefined;
  const claim: CoverageClaim = {
    kind: "coverage",
    of: metrics[(metricWord ?? "").toLowerCase()] ?? "any",
    operator,
    value: Number(value),
  };
  if (of === undefined) return { claims: [claim], why: "it sets a bound to what the coverage report says" };
  const run = onlyRun("tests", of, scene);
  // Why: without a command for just these tests, only a line that names their coverage can decide; that is a number.
  if (run === undefined) return undefined;
  return { claims: [{ ...claim, command: run.text }], why: `\`${run.text}\` runs just these tests` };
}
