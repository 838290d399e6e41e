import { durationForm, durationOf } from "#plan/claims/amounts";
import { comparisonForm, comparisonOf } from "#plan/claims/comparison";
import type { Comparison } from "#model/claim";

/** What a number counts: a share in percent, milliseconds, events a second, or things. */
export type BoundUnit = "%" | "ms" | "per second" | "count";

/** A number with its bound. */
export interface Bound {
  readonly operator: Comparison;
  readonly value: number;
  readonly unit: BoundUnit;
}

const number = String.raw`(\d{1,3}(?:,\d{3}){1,3}|\d{1,9}(?:\.\d{1,6})?)`;
const rate = String.raw`(?:req(?:uest)?s?|ops?|operations?|calls?|events?|messages?|transactions?|queries|hits|qps|rps|tps)? ?(?:\/|per) ?(?:s|sec|second)|rps|qps|tps|ops`;
const unit = String.raw`(%|percent\b|(?:${rate})(?![\p{L}])|${durationForm.slice(1, -1)})?(?![\p{L}\p{N}])`;

const signed = new RegExp(`${comparisonForm}\\s?${number} ?${unit}`, "iu");
const atLeast = new RegExp(
  `${number} ?${unit}[^\\d.;]{0,80}?(?:\\+|\\b(?:or (?:more|higher|better|above)|at least|minimum|and (?:more|above)))`,
  "iu",
);
const atMost = new RegExp(
  `${number} ?${unit}[^\\d.;]{0,80}?\\b(?:or (?:less|fewer|lower|faster|below|under)|at most|maximum|and below)`,
  "iu",
);
const aimed = new RegExp(`\\btargets?:? ?${number} ?${unit}`, "iu");
const bare = new RegExp(`${number} ?${unit}`, "iu");
const none =
  /\b(?:zero|no|0) (?:[\p{L}/-]{1,20} ){0,3}(?:errors?|issues?|warnings?|findings|problems|failures?|violations?|vulnerabilit(?:y|ies))\b/iu;

/** The bound a text sets, in the first of the forms in which people write one; undefined when it sets none. */
export function boundIn(text: string): Bound | undefined {
  if (none.test(text)) return { operator: "=", value: 0, unit: "count" };
  const sign = signed.exec(text);
  if (sign !== null) return bound(comparisonOf(sign[1]), sign[2], sign[3]);
  const least = atLeast.exec(text);
  if (least !== null) return bound(">=", least[1], least[2]);
  const most = atMost.exec(text);
  if (most !== null) return bound("<=", most[1], most[2]);
  const found = aimed.exec(text) ?? firstWithUnit(text);
  return found === undefined || found === null ? undefined : bound(undefined, found[1], found[2]);
}

/** Why: the number of `p95` or of a section bounds nothing; one with a unit does. */
function firstWithUnit(text: string): RegExpExecArray | undefined {
  const found = new RegExp(bare.source, "giu");
  for (let match = found.exec(text); match !== null; match = found.exec(text)) {
    if (match[2] !== undefined && !/[\p{L}\d.]$/u.test(text.slice(0, match.index))) return match;
  }
  return undefined;
}

function bound(operator: Comparison | undefined, written: string | undefined, unitWord = ""): Bound | undefined {
  const value = Number((written ?? "").replaceAll(",", ""));
  const factor = unitWord === "" ? undefined : durationOf(unitWord);
  if (!Number.isFinite(value)) return undefined;
  // Why: a share or a rate without a sign is what one wants to reach, a time what one does not want to exceed.
  if (/^(?:%|percent)$/iu.test(unitWord)) return { operator: operator ?? ">=", value, unit: "%" };
  if (factor !== undefined) return { operator: operator ?? "<=", value: value * factor, unit: "ms" };
  if (unitWord !== "") return { operator: operator ?? ">=", value, unit: "per second" };
  return { operator: operator ?? "=", value, unit: "count" };
}

/** True when the measured value keeps the bound. */
export function keeps(measured: number, { operator, value }: Bound): boolean {
  const keeping: Readonly<Record<Comparison, boolean>> = {
    ">=": measured >= value,
    ">": measured > value,
    "<=": measured <= value,
    "<": measured < value,
    "=": measured === value,
  };
  return keeping[operator];
}

const units: Readonly<Record<BoundUnit, string>> = { "%": " %", ms: " ms", "per second": " /s", count: "" };

/** The bound in signs: `>= 90 %`. */
export function boundText({ operator, value, unit: of }: Bound): string {
  return `${operator} ${value}${units[of]}`;
}

/** A measured value with the unit of its bound: `93.4 %`. */
export function valueText(value: number, of: BoundUnit): string {
  return `${Number(value.toFixed(value < 1 ? 4 : 2))}${units[of]}`;
}
