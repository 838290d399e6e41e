import { type Journal, openJournal } from "#journal/journal";
import { planSlug } from "#journal/plan-journals";
import type { PlanMemory } from "#journal/plan-record";
import { type Redaction, createByteRedaction, createRedaction } from "#journal/redact";
import { secretValues } from "#journal/secret-values";
import { type RunState, emptyRun } from "#journal/run-state";
import { applyEvent, replay } from "#journal/replay";
import type { StateFolders } from "#journal/workspace-state";
import type { ShellSession } from "#model/ports";
import type { JournalEvent, JournalEventBody } from "#model/run";
import type { UnderstoodPlan, UnitRecord } from "#model/understanding";
import type { RunContext, RunOptions } from "./run-options.ts";

/** A run while it happens: its plan, its journal, its shell, and the state that follows from its events. */
export interface LiveRun {
  readonly plan: UnderstoodPlan;
  readonly context: RunContext;
  readonly options: RunOptions;
  readonly memory: PlanMemory;
  /** False when nothing is approved, because nothing needs to be run. */
  readonly mayExecute: boolean;
  readonly id: string;
  readonly spool: string;
  readonly redaction: Redaction;
  readonly byteRedaction: Redaction;
  /** Takes values for secrets from here on: those a block gave to variables that are. */
  learnSecrets(values: readonly string[]): void;
  /** Versions of the tools the plan names, by name; none until they are learned. */
  readonly tools: Readonly<Record<string, string>>;
  learnTools(versions: Readonly<Record<string, string>>): void;
  /** What the journal says so far. */
  state(): RunState;
  /** What is known of a unit now: this run's word, else what was remembered. */
  unit(key: string): UnitRecord | undefined;
  record(body: JournalEventBody): JournalEvent;
  sync(): void;
  /** Resolves when what was recorded until now is on disk. */
  synced(): Promise<void>;
  /** Services that were found or made ready by this process. */
  readonly asked: Set<string>;
  /** True once the user asked to stop. */
  isInterrupted(): boolean;
  session(): Promise<ShellSession>;
  /** True once a shell was opened. */
  hasSession(): boolean;
  notice(text: string): void;
  close(): Promise<void>;
}

/** Which run is to be opened. */
export interface LiveRunRequest {
  readonly plan: UnderstoodPlan;
  readonly context: RunContext;
  readonly options: RunOptions;
  readonly memory: PlanMemory;
  readonly folders: StateFolders;
  readonly key: string;
  readonly mayExecute: boolean;
}

/** Opens the journal of the plan's last run, or of a new one, and brings the state up to its last event. */
export function openRun(request: LiveRunRequest): LiveRun {
  const { context, options, memory } = request;
  const { host } = context;
  const secrets = createSecrets(secretValues(host.machine.environment, options.secrets ?? []));
  const id = (options.over === true ? undefined : memory.run?.run) ?? `${planSlug(request.plan.id)}.${host.ids.next()}`;
  const path = `${request.folders.runs}/${id}.ndjson`;
  const { journal, events } = openJournal({ path, run: id, key: request.key, redact: secrets.text }, host);
  const spool = `${host.trust(context.root).stateDirectory()}/spool/${id}`;
  host.files.makeDirectory(spool, 0o700);
  const parts = { id, spool, secrets, journal };
  return liveRun(request, parts, replay(events));
}

interface RunParts {
  readonly id: string;
  readonly spool: string;
  readonly secrets: RunSecrets;
  readonly journal: Journal;
}

/** The redactions of a run, which learns secrets while it goes on. */
interface RunSecrets {
  readonly redaction: Redaction;
  readonly byteRedaction: Redaction;
  text(text: string): string;
  learn(values: readonly string[]): void;
}

/** Fewest characters of a value that a block gave to a secret variable, as for named ones of the environment. */
const shortestSecret = 4;

