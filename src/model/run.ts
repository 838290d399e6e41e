/** Verdicts from worst to best: of a whole, the worst part wins. */
export const verdictOrder = [
  "failed",
  "unknown",
  "suspect",
  "stale",
  "unverifiable",
  "handoff",
  "manual",
  "pending",
  "skipped",
  "verified",
] as const;

/** What is known of a step, task, deliverable, item or criterion. */
export type Verdict = (typeof verdictOrder)[number];

/** The worst of several verdicts; undefined for none. */
export function worstVerdict(verdicts: Iterable<Verdict>): Verdict | undefined {
  const seen = new Set(verdicts);
  return verdictOrder.find((verdict) => seen.has(verdict));
}

/** Who did something: a person or an assistant, as the environment tells. */
export interface Actor {
  readonly kind: "person" | "assistant" | "unattended";
  /** `user@host` or the assistant's name. */
  readonly name: string;
}

/** A JSON value, as the journal and the receipt store it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Output of one command, kept by digest. Sizes in bytes. */
export interface OutputEvidence {
  /** `sha256:<hex>` of the redacted bytes. */
  readonly digest: string;
  readonly bytes: number;
  /** Workspace-relative path of the redacted copy, when kept. */
  readonly file?: string;
}

/** How a shell process ended. */
export interface ShellExit {
  readonly status?: number;
  readonly signal?: string;
  readonly timedOut?: boolean;
  readonly interrupted?: boolean;
}

/** The result of one statement of a verification or of one action block. */
export interface CommandResult {
  /** The command as written. */
  readonly text: string;
  readonly exit: ShellExit;
  readonly durationMs: number;
  /** The status was 141 only because the last command of a pipeline, which passed, stopped reading: `… | grep -q x`. */
  readonly cutShort?: boolean;
  /** It failed, as a later command of the block demands. */
  readonly demanded?: boolean;
  /** The shell ended well before it was its turn. */
  readonly unreached?: boolean;
  /** What its own output tells. */
  readonly reading?: OutputReading;
  /** Where its output stands in the redacted output, in bytes, end exclusive. */
  readonly output?: { readonly start: number; readonly end: number };
}

/** What an attempt at an action or a verification left behind as proof. */
export interface Evidence {
  /** `sha256:<hex>` of the block's text. */
  readonly block: string;
  /** `service`: a background block that was started again for a run that goes on. */
  readonly role: "action" | "verification" | "claim" | "service";
  /** Directory the shell ended in: workspace-relative (`.` for the root) inside the workspace, else absolute. */
  readonly directory?: string;
  /** Names of the variables exported at the end. */
  readonly exported?: readonly string[];
  /** The text of an action as it was run; a verification has its commands. */
  readonly text?: string;
  /** Names of the variables its text reads. */
  readonly variables?: readonly string[];
  /** Versions of what carried it out, by name. */
  readonly tools?: Readonly<Record<string, string>>;
  readonly exit?: ShellExit;
  /** Why what the block started is not ready, in words that follow `its action`; the exit says that it failed. */
  readonly unready?: string;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly output?: OutputEvidence;
  readonly commands?: readonly CommandResult[];
  readonly claims?: readonly ClaimResult[];
  /** What the output itself tells: a tool's counts, or lines that contradict an exit status of 0. */
  readonly reading?: OutputReading;
}

/** Who worked, with what and on what, as it was when a stretch of work began; git is asked then, not per block. */
export interface RunSetting {
  readonly actor: Actor;
  /** Version of iplan. */
  readonly tool: string;
  readonly planHash: string;
  readonly commit?: string;
  readonly dirty?: boolean;
}

/** What the output of a block tells beyond its exit status. */
export interface OutputReading {
  /** Summaries of test runners, counts added up per tool. */
  readonly summaries: readonly TestSummary[];
  /** First lines that speak of failure (❌, FAIL, `Error:` at their start), at most five. */
  readonly alarms: readonly string[];
  /** What a passed check should have gone through or searched, and is not there. */
  readonly missing?: readonly string[];
}

