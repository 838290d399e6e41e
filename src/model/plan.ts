import type {
  Annotation,
  Box,
  Bullet,
  Control,
  Effort,
  Field,
  FrontMatter,
  Mention,
  Outcome,
  PlanBlock,
  Section,
  StatusMark,
  TextAt,
} from "./plan-text.ts";
import type { Range } from "./source.ts";

export type * from "./plan-text.ts";

/** One execution step. */
export interface Step {
  /** As written; by position when the document gives none. */
  readonly number: string;
  readonly title: string;
  readonly range: Range;
  /** Place of the line that names the step. */
  readonly head: Range;
  readonly prose: readonly TextAt[];
  readonly blocks: readonly PlanBlock[];
  readonly outcomes: readonly Outcome[];
  readonly mentions: readonly Mention[];
  /** Paths in backticks or after `File:` in the step's prose. */
  readonly files: readonly TextAt[];
  /** The annotation before or inside the line that names the step. */
  readonly annotation?: Annotation;
}

/** One task of a phase. */
export interface Task {
  /** `TASK-1.2` as written, or `P0.3` (phase, ordinal) for a task without an id. */
  readonly id: string;
  readonly hasId: boolean;
  readonly name: string;
  readonly range: Range;
  readonly nameRange: Range;
  readonly box?: Box;
  readonly hours?: Effort;
  readonly files: readonly TextAt[];
  readonly verify: readonly TextAt[];
  readonly targets: readonly TextAt[];
  readonly details: readonly Bullet[];
  readonly blocks: readonly PlanBlock[];
  readonly status?: StatusMark;
  readonly annotation?: Annotation;
}

/** One phase of the task list. */
export interface Phase {
  /** As written, such as `1` or `2.1`. */
  readonly number: string;
  readonly name: string;
  readonly range: Range;
  readonly heading: Range;
  readonly hours?: Effort;
  readonly status?: StatusMark;
  readonly tasks: readonly Task[];
}

/** A bound on a version, such as `3.11+` or `>= 20, < 23`. */
export interface VersionBound {
  readonly operator: ">=" | ">" | "<=" | "<" | "=";
  readonly version: string;
}

/** One prerequisite bullet. */
export interface Prerequisite {
  readonly kind: "tool" | "file" | "knowledge" | "variable" | "service" | "environment";
  readonly text: string;
  readonly range: Range;
  /** Tool, path, variable or service name when the text gives one. */
  readonly name?: string;
  readonly bounds: readonly VersionBound[];
  readonly access?: "read" | "write" | "read-write";
  readonly port?: number;
  readonly optional: boolean;
}

/** A list with the words above it: `**After Phase 1:**` and its boxes. */
export interface Checklist {
  readonly title: string;
  readonly range: Range;
  /** The phase number it names, when it names one. */
  readonly phase?: string;
  readonly items: readonly Bullet[];
}

/** A labelled list of the Context section. */
export interface ContextGroup {
  readonly title: string;
  readonly range: Range;
  readonly status?: StatusMark;
  /** Ids after `(from …)`. */
  readonly sources: readonly TextAt[];
  readonly items: readonly Bullet[];
}

/** A path of the declared file tree. */
export interface TreeEntry {
  readonly path: string;
  readonly kind: "file" | "directory";
  readonly comment?: string;
  readonly range: Range;
}

/** One module of the Module Specifications. */
export interface ModuleSpecification {
  readonly number?: string;
  readonly name: string;
  readonly range: Range;
  readonly file?: TextAt;
  readonly purpose?: string;
  readonly classes: readonly string[];
  readonly functions: readonly string[];
  readonly dependencies: readonly string[];
}

/** One row of the Configuration Parameters. */
export interface ConfigurationParameter {
  readonly name: TextAt;
  readonly type?: string;
  readonly default?: string;
  readonly description?: string;
  readonly source?: TextAt;
  readonly range: Range;
}

/** One row of the BDD Scenario Mapping. */
export interface ScenarioMapping {
  readonly document: TextAt;
  readonly scenario: TextAt;
  readonly implementation?: TextAt;
  readonly verification?: TextAt;
  /** `path:line` of the verification method when it has that form. */
  readonly test?: { readonly path: string; readonly line?: number };
  readonly range: Range;
}

/** What follows from a plan, with the label it stands under (`Code Implementation`). */
export interface DownstreamItem extends TextAt {
  readonly group?: string;
}

/** A Markdown link. */
export interface Link {
  readonly text: string;
  readonly target: string;
  readonly range: Range;
  /** Title of the labelled group it stands in. */
  readonly group?: string;
  readonly section?: string;
}

