import type { CriterionRow, ScenarioRow } from "#model/figures";
import type { Verdict } from "#model/run";
import type { ShownScore } from "../scores.ts";
import type { ShownSignature } from "../signatures.ts";

/** Everything the report page shows. The same report gives the same bytes. */
export interface Report {
  /** Name and version of the program. */
  readonly tool: string;
  /** When the last of what it shows was recorded, ISO 8601; absent when nothing was. */
  readonly asOf?: string;
  /** The one plan it is about; absent for a whole workspace. */
  readonly about?: string;
  readonly documents: number;
  /** Worst first. */
  readonly plans: readonly ReportPlan[];
  readonly trace: ReportTrace;
  readonly findings: ReportFindings;
  readonly readiness: readonly ShownScore[];
}

/** A plan with everything that is known of it. */
export interface ReportPlan {
  readonly id: string;
  readonly title: string;
  readonly path: string;
  /** The word in the document. */
  readonly status?: string;
  readonly verdict: Verdict;
  readonly counts: Readonly<Partial<Record<Verdict, number>>>;
  readonly phases: readonly ReportPhase[];
  readonly steps: readonly ReportStep[];
  /** Deliverables, checklist items and criteria; without those that stand among the criteria. */
  readonly items: readonly ReportItem[];
  /** What was promised in figures, with what the reports of tools show now. */
  readonly criteria: readonly CriterionRow[];
  readonly scenarios: readonly ScenarioRow[];
  readonly signed: readonly ShownSignature[];
  readonly notes: readonly {
    readonly kind: string;
    readonly text: string;
    readonly at: string;
    readonly actor: string;
  }[];
  /** Where journals are not what was written. */
  readonly damage: readonly string[];
  /** The next thing to do, as a command. */
  readonly next?: { readonly title: string; readonly command: string };
  /** What speaks for it: a journal of this machine, the receipt, or nothing yet. */
  readonly source: "journal" | "receipt" | "both" | "nothing";
  /** Set when the plan could not be read. */
  readonly problem?: string;
}

/** A phase with its tasks. */
export interface ReportPhase {
  readonly number: string;
  readonly name: string;
  readonly verdict: Verdict;
  readonly tasks: readonly (ReportItem & { readonly id: string })[];
}

/** A step with what it left behind. */
export interface ReportStep {
  readonly number: string;
  readonly title: string;
  readonly verdict: Verdict;
  readonly reason: string;
  readonly attempts: number;
  readonly durationMs?: number;
  readonly at?: string;
  readonly blocks: readonly ReportBlock[];
  readonly outcomes: readonly ReportItem[];
  /** Digests of outputs where the outputs themselves are on another machine. */
  readonly digests: readonly string[];
}

/** What one block did. */
export interface ReportBlock {
  readonly role: string;
  readonly attempt?: number;
  /** Its text, or its statements with how each ended. */
  readonly commands: readonly { readonly text: string; readonly ended: string; readonly passed: boolean }[];
  readonly ended: string;
  readonly passed: boolean;
  readonly durationMs: number;
  readonly digest?: string;
  readonly bytes?: number;
  /** The last lines it printed, secrets taken out. */
  readonly tail: string;
  readonly cut: boolean;
}

/** A deliverable, outcome, checklist item, criterion or task. */
export interface ReportItem {
  readonly text: string;
  readonly verdict: Verdict;
  readonly reason: string;
}

/** How well something below answers for an artifact. */
export type Answered = "not-asked" | "deep" | "shallow" | "nothing";

/** A document or element with the chain it stands in. */
export interface ReportArtifact {
  readonly id: string;
  readonly type: string;
  readonly title: string;
  readonly path: string;
  readonly line: number;
  /** Places of its parents in the list of artifacts. */
  readonly parents: readonly number[];
  readonly answered: Answered;
  readonly verdict?: Verdict;
}

/** A link that leads nowhere, or not where it may. */
export interface ReportBreak {
  readonly from: string;
  readonly tag: string;
  readonly to: string;
  readonly status: string;
  readonly path: string;
  readonly line: number;
}

/** Artifacts, and how they hang together. */
export interface ReportTrace {
  /** Sorted; elements follow their documents. */
  readonly artifacts: readonly ReportArtifact[];
  readonly links: number;
  readonly breaks: readonly ReportBreak[];
  readonly coverage: readonly {
    readonly from: string;
    readonly by: string;
    readonly demanded: boolean;
    readonly total: number;
    readonly covered: number;
    readonly deep: number;
  }[];
}

/** Findings of all rules, errors first. */
export interface ReportFindings {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly waived: number;
  readonly list: readonly {
    readonly severity: "error" | "warning" | "info";
    readonly rule: string;
    readonly message: string;
    readonly path: string;
    readonly line: number;
  }[];
}
