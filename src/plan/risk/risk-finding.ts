import { isDisk, type PathPlace } from "./path-place.ts";
import type { ShellWord } from "#model/shell-syntax";
import type { RiskClass } from "#model/understanding";
import type { Invocation } from "../shell/invocation.ts";

/** What one command may touch, and why. */
export interface RiskFinding {
  readonly risk: RiskClass;
  readonly reason: string;
  /** The command certainly changes something; a program nobody knows only may. */
  readonly writes: boolean;
}

/** A call of a program whose risk is asked. */
export interface RiskCall extends Invocation {
  /** Where a path lies: `scratch` is a place for temporary files. */
  place(word: ShellWord): PathPlace;
}

/** The risks of a call; an empty list: it only reads. */
export type RiskRule = (call: RiskCall) => readonly RiskFinding[];

/** Only reads. */
export const reads: RiskRule = () => [];

/** A rule that always finds the same. */
export function always(risk: RiskClass, reason: string): RiskRule {
  return () => [{ risk, reason, writes: risk !== "network" }];
}

/** One finding. */
export function found(risk: RiskClass, reason: string): readonly RiskFinding[] {
  return [{ risk, reason, writes: risk !== "network" }];
}

/** Talks to the network and writes what it fetched into the workspace. */
export function fetches(reason: string): readonly RiskFinding[] {
  return [{ risk: "network", reason, writes: true }];
}

/** Writes to each of the words. */
export function writesTo(call: RiskCall, words: readonly ShellWord[], verb: string): readonly RiskFinding[] {
  const findings = new Map<string, RiskFinding>();
  for (const word of words) {
    const place = call.place(word);
    if (place === "nowhere") continue;
    if (isDisk(word)) {
      const reason = `overwrites the disk ${word.raw}`;
      findings.set(reason, { risk: "destructive", reason, writes: true });
      continue;
    }
    const risk = place === "outside" ? "outside" : "workspace";
    const where = place === "outside" ? `${word.raw}, outside of the workspace` : "files";
    findings.set(risk + where, { risk, reason: `${verb} ${where}`, writes: place !== "scratch" });
  }
  // Why: what a list hands over is not seen, yet it is written.
  if (words.length === 0 && call.wrappers.includes("xargs"))
    return [{ risk: "workspace", reason: `${verb} whatever is listed`, writes: true }];
  return [...findings.values()];
}