/** One risk. */
export interface Risk {
  readonly number?: string;
  readonly title: string;
  readonly kind?: string;
  readonly range: Range;
  readonly description?: string;
  readonly likelihood?: Field<"high" | "medium" | "low">;
  readonly impact?: Field<"high" | "medium" | "low">;
  /** By what one sees that it comes about. */
  readonly trigger?: TextAt;
  readonly mitigation: readonly Bullet[];
}

/** One line of the Success Criteria. */
export interface Criterion {
  readonly text: string;
  readonly range: Range;
  readonly group?: string;
  readonly box?: Box;
  /** `≥85%`, `0 errors`, `p95 < 50 ms`: a number with its bound. */
  readonly target?: {
    readonly operator: ">=" | ">" | "<=" | "<" | "=";
    readonly value: number;
    readonly unit?: string;
  };
  /** `[X/Y]` or `12/14` written as done over all. */
  readonly ratio?: { readonly done?: number; readonly total?: number; readonly range: Range };
  /** A verdict someone wrote into the line (`✅`, `❌`, `✅/❌`). */
  readonly mark?: StatusMark;
  readonly annotation?: Annotation;
}

/** One entry of Troubleshooting. */
export interface TroubleshootingEntry {
  readonly number?: string;
  readonly title: string;
  readonly range: Range;
  readonly symptom?: string;
  readonly cause?: string;
  readonly solution?: string;
}

/** A row of the Glossary. */
export interface GlossaryTerm {
  readonly term: string;
  readonly definition: string;
  readonly range: Range;
}

/** A tag as written in the document. */
export interface Tag {
  /** Normal tag name, aliases resolved: `brd`, `ctr`, … */
  readonly type: string;
  /** Name as written. */
  readonly name: string;
  /** Document id; absent for `null` and for what is no id. */
  readonly document?: string;
  readonly element?: string;
  /** The value as written. */
  readonly raw: string;
  /** False in examples. */
  readonly live: boolean;
  readonly optional: boolean;
  /** Place of the value; the name's place is `nameRange`. */
  readonly range: Range;
  readonly nameRange: Range;
  readonly where: "line" | "list" | "fence" | "table" | "gherkin" | "yaml" | "comment";
}

/** Marks that sessions of work leave in plans. */
export interface SessionMarkers {
  readonly resumeHere?: Range;
  readonly currentState?: TextAt;
  readonly next?: TextAt;
  readonly completed: readonly { readonly text: string; readonly at?: string; readonly range: Range }[];
}

/** The whole IPLAN document. What the document does not have is absent or empty, never invented. */
export interface Plan {
  readonly path: string;
  /** From the control table, else the title, else the file name. */
  readonly id?: string;
  readonly title?: TextAt;
  readonly name?: string;
  /** Part number of a split plan, from the file name. */
  readonly part?: number;
  readonly template: boolean;
  readonly sections: readonly Section[];
  readonly frontMatter?: FrontMatter;
  readonly control?: Control;
  readonly position?: TextAt;
  readonly objective?: TextAt;
  readonly deliverables: readonly Bullet[];
  readonly currentState: readonly ContextGroup[];
  readonly previousWork: readonly Bullet[];
  readonly decisions: readonly ContextGroup[];
  readonly phases: readonly Phase[];
  readonly prerequisites: readonly Prerequisite[];
  readonly steps: readonly Step[];
  readonly checklists: readonly Checklist[];
  readonly fileTree: readonly TreeEntry[];
  readonly modules: readonly ModuleSpecification[];
  readonly configuration: readonly ConfigurationParameter[];
  readonly scenarioMapping: readonly ScenarioMapping[];
  readonly tags: readonly Tag[];
  readonly links: readonly Link[];
  readonly upstream: readonly Link[];
  readonly downstream: readonly DownstreamItem[];
  readonly related: readonly Link[];
  readonly risks: readonly Risk[];
  readonly criteria: readonly Criterion[];
  readonly references: readonly Link[];
  readonly glossary: readonly GlossaryTerm[];
  readonly commandReference: readonly PlanBlock[];
  readonly troubleshooting: readonly TroubleshootingEntry[];
  readonly nextActions: readonly TextAt[];
  readonly markers: SessionMarkers;
  /** Every fence of the document in order, those of steps and tasks included. */
  readonly blocks: readonly PlanBlock[];
  /** Every annotation, attached or not. */
  readonly annotations: readonly Annotation[];
}
