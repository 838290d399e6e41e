import type { Criterion } from "#model/plan";

/** A number with its bound, such as `≥85%` or `0 errors`. */
export type CriterionTarget = NonNullable<Criterion["target"]>;

type Operator = CriterionTarget["operator"];

const longest = 400;
const number = String.raw`(\d+(?:\.\d+)?)\s*(%|[\p{L}µ]+(?:\/[\p{L}]+)?)?`;
const signed = new RegExp(String.raw`(>=|<=|≥|≤|>|<|==?)\s*\[?${number}`, "u");
const worded = new RegExp(
  String.raw`\b(at least|minimum(?: of)?|more than|over|above|at most|maximum(?: of)?|no more than|less than|under|below|within|exactly)\s+${number}`,
  "iu",
);
const aimed = new RegExp(String.raw`\btargets?:?\s*${number}`, "iu");
const none =
  /\b(0|zero|no)\s+((?:high\/critical |critical |high |new )?(?:errors?|issues?|warnings?|failures?|violations?|vulnerabilities|regressions?))\b/i;
const whole = /(?<![\d.])(\d+(?:\.\d+)?)\s*(%)/u;

const operators: Readonly<Record<string, Operator>> = {
  ">=": ">=",
  "≥": ">=",
  "<=": "<=",
  "≤": "<=",
  ">": ">",
  "<": "<",
  "=": "=",
  "==": "=",
  "at least": ">=",
  minimum: ">=",
  "minimum of": ">=",
  "more than": ">",
  over: ">",
  above: ">",
  "at most": "<=",
  maximum: "<=",
  "maximum of": "<=",
  "no more than": "<=",
  "less than": "<",
  under: "<",
  below: "<",
  within: "<=",
  exactly: "=",
};

/** The number a criterion demands, with its bound and unit; undefined when it demands none. */
export function findTarget(text: string): CriterionTarget | undefined {
  const part = text.slice(0, longest);
  const bound = signed.exec(part) ?? worded.exec(part);
  if (bound !== null) return target(operators[(bound[1] ?? "").toLowerCase()] ?? "=", bound[2], bound[3]);
  const aim = aimed.exec(part);
  if (aim !== null) return target(aim[2] === "%" ? ">=" : "=", aim[1], aim[2]);
  const zero = none.exec(part);
  if (zero !== null) return { operator: "=", value: 0, unit: zero[2] ?? "" };
  const percent = whole.exec(part);
  return percent === null ? undefined : target("=", percent[1], "%");
}

function target(operator: Operator, value: string | undefined, unit: string | undefined): CriterionTarget {
  return { operator, value: Number(value), ...(unit === undefined ? {} : { unit }) };
}

/** Done over all, as `[X/Y]` at the start or in brackets, or `12/14` at the start. */
export interface StatedRatio {
  readonly done?: number;
  readonly total?: number;
  readonly start: number;
  readonly end: number;
}

const ratioForm = /^(\d+)\s*\/\s*(\d+)(?=\s|$)|\[(\d+|[A-Z])\s*\/\s*(\d+|[A-Z])\]/u;

/** The ratio a criterion begins with or holds in brackets. */
export function findRatio(text: string): StatedRatio | undefined {
  const match = ratioForm.exec(text.slice(0, longest));
  if (match === null) return undefined;
  const [done, total] = [match[1] ?? match[3], match[2] ?? match[4]].map(Number);
  return {
    ...(Number.isFinite(done) && done !== undefined ? { done } : {}),
    ...(Number.isFinite(total) && total !== undefined ? { total } : {}),
    start: match.index,
    end: match.index + match[0].length,
  };
}
