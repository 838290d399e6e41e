import type { Claim } from "./claim.ts";
import type { Annotation, Box, Phase, Plan, PlanBlock, Step, Task, TextAt } from "./plan.ts";
import type { Actor, Verdict } from "./run.ts";
import type { ShellSyntax } from "./shell-syntax.ts";
import type { Range } from "./source.ts";

/** What a block is for. Only actions and verifications ever run. */
export type Role = "action" | "verification" | "scaffold" | "example" | "reference" | "handoff";

/** What a command may touch. `workspace` and `outside` are writes. */
export type RiskClass = "read" | "workspace" | "outside" | "network" | "publish" | "destructive";

/** A risk of one command, with its reason. */
export interface RiskNote {
  readonly risk: RiskClass;
  readonly command: string;
  readonly reason: string;
  readonly range: Range;
}

/** How much a verification proves. `vacuous`: it cannot fail for the reason it claims to check. */
export interface Vacuity {
  readonly kind: "checks" | "vacuous" | "unknown";
  /** Why, one line each, with the command's place. */
  readonly notes: readonly { readonly reason: string; readonly range: Range; readonly masked: boolean }[];
  /** Commands that can fail and whose failure is seen, as written. */
  readonly checks: readonly string[];
  /** Statements of the block that check something, as spans of the block's text. */
  readonly statements: readonly {
    readonly start: number;
    readonly end: number;
    readonly text: string;
    readonly checks: boolean;
    /** A later command of the block asks for its status and demands a failure. */
    readonly mayFail?: boolean;
  }[];
  /** A recognised check stands in the block unmasked: a test runner, linter, type checker, `test`, `diff`. */
  readonly recognised: readonly string[];
  /** What must be there for these checks to have looked at anything. */
  readonly premises?: readonly Premise[];
  /** It drops the verdict of a check that it pretends to ask: what else it holds proves nothing of that. */
  readonly dropsVerdict?: boolean;
  /** The verification changes files or state. */
  readonly changesState: boolean;
}

/** Something a check goes through or searches; where it is missing, the check passes without having looked. */
export interface Premise {
  /** The check, as written. */
  readonly check: string;
  /** Folder it starts in, relative to the one the verification starts in. */
  readonly directory: string;
  readonly there: Presence;
}

/** What is to be there: a path, a file with content, a match of a pattern, or a name found anywhere below folders. */
export type Presence =
  | { readonly kind: "path" | "content"; readonly path: string }
  | { readonly kind: "match"; readonly pattern: string }
  | {
      readonly kind: "found";
      readonly below: readonly string[];
      /** Name patterns, one of which must fit; none: any name. */
      readonly names: readonly string[];
      readonly of?: "file" | "directory";
    };

/** A block with its meaning. */
export interface UnderstoodBlock {
  /** The block as it runs: its text starts with the commands of its `init`. */
  readonly block: PlanBlock;
  readonly role: Role;
  /** Why it has this role, for `show --explain`. */
  readonly why: string;
  /** `sha256:<hex>` of the block's text, its `init` included. */
  readonly digest: string;
  readonly risk: RiskClass;
  readonly risks: readonly RiskNote[];
  /** Present for shell languages. */
  readonly syntax?: ShellSyntax;
  readonly vacuity?: Vacuity | undefined;
  readonly placeholders: readonly TextAt[];
  readonly settings: BlockSettings;
  /** The statement, ended by `&`, by which an action leaves a command running. */
  readonly leaves?: string;
}

/** What annotations say about a block. */
export interface BlockSettings {
  readonly id?: string;
  readonly timeoutMs?: number;
  readonly retry?: number;
  readonly background: boolean;
  readonly ready?: string;
  /** Commands that establish the session before the block's own text; part of its text wherever that is shown, approved or run. */
  readonly init?: string;
  readonly keep: boolean;
  readonly isolated: boolean;
  readonly confirm: boolean;
  readonly unsafe: boolean;
  readonly needs: readonly string[];
  readonly tasks: readonly string[];
}

export type { Claim } from "./claim.ts";

