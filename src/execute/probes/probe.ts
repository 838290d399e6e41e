import type { Claim, ClaimOf } from "#model/claim";
import type { Files, Git, Machine } from "#model/ports";
import type { Evidence } from "#model/run";

export type { ClaimOf } from "#model/claim";

/** What a claim is carried out with. Nothing here starts a program of the plan. */
export interface ProbeScene {
  readonly files: Files;
  readonly root: string;
  /** Absolute directories that relative paths are looked for in, the workspace first. */
  readonly directories: readonly string[];
  /** Recorded results of the plan's own commands, latest first: the step's own before those of other steps. */
  readonly results: readonly RecordedResult[];
  /** True when the results of other steps may be used too. */
  readonly ownUnit: string | undefined;
  readonly machine: Pick<Machine, "which" | "isPortOpen" | "answerOf" | "environment">;
  readonly git: () => Git;
  /** Background blocks of the plan that this run started. */
  readonly services: readonly ServiceState[];
  /** Workspace-relative paths that the program itself writes: the plan and its receipt. */
  readonly ownFiles: readonly string[];
  /** Reads YAML; undefined for what is none. */
  readonly readYaml: (text: string) => Promise<{ readonly value: unknown } | undefined>;
}

/** A background block, and whether a process of it still runs. */
export interface ServiceState {
  readonly text: string;
  readonly alive: boolean;
}

/** A recorded result: a block that ran, of a step or task. */
export interface RecordedResult {
  readonly unit: string;
  readonly evidence: Evidence;
  /** The block's text; for a verification the statements stand in `evidence.commands`. */
  readonly text: string;
  /** Names of unmasked recognised checks in the block. */
  readonly recognised: readonly string[];
  /** Statements of the block at its top level, as written. */
  readonly statements: readonly string[];
}

/** What was found. */
export interface Observation {
  readonly holds: boolean;
  /** Nothing was found to decide by. */
  readonly undecided?: boolean;
  readonly observed: string;
}

/** Carries out claims of one kind. */
export type ClaimProbe<K extends Claim["kind"]> = (
  claim: ClaimOf<K>,
  scene: ProbeScene,
) => Observation | Promise<Observation>;

/** An observation that decides nothing. */
export function undecided(observed: string): Observation {
  return { holds: false, undecided: true, observed };
}
