import type { Timing } from "#model/figures";
import { shortText } from "./content.ts";

/** Milliseconds in one unit of time. */
export const unitMs: Readonly<Record<string, number>> = {
  ns: 0.000001,
  us: 0.001,
  µs: 0.001,
  ms: 1,
  s: 1000,
};

type Figure = number | undefined;

/** What a tool measured of one thing, in its own unit; absent where it tells nothing. */
export interface ToldTiming {
  readonly name: string;
  readonly factor: number;
  readonly count?: Figure;
  readonly min?: Figure;
  readonly mean?: Figure;
  readonly max?: Figure;
  readonly percentiles: Readonly<Record<string, Figure>>;
  readonly perSecond?: Figure;
}

/** The measurement in milliseconds; what is no number, or negative, is left out. */
export function timingOf({ name, factor, count, perSecond, percentiles, ...times }: ToldTiming): Timing {
  const inMs = (entries: readonly (readonly [string, Figure])[]): Record<string, number> =>
    Object.fromEntries(
      entries.flatMap(([key, value]) => (value === undefined || !(value >= 0) ? [] : [[key, value * factor]])),
    );
  return {
    name: shortText(name),
    ...(count === undefined ? {} : { count }),
    ...inMs(Object.entries(times)),
    percentiles: inMs(Object.entries(percentiles)),
    ...(perSecond === undefined || !(perSecond >= 0) ? {} : { perSecond }),
  };
}

/** The smallest of the values that at least this share of them does not exceed; undefined for none. */
export function percentileOf(values: readonly number[], share: number): number | undefined {
  const ordered = values.toSorted((one, other) => one - other);
  return ordered[Math.max(0, Math.ceil(share * ordered.length) - 1)];
}