/** What was made of an outcome, deliverable, checklist item or criterion. */
export interface UnderstoodOutcome {
  /** Stable key of the item: `outcome:<step>.<n>`, `check:<n>`, `deliverable:<n>`, `tree:1`, `module:<n>`, `criterion:<n>`, `target:<n>`. */
  readonly key: string;
  readonly kind: "outcome" | "deliverable" | "check" | "criterion" | "target" | "task-verify";
  readonly text: string;
  readonly range: Range;
  readonly box?: Box;
  readonly phase?: string;
  /** All must hold. Empty: the item stays manual. */
  readonly claims: readonly Claim[];
  /** A claim that nearly fits, as the annotation one may insert. */
  readonly suggestion?: string | undefined;
  readonly why: string;
  /** `sha256:<hex>` of the text. */
  readonly digest: string;
}

/** A target of the Context section. */
export interface UnderstoodTarget extends UnderstoodOutcome {
  readonly part: "coverage-target" | "performance-target";
  /** Title of the list it stands in. */
  readonly group: string;
}

/** A tie between a step and a task or phase, with its reason. */
export interface Tie {
  readonly task?: string;
  readonly phase: string;
  readonly by: "annotation" | "mention" | "title" | "file" | "number";
}

/** A step as a unit of work. */
export interface StepUnit {
  /** Unique in the plan: `step:<number>` or `step:<annotated id>`; a repeated number gets `~2`. */
  readonly key: string;
  readonly number: string;
  readonly title: string;
  readonly step: Step;
  /** In document order: the blocks that run, actions and verifications; all others are in `others`. */
  readonly blocks: readonly UnderstoodBlock[];
  readonly others: readonly UnderstoodBlock[];
  readonly outcomes: readonly UnderstoodOutcome[];
  readonly ties: readonly Tie[];
  readonly needs: readonly string[];
  /** Files the step declares. */
  readonly files: readonly string[];
  /** `sha256:<hex>` over blocks, verifications and outcomes: what a verdict of this step rests on. */
  readonly subject: string;
  readonly risk: RiskClass;
  /** Set when the step has nothing to run: work for a person or assistant. */
  readonly handoff?: string;
}

/** A task as a unit that steps prove. */
export interface TaskUnit {
  /** `task:<id>`. */
  readonly key: string;
  readonly id: string;
  readonly phase: string;
  readonly task: Task;
  /** Keys of steps tied to the task by its own id, title or declared file. */
  readonly steps: readonly string[];
  /** Claims made of the task's `Verify:` bullets. */
  readonly verify: readonly UnderstoodOutcome[];
  /** The task's own verification blocks. */
  readonly blocks: readonly UnderstoodBlock[];
  readonly subject: string;
}

/** A phase with its units. */
export interface PhaseUnit {
  /** `phase:<number>`. */
  readonly key: string;
  readonly number: string;
  readonly phase: Phase;
  readonly tasks: readonly TaskUnit[];
  /** Keys of all steps tied to the phase or one of its tasks. */
  readonly steps: readonly string[];
}

/** A plan as a program: what runs, in which order, and what it proves. */
export interface UnderstoodPlan {
  readonly plan: Plan;
  readonly id: string;
  /** Steps in the order they run. */
  readonly steps: readonly StepUnit[];
  readonly phases: readonly PhaseUnit[];
  /** Deliverables, checklist items and criteria. */
  readonly items: readonly UnderstoodOutcome[];
  /** Coverage and performance targets of the Context section: they count once a report decides them. */
  readonly targets: readonly UnderstoodTarget[];
  /** Triggers of risks, by `risk:<n>`; they promise nothing and count for no verdict. */
  readonly triggers?: readonly UnderstoodOutcome[] | undefined;
  /** Every block of the document, those that never run included. */
  readonly blocks: readonly UnderstoodBlock[];
  /** Annotations with a key or value that means nothing. */
  readonly annotationProblems: readonly {
    readonly message: string;
    readonly range: Range;
    readonly annotation: Annotation;
  }[];
  /** `sha256` hex over the ordered commands that would run: what `trust` approves. */
  readonly approvalHash: string;
  /** `sha256:<hex>` over all subjects. */
  readonly planHash: string;
  /** Commands in order with their risks, for `trust`. */
  readonly commands: readonly PlannedCommand[];
}

