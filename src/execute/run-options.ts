import type { Host } from "#model/ports";
import type { Measured } from "#model/figures";
import type { Actor, Evidence, JournalEvent, ReceiptLine } from "#model/run";
import type { PolicyDecision } from "#model/config";
import type { PlanRecord, PlannedCommand, RiskClass } from "#model/understanding";

/** What a run needs from the outside world. */
export type RunHost = Pick<
  Host,
  "files" | "shell" | "git" | "clock" | "timer" | "ids" | "hash" | "trust" | "machine" | "version"
>;

/** A verdict as the journal holds it. */
export type VerdictEvent = Extract<JournalEvent, { type: "verdict" }>;

/** What a run tells while it happens. Texts are free of secrets. */
export type RunSignal =
  | { readonly kind: "event"; readonly event: JournalEvent }
  | { readonly kind: "output"; readonly unit: string; readonly text: string }
  | { readonly kind: "notice"; readonly text: string };

/** Who runs a plan, where, and who listens. */
export interface RunContext {
  readonly host: RunHost;
  /** Absolute path of the workspace. */
  readonly root: string;
  readonly actor: Actor;
  readonly listener?: (signal: RunSignal) => void;
  /**
   * Called after each verdict; `durable` puts the verdict on disk, and must be called before a document is changed for it; `record`
   * gives everything that is remembered of the plan by then.
   */
  readonly onVerdict?: (event: VerdictEvent, durable: () => void, record: () => PlanRecord) => void | Promise<void>;
  /** Asks the person before a destructive command or one that wants confirmation; absent where nobody can be asked. */
  readonly confirm?: (command: PlannedCommand) => Promise<boolean>;
  readonly signal?: AbortSignal;
  /** What reports of the workspace make of items and targets of the plan now, by key. */
  readonly measure?: () => Promise<ReadonlyMap<string, Measured>>;
  /** Reads YAML for claims about files; undefined for what is none. */
  readonly readYaml?: (text: string) => Promise<{ readonly value: unknown } | undefined>;
}

/** What is asked of a run. Steps are named by number, key or `Step N`. */
export interface RunOptions {
  /** Starts over: earlier runs are forgotten. */
  readonly over?: boolean;
  readonly from?: string;
  readonly until?: string;
  readonly only?: string;
  readonly redo?: string;
  readonly keepGoing?: boolean;
  /** Risk classes allowed without a question, where the policy wants one. */
  readonly allow?: readonly string[];
  /** What happens to approved commands of each risk class; by default only what destroys wants a confirmation. */
  readonly policy?: Readonly<Partial<Record<RiskClass, PolicyDecision>>>;
  /** The approval hash that was reviewed: approves that very set of commands for this run. */
  readonly trust?: string;
  readonly timeoutMs?: number;
  /** Names of variables whose values are secret. */
  readonly secrets?: readonly string[];
  /** What the receipt beside the plan says; it never decides, but tells what to ask first and where to start from. */
  readonly receipt?: PlanRecord;
  /** The lines of that receipt, whose heads tell where the journals of this machine ended. */
  readonly told?: readonly ReceiptLine[];
}

/** Ten minutes, unless an annotation, an option or the config says otherwise. */
export const defaultTimeoutMs = 600_000;

/** Evidence of a block, for those who show it. */
export type BlockEvidence = Evidence;
