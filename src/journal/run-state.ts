import type { ShellProcess } from "#model/ports";
import type { Evidence, OutputEvidence, RunSetting, Verdict } from "#model/run";
import type { RiskSighting, UnitRecord } from "#model/understanding";

/** A block that was started and has no end yet. */
export interface OpenBlock {
  readonly unit: string;
  readonly block: string;
  readonly role: "action" | "verification" | "service";
  readonly attempt: number;
  readonly risk: string;
  readonly spool: string;
  readonly state?: string;
  /** State file it left when it was interrupted, where one was captured. */
  readonly left?: string;
  readonly ask?: boolean;
  readonly process?: ShellProcess;
}

/** Evidence with the setting of the stretch of work it comes from. */
export interface SettledEvidence extends Evidence {
  readonly setting?: RunSetting;
}

/** How far the latest attempt at a unit came. */
export interface UnitProgress {
  readonly attempt: number;
  /** Blocks that ended, in order. */
  readonly ended: readonly SettledEvidence[];
  /** State files after each of them, by index; absent where none was captured. */
  readonly states: readonly (string | undefined)[];
  /** Verifications that were asked about it since, each with its latest answer. */
  readonly asked: readonly SettledEvidence[];
  /** Digests of the declared files before its first block. */
  readonly before?: Readonly<Record<string, string>>;
  /** False once the attempt has a verdict. */
  readonly active: boolean;
  /** Attempts before it, in order, with the blocks that ended in each. */
  readonly earlier?: readonly { readonly attempt: number; readonly ended: readonly Evidence[] }[];
}

/** A process that outlived its block. */
export interface Leftover extends ShellProcess {
  readonly unit: string;
  readonly block?: string;
  /** The private directory a service prints to; absent for what is no service. */
  readonly service?: string;
}

/** What a service printed until it was ended. */
export interface ServiceLog {
  readonly block: string;
  readonly at: string;
  readonly output: OutputEvidence;
}

/** How long the last attempt at a unit that ran and was verified took. */
export interface TookTime {
  /** What was run and verified then. */
  readonly subject: string;
  readonly durationMs: number;
  readonly at: string;
}

/** Everything a journal says, after all its events. */
export interface RunState {
  readonly run: string;
  readonly plan: string;
  readonly path: string;
  readonly planHash: string;
  /** Of the present stretch of work. */
  readonly setting?: RunSetting;
  /** True when records of earlier runs no longer count. */
  readonly over: boolean;
  readonly startedAt: string;
  /** Paths that differed from the last commit before it ran anything; absent where that is not known. */
  readonly changed?: readonly string[];
  /** True while work that people ticked before the first run is still asked its verifications. */
  readonly taking: boolean;
  /** True when a former journal was damaged: every step is asked its verification before it is run. */
  readonly recovering: boolean;
  readonly units: ReadonlyMap<string, UnitRecord>;
  readonly progress: ReadonlyMap<string, UnitProgress>;
  /** State file a unit's last action left, where one was captured. */
  readonly endStates: ReadonlyMap<string, string>;
  readonly open?: OpenBlock;
  /** By unit, actions whose end is not known: the process is gone without a result, or was interrupted. */
  readonly unsettled: ReadonlyMap<string, OpenBlock>;
  /** Processes that outlived their blocks and were neither ended nor kept, with the unit that started them. */
  readonly leftovers: readonly Leftover[];
  /** Processes that outlive the run because their blocks say so. */
  readonly kept: readonly ShellProcess[];
  /** By unit, what its services printed until they were ended, the last of each block. */
  readonly logs: ReadonlyMap<string, readonly ServiceLog[]>;
  /** What was last seen of the triggers of risks. */
  readonly risks: ReadonlyMap<string, RiskSighting>;
  /** By unit, how long its last successful attempt took. */
  readonly took: ReadonlyMap<string, TookTime>;
  readonly ended?: { readonly verdict: Verdict; readonly exitCode: number };
  readonly interrupted: boolean;
  readonly head: string;
}

/** The state before the first event. */
export const emptyRun: RunState = {
  run: "",
  plan: "",
  path: "",
  planHash: "",
  over: false,
  startedAt: "",
  taking: false,
  recovering: false,
  units: new Map(),
  progress: new Map(),
  endStates: new Map(),
  unsettled: new Map(),
  leftovers: [],
  kept: [],
  logs: new Map(),
  risks: new Map(),
  took: new Map(),
  interrupted: false,
  head: "",
};
