import type { Claim } from "#model/claim";
import type { Expectation } from "#model/plan";
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

/** A statement of a block that runs, or the one simple command that it consists of. */
export interface PlannedRun {
  /** As written in the block. */
  readonly text: string;
  readonly program: string;
  readonly values: readonly string[];
  /** A statement by itself, so that its end and time are recorded; not a part of one. */
  readonly alone: boolean;
  /** What kind of known check it is. */
  readonly check?: CheckKind;
}

/** What an outcome is read with. */
export interface ClaimScene {
  /** Known checks of the blocks the outcome speaks of. */
  readonly checks: readonly PlannedCheck[];
  /** Known checks of the whole plan. */
  readonly planChecks: readonly PlannedCheck[];
  /** Commands of the outcome's blocks that tell versions. */
  readonly probes: readonly VersionProbe[];
  /** Statements of the outcome's blocks. */
  readonly runs: readonly PlannedRun[];
  /** What the plan says beside: its statements, services, paths and declared files. */
  readonly plan: ClaimGround;
  /** The command an expectation written as a comment belongs to. */
  readonly command?: string;
  readonly form?: Expectation["form"];
}

/** What a plan says that sentences may lean on. */
export interface ClaimGround {
  /** Statements of all blocks that run. */
  readonly runs: readonly PlannedRun[];
  /** Lines of background blocks. */
  readonly services: readonly string[];
  /** Paths that the plan names anywhere. */
  readonly paths: readonly string[];
  /** The declared file tree; empty where it has placeholders or where its top cannot be told. */
  readonly tree: readonly DeclaredPath[];
  /** Files of the declared modules. */
  readonly modules: readonly string[];
}

/** A path the plan declares. */
export interface DeclaredPath {
  readonly path: string;
  readonly kind: "file" | "directory";
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
