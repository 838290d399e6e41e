import type { FindingWord } from "#model/claim";
import type { CoverageKind, TestStatus } from "#model/figures";
import { type Bound, boundIn } from "./criterion-bound.ts";

/** Which tests are meant: `unit`, `integration`, `e2e`; undefined for all. */
export type Suite = string | undefined;

/** What a criterion asks of the reports. */
export type CriterionQuestion =
  | { readonly kind: "coverage"; readonly of: CoverageKind | "any"; readonly suite: Suite; readonly bound: Bound }
  | {
      readonly kind: "tests";
      readonly scenarios: boolean;
      readonly suite: Suite;
      readonly of: "share" | TestStatus;
      readonly bound: Bound;
    }
  | { readonly kind: "requirements"; readonly bound: Bound }
  | {
      readonly kind: "findings";
      readonly topic: "lint" | "security" | "types";
      readonly of: FindingWord;
      readonly bound: Bound;
    }
  | { readonly kind: "timing"; readonly metric: string; readonly words: readonly string[]; readonly bound: Bound }
  | { readonly kind: "targets"; readonly part: "coverage-target" | "performance-target" };

/** A criterion as it is read: its words, and the title of its list. */
export interface CriterionText {
  readonly text: string;
  readonly group?: string | undefined;
}

type Form = (text: string, bound: Bound | undefined, group: string) => readonly CriterionQuestion[];

/** Longer texts are prose. */
const longest = 400;
const all: Bound = { operator: ">=", value: 100, unit: "%" };

/** What a criterion asks, all of which must hold; none where no report can answer it. */
export function questionsOf({ text, group = "" }: CriterionText): readonly CriterionQuestion[] {
  const plain = plainOf(text);
  if (plain.length > longest) return [];
  const bound = boundIn(plain);
  for (const form of forms) {
    const questions = form(plain, bound, group.toLowerCase());
    if (questions.length > 0) return questions;
  }
  return [];
}

/** Why: marks, ratios and emphasis are what is written back, not what is asked. */
function plainOf(text: string): string {
  return text
    .slice(0, longest + 100)
    .replace(/\((?:target achieved:?\s?)?(?:[✅❌⚠🟡]\uFE0F?\s?\/?\s?){1,4}\)/gu, " ")
    .replace(/[✅❌⚠🟡☐☑✓✔]\uFE0F?/gu, " ")
    .replace(/^\s{0,9}(?:\[(?:\d{1,6}|[A-Z])\s?\/\s?(?:\d{1,6}|[A-Z])\]|\d{1,6}\s?\/\s?\d{1,6}(?=\s))/u, " all ")
    .replaceAll("**", "")
    .replaceAll("`", "")
    .replace(/\s+/gu, " ")
    .trim();
}

const requirements: Form = (text, bound) => {
  const isThem =
    /^(?:(?:all|every|each|the|of|atomic|defined) ){0,4}requirements?\b.{0,60}\b(?:implemented|covered|coverage|satisfied|verified|tested|proved|met)\b/iu.test(
      text,
    ) || /^(?:all |the ){0,2}acceptance criteria\b.{0,40}\b(?:satisfied|met|covered|pass(?:ed|ing)?)\b/iu.test(text);
  return isThem ? [{ kind: "requirements", bound: shareOf(bound) }] : [];
};

const scenarios: Form = (text, bound) => {
  if (!/\bscenarios?\b/iu.test(text) || /\bcoverage\b/iu.test(text)) return [];
  const isShare = bound?.unit === "%" || /\ball\b|\bevery\b/iu.test(text);
  const isTold = /\b(?:pass(?:ed|es|ing)?|green|succeed(?:ed|s)?)\b|[:>=≥%]/iu.test(text);
  return isShare && isTold
    ? [{ kind: "tests", scenarios: true, suite: undefined, of: "share", bound: shareOf(bound) }]
    : [];
};

const coverageKinds: readonly (readonly [RegExp, CoverageKind])[] = [
  [/\bbranch(?:es)?\b/iu, "branches"],
  [/\b(?:functions?|methods?)\b/iu, "functions"],
  [/\bstatements?\b/iu, "statements"],
  [/\blines?\b/iu, "lines"],
];

const coverage: Form = (text, bound, group) => {
  if (bound?.unit !== "%") return [];
  const isNamed = /\bcoverage\b/iu.test(text);
  const isListed = /\bcoverage\b/u.test(group) && !/\bpass(?:ed|es|ing)?\b/iu.test(text);
  const of = coverageKinds.find(([form]) => form.test(text))?.[1];
  const suite = suiteIn(text);
  if (!isNamed && !(isListed && (of !== undefined || suite !== undefined))) return [];
  return [{ kind: "coverage", of: of ?? "any", suite, bound }];
};

