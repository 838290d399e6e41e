import type { Files } from "#model/ports";
import type { Evidence } from "#model/run";
import type { Claim } from "#model/understanding";

/** What a claim is carried out with. Nothing here starts a program. */
export interface ProbeScene {
  readonly files: Files;
  readonly root: string;
  /** Absolute directories that relative paths are looked for in, the workspace first. */
  readonly directories: readonly string[];
  /** Recorded results of the plan's own commands, latest first: the step's own before those of other steps. */
  readonly results: readonly RecordedResult[];
  /** True when the results of other steps may be used too. */
  readonly ownUnit: string | undefined;
}

/** A recorded result: a block that ran, of a step or task. */
export interface RecordedResult {
  readonly unit: string;
  readonly evidence: Evidence;
  /** The block's text; for a verification the statements stand in `evidence.commands`. */
  readonly text: string;
  /** Names of unmasked recognised checks in the block. */
  readonly recognised: readonly string[];
}

/** What was found. */
export interface Observation {
  readonly holds: boolean;
  /** Nothing was found to decide by. */
  readonly undecided?: boolean;
  readonly observed: string;
}

/** The claim of one kind. */
export type ClaimOf<K extends Claim["kind"]> = Extract<Claim, { kind: K }>;

/** Carries out claims of one kind. */
export type ClaimProbe<K extends Claim["kind"]> = (claim: ClaimOf<K>, scene: ProbeScene) => Observation;

/** An observation that decides nothing. */
export function undecided(observed: string): Observation {
  return { holds: false, undecided: true, observed };
}
