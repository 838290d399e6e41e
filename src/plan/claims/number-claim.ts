import { once } from "#model/lazily";
import type { ClaimFit, ClaimPattern } from "./claim-scene.ts";
import { comparisonForm, comparisonOf } from "./comparison.ts";

const amount = String.raw`(-?\d{1,3}(?:,\d{3}){1,3}|-?\d{1,12}(?:\.\d{1,6})?) ?(%|ms|µs|us|s|sec(?:onds?)?|min(?:utes?)?|[KMG]i?B|bytes|tokens|rps|req\/s)?`;
const named = String.raw`((?:[\p{L}\p{N}][\p{L}\p{N}_./-]*)(?: [\p{L}\p{N}][\p{L}\p{N}_./-]*){0,4})`;

/** Why: letters of all scripts take a millisecond to compile, and few plans have an outcome with a number. */
const forms = once(() => ({
  subjectFirst: new RegExp(
    String.raw`^(?:the )?${named}:? (?:is |are |stays |remains |reaches )?${comparisonForm} ?${amount}$`,
    "iu",
  ),
  amountFirst: new RegExp(String.raw`^${comparisonForm} ?${amount} ${named}$`, "iu"),
  plus: new RegExp(String.raw`^(\d{1,3}(?:\.\d{1,3})?) ?(%)(?:\+| or (?:more|higher|better)) ${named}$`, "iu"),
}));

const spelled: Readonly<Record<string, string>> = {
  sec: "s",
  second: "s",
  seconds: "s",
  min: "min",
  minute: "min",
  minutes: "min",
  us: "µs",
};

/** `coverage ≥ 85 %`, `p95 under 50 ms`, `at least 90% branch coverage`. */
export const numberClaim: ClaimPattern = {
  name: "number",
  isCued: (text) => /\d/.test(text),
  fit(text) {
    const { subjectFirst, amountFirst, plus } = forms();
    const first = subjectFirst.exec(text);
    if (first !== null) return fitted(first[1], first[2], first[3], first[4]);
    const last = amountFirst.exec(text);
    // Why: "at least 3 files in src" counts things; only with a unit is it a measure.
    if (last !== null && last[3] !== undefined) return fitted(last[4], last[1], last[2], last[3]);
    const more = plus.exec(text);
    return more === null ? undefined : fitted(more[3], ">=", more[1], more[2]);
  },
};

/** Words that make a subject a sentence. */
const sentence =
  /\b(?:and|or|should|must|all|each|with|that|which|when|after|per|in|not|never|no|takes?|completes?|finish(?:es)?)\b/i;

function fitted(
  subject: string | undefined,
  sign: string | undefined,
  value: string | undefined,
  unit: string | undefined,
): ClaimFit | undefined {
  const name = subject?.replace(/ (?:is|are|stays|remains|reaches)$/i, "");
  const operator = comparisonOf(sign);
  if (name === undefined || operator === undefined || sentence.test(name) || !/\p{L}/u.test(name)) return undefined;
  const claim = { kind: "number", subject: name, operator, value: Number((value ?? "").replaceAll(",", "")) } as const;
  const written = unit === undefined ? undefined : (spelled[unit.toLowerCase()] ?? unit);
  return { claims: [written === undefined ? claim : { ...claim, unit: written }], why: "it sets a bound to a number" };
}