function createSecrets(known: readonly string[]): RunSecrets {
  let all = known;
  let redaction = createRedaction(all);
  let byteRedaction = createByteRedaction(all);
  return {
    get redaction() {
      return redaction;
    },
    get byteRedaction() {
      return byteRedaction;
    },
    text: (text) => redaction.text(text),
    learn(values) {
      const fresh = values.filter((value) => value.length >= shortestSecret && !all.includes(value));
      if (fresh.length === 0) return;
      all = [...all, ...fresh];
      redaction = createRedaction(all);
      byteRedaction = createByteRedaction(all);
    },
  };
}

function liveRun(request: LiveRunRequest, parts: RunParts, before: RunState): LiveRun {
  const { context, options, memory, plan } = request;
  const { journal } = parts;
  let state = before;
  let tools: Readonly<Record<string, string>> = {};
  let session: Promise<ShellSession> | undefined;
  const opening = { environment: environmentOf(context), mark: parts.id, isNewMark: before.head === emptyRun.head };
  const remembered = withoutMoved(options.over === true ? signedItems(memory) : memory.units, plan);
  const unit = (key: string): UnitRecord | undefined => laterOf(state.units.get(key), remembered.get(key));
  return {
    plan,
    context,
    options,
    memory,
    mayExecute: request.mayExecute,
    id: parts.id,
    spool: parts.spool,
    get redaction() {
      return parts.secrets.redaction;
    },
    get byteRedaction() {
      return parts.secrets.byteRedaction;
    },
    learnSecrets: parts.secrets.learn,
    get tools() {
      return tools;
    },
    learnTools: (versions) => void (tools = versions),
    asked: new Set(),
    state: () => state,
    unit,
    record(body) {
      const event = journal.append(body);
      state = applyEvent(state, event);
      context.listener?.({ kind: "event", event });
      return event;
    },
    sync: () => journal.sync(),
    synced: () => journal.synced(),
    isInterrupted: () => context.signal?.aborted === true,
    hasSession: () => session !== undefined,
    session: () => (session ??= context.host.shell.open(opening)),
    notice: (text) => context.listener?.({ kind: "notice", text: parts.secrets.text(text) }),
    async close() {
      journal.close();
      // Why: a shell that did not open is told to whoever wanted to run something in it.
      await session?.then(
        (open) => open.close(),
        () => undefined,
      );
    },
  };
}

/** Why: a signature lies in a file of its own and may be younger than the run's word. */
function laterOf(own: UnitRecord | undefined, remembered: UnitRecord | undefined): UnitRecord | undefined {
  if (own === undefined || remembered === undefined) return own ?? remembered;
  return remembered.signed !== undefined && remembered.at >= own.at ? remembered : own;
}

/** Why: a signature of a step that stands under another key now says nothing about the one that has its key. */
function withoutMoved(units: ReadonlyMap<string, UnitRecord>, plan: UnderstoodPlan): ReadonlyMap<string, UnitRecord> {
  const now = new Map(plan.steps.map((step) => [step.key, step.subject]));
  return new Map(
    [...units].filter(([key, { signed, subject }]) => signed === undefined || (now.get(key) ?? subject) === subject),
  );
}

function signedItems(memory: PlanMemory): ReadonlyMap<string, UnitRecord> {
  const signatures = [...memory.notes.signatures];
  return new Map(signatures.filter(([unit]) => !unit.startsWith("step:")));
}

/** True before the first event of a run. */
export function isNewRun(run: LiveRun): boolean {
  return run.state().head === emptyRun.head;
}

/** Why: plans write `cd "${PROJECT_ROOT}"`; who has set the variable keeps their own value. */
function environmentOf({ host, root }: RunContext): Readonly<Record<string, string>> {
  const inherited = Object.entries(host.machine.environment).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  const set = Object.fromEntries(inherited);
  return (set["PROJECT_ROOT"] ?? "") === "" ? { ...set, PROJECT_ROOT: root } : set;
}
