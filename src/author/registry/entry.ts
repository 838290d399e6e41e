import type { Effort } from "#model/plan-text";
import type { Verdict } from "#model/run";

/** How one required tag of a document stands: there and resolved, there and leading nowhere, or not there. */
export type TagState = "found" | "not-found" | "missing";

/** A phase of a plan as the receipt proves it. */
export interface PhaseEntry {
  readonly number: string;
  readonly name: string;
  readonly done: number;
  readonly total: number;
  readonly estimated?: Effort;
  /** Time that was worked by the receipt. */
  readonly active?: Effort;
}

/** What only plans have. All of it comes from the document and its receipt, so that it is the same on every machine. */
export interface PlanEntry {
  readonly parents: readonly string[];
  readonly component?: string;
  readonly estimated?: Effort;
  readonly actual?: Effort;
  /** `YYYY-MM-DD`: when the receipt's last unit was verified; present only when the whole plan is. */
  readonly completed?: string;
  readonly verdict: Verdict;
  readonly phases: readonly PhaseEntry[];
  /** The unit to go on with, such as `step 3: Build`; absent when nothing is left. */
  readonly resume?: string;
  /** `YYYY-MM-DD` of the receipt's latest line. */
  readonly lastSession?: string;
  readonly blocked: boolean;
  /** Files and other words of what is deployed, as the plan says. */
  readonly deployment: readonly string[];
  /** Rows of the scenario mapping, and those of them that name a test. */
  readonly scenarios: { readonly mapped: number; readonly tested: number };
  /** Plans whose declared files or tags it builds on. */
  readonly needs: readonly string[];
}

/** One artifact of a registry. */
export interface RegistryEntry {
  readonly id: string;
  readonly type: string;
  /** Workspace-relative. */
  readonly path: string;
  readonly title: string;
  /** Other files with its id. */
  readonly copies: readonly { readonly path: string; readonly title: string }[];
  /** As the document's control table says. */
  readonly status?: string;
  /** `YYYY-MM-DD`. */
  readonly created?: string;
  /** Required tags of the layer by tag name, in order of layers. */
  readonly tags: ReadonlyMap<string, TagState>;
  /** Artifacts its tags lead to, and those whose tags lead to it: ids in order, no duplicates. */
  readonly upstream: readonly string[];
  readonly downstream: readonly string[];
  /** Source and test files whose tags name it, and those that a plan says it makes; paths in order. */
  readonly code: readonly string[];
  readonly tests: readonly string[];
  /** Elements it defines; those of them that something below names, absent where nothing has to; and those that a test file names. */
  readonly elements: number;
  readonly covered?: number;
  readonly tested: number;
  /** Downstream artifacts it does not name itself, although they name it. */
  readonly unnamed: readonly string[];
  readonly plan?: PlanEntry;
}

/** How many documents of an earlier layer the documents of a type name. */
export interface SourceCoverage {
  readonly type: string;
  readonly layer: number;
  readonly total: number;
  readonly named: number;
}

/** Everything the registry documents of one type are computed from. */
export interface Registry {
  readonly type: string;
  /** What the type is, in words for people. */
  readonly title: string;
  readonly layer: number;
  /** Types its documents are made from, nearest first. */
  readonly upstreamTypes: readonly string[];
  /** By layer; types without a document are left out. */
  readonly sources: readonly SourceCoverage[];
  /** Sorted by id. */
  readonly entries: readonly RegistryEntry[];
}
