/** A file of another tool. */
export interface ImportFile {
  /** Workspace-relative. */
  readonly path: string;
  readonly text: string;
}

/** Tools whose plans are understood. */
export type ImportFormat = "spec-kit" | "openspec" | "kiro" | "cc-sdd" | "backlog";

/** Lines of a file that were not taken over as they stand, and why. */
export interface ImportRemark {
  readonly path: string;
  /** First and last line, from 1. */
  readonly first: number;
  readonly last: number;
  /** The first of them, as it stands. */
  readonly text: string;
  readonly why: string;
}

/** A piece of work. */
export interface ImportedTask {
  /** As its tool calls it: `T012`, `2.1`; empty where it has no name. */
  readonly label: string;
  readonly name: string;
  readonly files: readonly string[];
  readonly details: readonly string[];
  /** By what one sees that it is done. */
  readonly acceptance: readonly string[];
  /** Labels of tasks that come before it. */
  readonly needs: readonly string[];
  /** It may be done beside its neighbours. */
  readonly isParallel: boolean;
  readonly line: number;
  readonly path: string;
}

/** A stretch of work. */
export interface ImportedPhase {
  /** As its tool calls it; absent where it has no name others could depend on. */
  readonly label?: string;
  readonly name: string;
  /** What is said of it, a paragraph each. */
  readonly intro: readonly string[];
  readonly tasks: readonly ImportedTask[];
  /** What must hold after it. */
  readonly checks: readonly string[];
}

/** A list with a title. */
export interface ImportedGroup {
  readonly title: string;
  readonly items: readonly string[];
  /** Path of the file it stands in. */
  readonly path: string;
}

/** A risk and what is done about it. */
export interface ImportedRisk {
  readonly title: string;
  readonly mitigation?: string;
}

/** Everything of another tool's plan that has a place in one of ours. */
export interface ImportedPlan {
  readonly format: ImportFormat;
  readonly title?: string;
  readonly objective: readonly string[];
  readonly deliverables: readonly string[];
  readonly context: readonly ImportedGroup[];
  readonly decisions: readonly ImportedGroup[];
  readonly phases: readonly ImportedPhase[];
  /** What must hold at the end. */
  readonly checks: readonly string[];
  readonly criteria: readonly ImportedGroup[];
  readonly risks: readonly ImportedRisk[];
  /** Paths of the files it was read from. */
  readonly sources: readonly string[];
  readonly remarks: readonly ImportRemark[];
}
