import type { Expectation } from "#model/plan";
import type { Claim } from "#model/understanding";
import type { CheckKind } from "../vacuity/recognised-checks.ts";

/** A known check that stands unmasked in blocks that run. */
export interface PlannedCheck {
  readonly kind: CheckKind;
  /** Name of the tool, as it stands in the command: `pytest`, `npm test`. */
  readonly tool: string;
}

/** A command that tells the version of a tool. */
export interface VersionProbe {
  readonly tool: string;
  readonly command: string;
}

/** What an outcome is read with. */
export interface ClaimScene {
  /** Known checks of the blocks the outcome speaks of. */
  readonly checks: readonly PlannedCheck[];
  /** Known checks of the whole plan. */
  readonly planChecks: readonly PlannedCheck[];
  /** Commands of the outcome's blocks that tell versions. */
  readonly probes: readonly VersionProbe[];
  /** The command an expectation written as a comment belongs to. */
  readonly command?: string;
  readonly form?: Expectation["form"];
}

/** What a pattern made of an outcome: claims that say all of it, or one that nearly fits. */
export interface ClaimFit {
  readonly claims: readonly Claim[];
  readonly why: string;
  /** True when the claims say less or more than the text: they are only offered. */
  readonly near?: boolean;
}

/** One form of promise. Gives undefined when the text has another form. */
export interface ClaimPattern {
  readonly name: string;
  /** Cheap: false when no text of this form can be meant, so that the form itself need not be tried. */
  isCued(text: string, scene: ClaimScene): boolean;
  /** Reads a single statement, trimmed, without its full stop. */
  fit(text: string, scene: ClaimScene): ClaimFit | undefined;
}
