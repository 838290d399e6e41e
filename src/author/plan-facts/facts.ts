/** A line that tells something of a task; `depth` 1 stands under the line before it. */
export interface DetailFacts {
  readonly text: string;
  readonly depth: 0 | 1;
}

/** A piece of work as the parent describes it. Texts of all facts stand as they are written there. */
export interface TaskFacts {
  /** Id in the plan: `TASK-1.2`. */
  readonly id: string;
  readonly name: string;
  /** Element of the parent that describes it: `TASKS-001:PHASE-1.2`; absent where it has no name of its own. */
  readonly source?: string;
  /** `2 hours`. */
  readonly hours?: string;
  /** Paths that are named, tests among them. */
  readonly files: readonly string[];
  /** What is said of it, one line each. */
  readonly details: readonly DetailFacts[];
  /** By what one sees that it is done. */
  readonly acceptance: readonly string[];
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
}

/** A setting as a specification describes it. */
export interface SettingFacts {
  readonly name: string;
  readonly type?: string;
  readonly default?: string;
  readonly description?: string;
  /** Id of the specification. */
  readonly from: string;
}

/** A scenario that leads to what the plan builds. */
export interface ScenarioFacts {
  /** Id of its document. */
  readonly document: string;
  readonly title: string;
}

/** What a document above decides for the plan. */
export interface DecisionFacts {
  /** `Architecture`, `Error Handling`. */
  readonly title: string;
  readonly from: string;
  readonly items: readonly string[];
}

/** A risk that documents above speak of. */
export interface RiskFacts {
  readonly title: string;
  readonly description?: string;
  readonly mitigation: readonly string[];
  readonly from: string;
}

/** A program that the project asks for. */
export interface ToolFacts {
  readonly name: string;
  /** Bound on its version: `>=20.19`. */
  readonly version?: string;
  /** File that asks for it. */
  readonly from: string;
}

/** How a project runs its tests. */
export interface TestRunner {
  /** Programs that its commands begin with. */
  readonly tools: readonly string[];
  /** Endings of the source files it tests, dot included. */
  readonly endings: readonly string[];
  /** Runs all tests. */
  readonly suite: string;
  /** Runs the tests of these files. */
  readonly some: (files: readonly string[]) => string;
  /** Runs scenarios of a feature file, where the project has a program for it. */
  readonly scenarios?: (file: string) => string;
  /** Checks types, and style, where the project has a program for it. */
  readonly types?: string;
  readonly lint?: string;
}

/** What a project's manifests say. */
export interface ProjectFacts {
  readonly tools: readonly ToolFacts[];
  readonly runners: readonly TestRunner[];
}

/** A document of the chain. */
export interface ChainDocument {
  readonly id: string;
  readonly type: string;
  readonly path: string;
  readonly status?: string;
}

/** Everything that the chain and the project say of a plan that is to be written. Nothing in it is made up. */
export interface PlanFacts {
  /** The document the plan is made from. */
  readonly parent: ChainDocument;
  /** All documents of the chain, the nearest layer first. */
  readonly chain: readonly ChainDocument[];
  /** Whole effort, as the parent writes it. */
  readonly effort?: string;
  readonly phases: readonly PhaseFacts[];
  readonly modules: readonly ModuleFacts[];
  readonly settings: readonly SettingFacts[];
  readonly decisions: readonly DecisionFacts[];
  readonly scenarios: readonly ScenarioFacts[];
  readonly risks: readonly RiskFacts[];
  readonly criteria: readonly string[];
  readonly project: ProjectFacts;
}