const tests: Form = (text, bound) => {
  if (!/\btests?\b/iu.test(text)) return [];
  const suite = suiteIn(text);
  const lacking = /\b(?:no|zero|0) (failing|failed|skipped) tests?\b|\b(?:no|zero|0) test failures?\b/iu.exec(text);
  if (lacking !== null) {
    const of = lacking[1]?.toLowerCase() === "skipped" ? "skipped" : "failed";
    return [{ kind: "tests", scenarios: false, suite, of, bound: { operator: "=", value: 0, unit: "count" } }];
  }
  const isPassing = /\b(?:pass(?:ed|es|ing)?|green|succeed(?:ed|s)?)\b/iu.test(text);
  if (!isPassing || !/\b(?:all|every)\b|%/iu.test(text)) return [];
  return [{ kind: "tests", scenarios: false, suite, of: "share", bound: shareOf(bound) }];
};

const topics: readonly (readonly [RegExp, "lint" | "security" | "types"])[] = [
  [/\b(?:security|vulnerabilit(?:y|ies)|sast)\b/iu, "security"],
  [/\b(?:lint(?:ing|er)?|static analysis|code style)\b/iu, "lint"],
  [/\btype[- ]?check(?:ing|er)?\b/iu, "types"],
];

const findings: Form = (text, bound) => {
  const topic = topics.find(([form]) => form.test(text))?.[1];
  if (topic === undefined || bound?.unit !== "count") return [];
  const words: FindingWord[] = [];
  if (/\bhigh\b/iu.test(text)) words.push("high");
  if (/\bcritical\b/iu.test(text)) words.push("critical");
  if (words.length === 0)
    words.push(/\bwarnings?\b/iu.test(text) ? "warnings" : /\berrors?\b/iu.test(text) ? "errors" : "problems");
  return words.map((of) => ({ kind: "findings", topic, of, bound }));
};

const targets: Form = (text) => {
  if (!/\b(?:met|reached|achieved|satisfied|fulfilled)\b/iu.test(text)) return [];
  if (/^(?:all )?(?:the )?performance targets?\b/iu.test(text))
    return [{ kind: "targets", part: "performance-target" }];
  return /^(?:all )?(?:the )?(?:test )?coverage targets?\b/iu.test(text)
    ? [{ kind: "targets", part: "coverage-target" }]
    : [];
};

const timing: Form = (text, bound, group) => {
  const parts = text.split(/[,;] (?=.{0,80}\bp\d)/iu);
  const isListed = /\b(?:performance|latency|non-functional|throughput|speed)\b/u.test(group);
  const found = parts.map((part) => timingQuestion(part, parts.length === 1 ? bound : boundIn(part), isListed));
  const subject = found.find((each) => each !== undefined && each.words.length > 0)?.words ?? [];
  return found.every((each) => each !== undefined)
    ? found.map((each) => (each.words.length > 0 ? each : { ...each, words: subject }))
    : [];
};

const metrics: readonly (readonly [RegExp, string])[] = [
  [/\bmedian\b/iu, "p50"],
  [/\b(?:mean|average|avg)\b/iu, "mean"],
  [/\b(?:max(?:imum)?|worst)\b/iu, "max"],
];

function timingQuestion(
  text: string,
  bound: Bound | undefined,
  isListed: boolean,
): Extract<CriterionQuestion, { kind: "timing" }> | undefined {
  if (bound?.unit !== "ms" && bound?.unit !== "per second") return undefined;
  const percentile = /\bp(\d{2}(?:\.\d{1,3})?)\b/iu.exec(text)?.[1];
  const named = percentile === undefined ? metrics.find(([form]) => form.test(text))?.[1] : `p${percentile}`;
  const isCued = /\b(?:latency|response times?|throughput|duration|performance)\b/iu.test(text);
  if (named === undefined && !isCued && !isListed) return undefined;
  const metric = bound.unit === "per second" ? "rate" : (named ?? "worst");
  return { kind: "timing", metric, words: subjectWords(text), bound };
}

const forms: readonly Form[] = [targets, requirements, scenarios, coverage, findings, tests, timing];

const fillers: ReadonlySet<string> = new Set(
  "a an the of on in for at to is are be and or with per than least most under below above within over less more fewer exactly target targets median mean average avg max maximum minimum worst latency response time times throughput duration ms s sec second seconds min minute minutes requests request rps qps ops each every all must should stays percentile".split(
    " ",
  ),
);

/** The words that say what is measured, in their simplest form: without bounds, units and fillers. */
export function subjectWords(text: string): readonly string[] {
  const words = text
    .toLowerCase()
    .replace(/\bp\d{2}(?:\.\d+)?\b/gu, " ")
    .split(/[^\p{L}]+/u);
  return [...new Set(words.filter((word) => word.length > 1 && !fillers.has(word)).map(stem))];
}

function stem(word: string): string {
  return word.length > 3 && word.endsWith("s") && !word.endsWith("ss") ? word.slice(0, -1) : word;
}

function shareOf(bound: Bound | undefined): Bound {
  return bound?.unit === "%" ? { ...bound, operator: bound.operator === "=" ? ">=" : bound.operator } : all;
}

function suiteIn(text: string): Suite {
  return /\b(unit|integration|e2e|end-to-end|contract|smoke|api|component|acceptance)\b(?: tests?\b|$|:| coverage)/iu
    .exec(text)?.[1]
    ?.toLowerCase()
    .replace("end-to-end", "e2e");
}