/** The counts of a test runner's own summary. */
export interface TestSummary {
  readonly tool: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** What a claim was found to be. */
export interface ClaimResult {
  readonly text: string;
  readonly holds: boolean;
  /** Set when nothing was found to decide by; `holds` is false then, but nothing failed. */
  readonly undecided?: boolean;
  /** What was looked at and seen, in one line. */
  readonly observed: string;
}

/**
 * Why something that is called done is no longer true, or never was: its check fails, its text changed, nothing can ask it here, people
 * ticked it by hand, or the receipt speaks of work that nothing shows.
 */
export type DriftKind =
  | "failed"
  | "stale"
  | "cannot-be-asked"
  | "tick-without-receipt"
  | "receipt-unbacked"
  | "receipt-differs"
  | "journal-damaged";

/** Events of a journal. `plan` is the artifact id; `unit` the key of a step, task or item. */
export type JournalEventBody =
  | {
      readonly type: "run-started";
      readonly plan: string;
      readonly path: string;
      readonly planHash: string;
      readonly actor: Actor;
      readonly tool: string;
      readonly commit?: string;
      readonly dirty?: boolean;
      readonly approved: string;
      /** Paths that differed from the last commit before anything ran; absent where there were too many to name, or no git. */
      readonly changed?: readonly string[];
      /** Set when the run starts over: records of earlier runs no longer count. */
      readonly over?: boolean;
    }
  | {
      readonly type: "run-resumed";
      /** Where the document lies now, when it was moved. */
      readonly path?: string;
      readonly actor: Actor;
      readonly planHash: string;
      readonly tool: string;
      readonly commit?: string;
      readonly dirty?: boolean;
      readonly approved: string;
    }
  | {
      readonly type: "block-started";
      readonly unit: string;
      readonly block: string;
      readonly role: "action" | "verification" | "service";
      readonly attempt: number;
      readonly risk: string;
      readonly spool: string;
      readonly state?: string;
      /** Subject of the unit at that time. */
      readonly subject?: string;
      /** Before the first block of an attempt: digests of those declared files of its step that were there. */
      readonly files?: Readonly<Record<string, string>>;
      /** Set when the block starts from a fresh session though a former block left a state, and why. */
      readonly stateNote?: string;
      /** Set when a verification is asked about work whose end is not known, before anything is run again. */
      readonly ask?: boolean;
    }
  | {
      readonly type: "block-running";
      readonly unit: string;
      readonly block: string;
      readonly attempt: number;
      readonly pid: number;
      readonly processStart: string;
    }
  | {
      readonly type: "block-ended";
      readonly unit: string;
      readonly block: string;
      readonly attempt: number;
      readonly evidence: Evidence;
      readonly state?: string;
      readonly stateNote?: string;
      readonly adopted?: boolean;
      readonly ask?: boolean;
    }
  | {
      readonly type: "verdict";
      readonly unit: string;
      readonly kind: "step" | "task" | "phase" | "item" | "plan";
      readonly verdict: Verdict;
      readonly reason: string;
      readonly subject: string;
      readonly evidence: readonly string[];
      readonly claims?: readonly ClaimResult[];
      readonly files?: Readonly<Record<string, string>>;
      /** Where its verification starts, as `Evidence` has it. */
      readonly directory?: string;
      readonly exported?: readonly string[];
    }
  | { readonly type: "skipped"; readonly unit: string; readonly reason: string; readonly subject?: string }
  | { readonly type: "handoff"; readonly unit: string; readonly reason: string }
  | {
      readonly type: "note";
      readonly kind: "deviation" | "decision" | "blocker" | "release";
      readonly text: string;
      readonly actor: Actor;
      readonly unit?: string;
      /** Workspace-relative path of the plan. */
      readonly path?: string;
    }
  | {
      readonly type: "signed";
      readonly unit: string;
      readonly subject: string;
      readonly verdict: "verified";
      readonly override: boolean;
      readonly reason: string;
      readonly actor: Actor;
      readonly path?: string;
    }
  | {
      /** The trigger of a risk was looked at, and is not what it was before. */
      readonly type: "risk";
      readonly unit: string;
      readonly subject: string;
      readonly active: boolean;
      readonly observed: string;
    }
  | {
      /** A unit that somebody had taken was given back; times are ISO 8601. */
      readonly type: "worked";
      readonly unit: string;
      readonly from: string;
      readonly to: string;
      readonly actor: Actor;
      readonly path?: string;
    }
  | {
      /** The plan's files are in a commit, which `iplan commit` made or found. */
      readonly type: "committed";
      readonly commit: string;
      readonly subject: string;
      /** First line of the message; absent for a commit that was found. */
      readonly title?: string;
      /** Steps and tasks whose work was to commit, with what they rested on. */
      readonly units: Readonly<Record<string, string>>;
      /** Digests of the files that were committed. */
      readonly files: Readonly<Record<string, string>>;
      /** Set when the plan was not green, with the person's reason. */
      readonly override: boolean;
      readonly reason?: string;
      readonly actor: Actor;
      readonly path?: string;
    }
  | {
      readonly type: "leftover";
      readonly unit: string;
      readonly processes: readonly { readonly pid: number; readonly startTime: string }[];
      readonly action: "listed" | "terminated" | "kept";
      /** The block that started them. */
      readonly block?: string;
      /** Set for a service; where its output goes as long as it lives. */
      readonly service?: string;
      /** What a service printed until it was ended. */
      readonly output?: OutputEvidence;
    }
  | {
      /** Steps were moved or renumbered in the document: what is known of them goes by their new keys from here on. */
      readonly type: "units-moved";
      readonly moves: readonly { readonly from: string; readonly to: string }[];
    }
  | {
      /** A block that an earlier process started is gone and left no result. */
      readonly type: "block-lost";
      readonly unit: string;
      readonly block: string;
    }
  | {
      /** A block that was about to start and could not: nothing of it ran. */
      readonly type: "block-refused";
      readonly unit: string;
      readonly block: string;
      readonly reason: string;
    }
  | {
      /** An action whose end was not known is done: its own verification, asked just before, says so. */
      readonly type: "block-proved";
      readonly unit: string;
      readonly block: string;
      readonly attempt: number;
      readonly reason: string;
      /** The shell state later blocks start from: what the block left, or the state before it; absent for a fresh session. */
      readonly state?: string;
      /** Set when it is the state before the block. */
      readonly stateNote?: string;
    }
  | {
      /** From this step on everything is run: what people had ticked before was asked its verifications up to here. */
      readonly type: "takeover-ended";
      readonly unit: string;
    }
  | {
      /** A former journal of the plan is not what was written. It was put aside; every step is asked before it is believed or run. */
      readonly type: "journal-damaged";
      /** Workspace-relative paths: where it lay, and where it lies now. */
      readonly file: string;
      readonly kept: string;
      readonly line: number;
      readonly event: number;
      readonly kind: string;
    }
  | {
      /** All that was called done was asked again. */
      readonly type: "audited";
      /** How many units were asked, and how many of them held. */
      readonly asked: number;
      readonly held: number;
      readonly drift: readonly { readonly unit: string; readonly drift: DriftKind; readonly reason: string }[];
    }
  | { readonly type: "interrupted"; readonly signal: string }
  | { readonly type: "run-ended"; readonly verdict: Verdict; readonly exitCode: number };

/** An event as it stands in the journal, chained to the one before. */
export type JournalEvent = JournalEventBody & {
  readonly v: 1;
  readonly run: string;
  readonly seq: number;
  /** ISO 8601 UTC with milliseconds. */
  readonly at: string;
  readonly prev: string;
  /** HMAC-SHA256 in hex under the workspace's key over the canonical JSON of all other members. */
  readonly hash: string;
};

/** One line of a receipt: what any machine may know of one step, task, item or signature. */
export interface ReceiptLine {
  readonly v: 1;
  readonly kind: "step" | "task" | "phase" | "item" | "plan" | "signature" | "commit";
  readonly unit: string;
  readonly title: string;
  /** `sha256:<hex>` over the texts the verdict rests on: block, verification, outcomes. */
  readonly subject: string;
  readonly verdict: Verdict;
  readonly reason?: string;
  readonly evidence: readonly string[];
  readonly commit?: string;
  readonly actor: Actor;
  readonly at: string;
  /** `<run>:<seq>:<hash>` of the journal event the line comes from. */
  readonly journal: string;
  /** Workspace-relative directory in which a verification starts. */
  readonly directory?: string;
  /** Names of the variables exported at that time. */
  readonly exported?: readonly string[];
  readonly override?: boolean;
  /** The work of the unit was to commit, and the plan's commit is there. */
  readonly committed?: boolean;
  /** Milliseconds in which the step or task was worked on, waiting left out. */
  readonly activeMs?: number;
}
