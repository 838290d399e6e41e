import { duration } from "../layout.ts";
import { type Verdict, verdictOrder } from "#model/run";

/** `1,204`: a number as people read it, the same on every machine. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/** `3 verified, 1 failed`, the worst first; `nothing` for no parts. */
export function countsText(counts: Readonly<Partial<Record<Verdict, number>>>): string {
  const parts = verdictOrder.flatMap((verdict) => {
    const count = counts[verdict] ?? 0;
    return count === 0 ? [] : [`${grouped(count)} ${verdict}`];
  });
  return parts.length === 0 ? "nothing" : parts.join(", ");
}

/** `2026-11-22 22:38 UTC` of an ISO time; the text itself where it is none. */
export function moment(at: string): string {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(at) ? `${at.slice(0, 10)} ${at.slice(11, 16)} UTC` : at;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1) ?? ""}`;
}

/** `12 s`; what is shorter than the first digit shows is said to be short. */
export function time(ms: number): string {
  return ms < 50 ? "under 0.1 s" : duration(ms);
}

/** `of 113 parts`: how many parts the counts are of. */
export function allOf(counts: Readonly<Partial<Record<Verdict, number>>>): number {
  return verdictOrder.reduce((sum, verdict) => sum + (counts[verdict] ?? 0), 0);
}
