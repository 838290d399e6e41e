/** A text with the document it was taken from, as it stands there. */
export interface SourcedText {
  readonly text: string;
  /** Id of the document. */
  readonly from: string;
}

/** A piece of work as the parent describes it. */
export interface TaskFacts {
  /** Number of the task inside its phase, from 1. */
  readonly ordinal: number;
  readonly name: string;
  /** Element of the parent that describes it: `PHASE-1.2`; absent where it has no name of its own. */
  readonly element?: string;
  /** As it is written there: `2 hours`. */
  readonly hours?: string;
  /** Paths that are named, tests among them. */
  readonly files: readonly string[];
  /** What is said of it, one line each. */
  readonly details: readonly string[];
  /** By what one sees that it is done. */
  readonly acceptance: readonly string[];
  /** Shell text that shows that it is done and fails when it is not; absent where nothing is known to run. */
  readonly verification?: string;
}

/** A phase as the parent describes it. */
export interface PhaseFacts {
  readonly number: string;
  readonly name: string;
  readonly hours?: string;
  readonly tasks: readonly TaskFacts[];
}

/** A module as a specification describes it. */
export interface ModuleFacts {
  readonly name: string;
  readonly file?: string;
  readonly purpose?: string;
  readonly classes: readonly string[];
  readonly functions: readonly string[];
  readonly dependencies: readonly string[];
  readonly from: string;
}

/** A setting as a specification describes it. */
export interface SettingFacts {
  readonly name: string;
  readonly type?: string;
  readonly default?: string;
  readonly description?: string;
  readonly from: string;
}

/** A scenario that leads to what the plan builds. */
export interface ScenarioFacts {
  readonly document: string;
  readonly title: string;
}

/** A program that the project asks for. */
export interface ToolFacts {
  readonly name: string;
  /** Least version, where the project tells one. */
  readonly version?: string;
  /** File that asks for it. */
  readonly from: string;
}

/** A risk that documents above speak of. */
export interface RiskFacts {
  readonly title: string;
  readonly description?: string;
  readonly mitigation: readonly string[];
  readonly from: string;
}

/** Everything that the chain and the project say of a plan that is to be written. Nothing in it is made up. */
export interface PlanFacts {
  /** Id of the document the plan is made from. */
  readonly parent: string;
  /** Whole effort, as the parent writes it. */
  readonly effort?: string;
  readonly phases: readonly PhaseFacts[];
  readonly modules: readonly ModuleFacts[];
  readonly settings: readonly SettingFacts[];
  readonly errors: readonly SourcedText[];
  readonly targets: readonly SourcedText[];
  readonly coverage: readonly SourcedText[];
  readonly scenarios: readonly ScenarioFacts[];
  readonly decisions: readonly SourcedText[];
  readonly tools: readonly ToolFacts[];
  readonly risks: readonly RiskFacts[];
  readonly criteria: readonly SourcedText[];
}
