import type { ShellParser } from "#model/ports";
import type { ShellCommand, ShellScript, ShellWord } from "#model/shell-syntax";
import type { Span } from "#model/source";
import type { Premise } from "#model/understanding";
import { type CheckKind, givesVerdict } from "./check-kind.ts";

import type { Rounds, ShellFacts } from "./shell-facts.ts";

/**
 * What a failure would tell. `never`: it cannot fail, or only for reasons that are no check. `weak`: it can fail, but passes in cases
 * it should not. `checks`: it fails when what it asks is not so. `always`: it fails whatever happened.
 */
export type Strength = "never" | "weak" | "checks" | "always";

/** A command that can fail, as it stands. */
export interface SeenCheck {
  readonly text: string;
  readonly span: Span;
  readonly strength: Strength;
  /** A known check: a test runner, linter, type checker, `test`, `diff` … */
  readonly recognised: boolean;
  readonly kind?: CheckKind | undefined;
  /** What must be there for it to have looked at anything. */
  readonly premises?: readonly Premise[] | undefined;
}

/** What is seen of a command from outside. */
export interface Sight {
  /** What its exit status tells. */
  readonly status: Strength;
  /** What it tells by ending the shell: `exit 1`, or any failure under `set -e`. */
  readonly ends: Strength;
  /** Commands whose failure shows in one of the two. */
  readonly checks: readonly SeenCheck[];
  /** What it tells by ending the shell well: `check && exit 0`. Absent: it never does. */
  readonly passes?: Strength;
  /** Commands whose success shows there. */
  readonly passing?: readonly SeenCheck[];
}

/** A remark on a command: why it proves nothing, or how a check in it is masked. */
export interface VacuityNote {
  readonly reason: string;
  readonly span: Span;
  readonly masked: boolean;
  /** The masked check gives a verdict that the block pretends to ask for, so the block proves nothing by its other commands. */
  readonly spoils: boolean;
}

/** What the judging of a script carries along. */
export interface Scene {
  /** The text that spans point into. */
  readonly text: string;
  /** The place of the whole when the text is handed on inside another. */
  readonly fixed: Span | undefined;
  readonly parser: ShellParser;
  /** A failing command ends the shell. */
  readonly errexit: boolean;
  /** A pipe fails when any of its commands does. */
  readonly pipefail: boolean;
  /** A trap rewrites how the shell ends. */
  readonly trapped: boolean;
  /** What the shell knows at this point. */
  readonly facts: ShellFacts;
  /** What stands on standard input, as far as its lines are counted. */
  readonly input: Rounds | undefined;
  /** Arguments of the function that is judged. */
  readonly args: readonly ShellWord[] | undefined;
  /** Checks whose failure is only kept in a variable, or waits behind `&`, until a command asks for it. */
  readonly kept: Map<string, SeenCheck[]>;
  /** The status of the command before is asked for, and demanded to be a failure. */
  readonly demandsFailure: boolean;
  readonly notes: VacuityNote[];
  readonly depth: number;
  /** Commands that may still be judged: functions that call each other must not take forever. */
  readonly budget: { left: number };
  readonly judge: Judge;
}

/** The judges of commands and scripts, handed along so that files do not hold each other. */
export interface Judge {
  command(scene: Scene, command: ShellCommand): Sight;
  script(scene: Scene, script: ShellScript): Sight;
}

/** Cannot fail. */
export const blind: Sight = { status: "never", ends: "never", checks: [] };

const order: readonly Strength[] = ["never", "weak", "checks", "always"];

/** Fails when either does. */
export function either(...strengths: readonly Strength[]): Strength {
  let most = 0;
  for (const strength of strengths) most = Math.max(most, order.indexOf(strength));
  return order[most] ?? "never";
}

/** Fails when both do. */
export function both(first: Strength, second: Strength): Strength {
  return order[Math.min(order.indexOf(first), order.indexOf(second))] ?? "never";
}

/** The strength of one that decides but always fails or never does. */
export function atMostChecks(strength: Strength): Strength {
  return both(strength, "checks");
}

/** What a command tells that is only reached when the one before passed. */
export function reached(before: Strength, strength: Strength): Strength {
  if (before === "always") return "never";
  if (before === "never") return strength;
  return strength === "always" ? atMostChecks(before) : strength;
}

/** True when a failure tells something. */
export function tells(strength: Strength): boolean {
  return strength === "checks" || strength === "weak";
}

/** `checks` made `weak`: it passes in cases it should not. */
export function weakened(strength: Strength): Strength {
  return strength === "checks" ? "weak" : strength;
}

/** The place of a command in the block. */
export function placeIn(scene: Scene, span: Span): Span {
  return scene.fixed ?? { start: span.start, end: span.end };
}

/** The text of a command as written. */
export function textIn(scene: Scene, span: Span): string {
  return scene.text.slice(span.start, span.end);
}

/** Notes that the failures of these checks are not seen; `printed`: a verdict is printed in their place. */
export function noteMasked(scene: Scene, checks: readonly SeenCheck[], why: string, printed = false): void {
  for (const check of checks) {
    if (!tells(check.strength)) continue;
    const spoils = givesVerdict(check.kind) || printed;
    scene.notes.push({ reason: `${shorten(check.text)}: ${why}`, span: check.span, masked: true, spoils });
  }
}

/** Notes why a command proves nothing. */
export function noteBlind(scene: Scene, span: Span, reason: string): void {
  scene.notes.push({ reason, span: placeIn(scene, span), masked: false, spoils: false });
}

/** A command in backticks, on one line, not too long. */
export function shorten(text: string): string {
  const line = text.trim().replace(/\s+/g, " ");
  return `\`${line.length > 60 ? `${line.slice(0, 57)}...` : line}\``;
}
