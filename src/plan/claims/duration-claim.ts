import type { CheckKind } from "../vacuity/recognised-checks.ts";
import { durationForm, durationOf, numberForm, numberOf } from "./amounts.ts";
import type { ClaimPattern, ClaimScene, PlannedRun } from "./claim-scene.ts";
import { comparisonForm, comparisonOf } from "./comparison.ts";
import { onlyRun, quotedRun } from "./planned-runs.ts";

const told = new RegExp(
  `^(?:the )?(.{1,120}?) (?:(?:completes?|runs?|finish(?:es)?|ends?|executes?|pass(?:es)?|succeeds?|builds?) (in|within)(?: ${comparisonForm})?|takes? ${comparisonForm}) ?${numberForm} ?${durationForm}$`,
  "i",
);

const kinds: readonly { readonly form: RegExp; readonly kind: CheckKind }[] = [
  {
    form: /^(?:all )?(?:the )?(?:(unit|integration|e2e|smoke|bdd) )?(?:tests?|test suite|whole test suite|full test suite)$/i,
    kind: "tests",
  },
  { form: /^build$/i, kind: "build" },
  { form: /^(?:lint(?:ing|er)?)$/i, kind: "lint" },
  { form: /^(?:type[- ]?check(?:ing|er)?)$/i, kind: "types" },
];

/** `` `npm test` completes in under 30 s``, `the build takes less than 2 minutes`: by the recorded time of the plan's own command. */
export const durationClaim: ClaimPattern = {
  name: "duration",
  isCued: (text) => /\d/.test(text) && /\b(?:in|within|takes?)\b/i.test(text),
  fit(text, scene) {
    const match = told.exec(text);
    if (match === null) return undefined;
    const [, subject = "", , after, taking, amount, unit = ""] = match;
    const operator = comparisonOf(after ?? taking ?? "at most");
    const factor = durationOf(unit);
    const run = runOf(subject, scene);
    if (operator === undefined || factor === undefined || run === undefined) return undefined;
    const claim = { kind: "duration", command: run.text, operator, ms: numberOf(amount) * factor } as const;
    return { claims: [claim], why: `the run records how long \`${run.text}\` takes` };
  },
};

function runOf(subject: string, scene: ClaimScene): PlannedRun | undefined {
  const quoted = /^\x60([^\x60]+)\x60$/.exec(subject)?.[1];
  if (quoted !== undefined) return quotedRun(quoted, scene);
  const known = kinds.find(({ form }) => form.test(subject));
  const run = known && onlyRun(known.kind, known.form.exec(subject)?.[1], scene);
  return run?.alone === true ? run : undefined;
}