/** One block as `trust` shows and approves it. */
export interface PlannedCommand {
  readonly unit: string;
  readonly role: "action" | "verification";
  readonly text: string;
  /** `sha256` hex of the text. */
  readonly sha256: string;
  readonly risk: RiskClass;
  readonly risks: readonly RiskNote[];
}

/** What is known of one unit: from the journal where it exists, else from the receipt. */
export interface UnitRecord {
  readonly verdict: Verdict;
  readonly reason: string;
  /** What the verdict rested on when it was given; another subject now means stale. */
  readonly subject: string;
  readonly at: string;
  readonly evidence: readonly string[];
  readonly attempts: number;
  readonly durationMs?: number;
  readonly signed?: {
    readonly actor: string;
    /** Whether a person sat there; a person where nobody wrote it down. */
    readonly kind?: Actor["kind"];
    readonly reason: string;
    readonly override: boolean;
  };
  /** Digests of declared files after the verification. */
  readonly files?: Readonly<Record<string, string>>;
  /** Where its verification starts, and the names exported there. */
  readonly directory?: string;
  readonly exported?: readonly string[];
  /** `<run>:<seq>:<hash>` of the event it comes from. */
  readonly journal?: string;
  /** Its work was to commit, and the plan's commit is there. */
  readonly committed?: boolean;
}

/** What was seen of a risk's trigger. */
export interface RiskSighting {
  /** Digest of the trigger's text. */
  readonly subject: string;
  readonly active: boolean;
  readonly observed: string;
  readonly at: string;
}

/** The commit that holds a plan's files. */
export interface CommitRecord {
  readonly commit: string;
  readonly at: string;
  readonly actor: Actor;
  readonly subject: string;
  readonly title?: string;
  /** Set when the plan was not green. */
  readonly override: boolean;
  readonly reason?: string;
  /** Digests of what was committed, where this machine made or found it. */
  readonly files?: Readonly<Record<string, string>>;
  readonly journal?: string;
}

/** What is known of a plan's work. */
export interface PlanRecord {
  readonly source: "journal" | "receipt" | "both";
  readonly units: ReadonlyMap<string, UnitRecord>;
  readonly lastRun?: string;
  /** When the last run that started over began: what a receipt says of steps before is forgotten. */
  readonly since?: string;
  /** A block that was started and has no end: the unit's key. */
  readonly open?: string;
  /** Paths of journals that do not carry this workspace's key: shown, never deciding. */
  readonly foreign?: readonly string[];
  /** The last commit of the plan's files. */
  readonly commit?: CommitRecord;
  /** What was last seen of the triggers of risks, by `risk:<n>`. */
  readonly risks?: ReadonlyMap<string, RiskSighting>;
  /** Milliseconds in which steps and tasks were worked on, by key. */
  readonly active?: ReadonlyMap<string, number>;
}

/** Where a plan stands: every part with its verdict. */
export interface PlanStanding {
  readonly verdict: Verdict;
  readonly steps: ReadonlyMap<string, UnitStanding>;
  readonly tasks: ReadonlyMap<string, UnitStanding>;
  readonly phases: ReadonlyMap<string, UnitStanding>;
  readonly items: ReadonlyMap<string, UnitStanding>;
  readonly counts: Readonly<Partial<Record<Verdict, number>>>;
  /** Keys, in `items`, of what was not done and is no longer in the plan. */
  readonly dropped?: readonly string[];
}

/** One part's verdict and why. */
export interface UnitStanding {
  readonly verdict: Verdict;
  readonly reason: string;
  readonly record?: UnitRecord;
}

/** Risk classes from least to most. */
export const riskOrder: readonly RiskClass[] = ["read", "workspace", "outside", "network", "publish", "destructive"];
