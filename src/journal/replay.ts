import type { Evidence, JournalEvent, RunSetting, ShellExit, Verdict } from "#model/run";
import type { UnitRecord } from "#model/understanding";
import { versioned } from "./versioned-map.ts";
import { type OpenBlock, type RunState, type SettledEvidence, type UnitProgress, emptyRun } from "./run-state.ts";

/** The state after all events; replaying any prefix gives the state the run had when it wrote the prefix's last event. */
export function replay(events: Iterable<JournalEvent>, from: RunState = emptyRun): RunState {
  let state = from;
  for (const event of events) state = applyEvent(state, event);
  return state;
}

/** The state after one more event. */
export function applyEvent(state: RunState, event: JournalEvent): RunState {
  const apply = reducers[event.type] as (state: RunState, event: JournalEvent) => RunState;
  const head = `${event.run}:${event.seq}:${event.hash}`;
  return { ...apply(state, event), run: event.run, head };
}

type EventOf<T extends JournalEvent["type"]> = Extract<JournalEvent, { type: T }>;

type Reducers = { readonly [T in JournalEvent["type"]]: (state: RunState, event: EventOf<T>) => RunState };

const reducers: Reducers = {
  "run-started": (state, event) => ({
    ...state,
    plan: event.plan,
    path: event.path,
    planHash: event.planHash,
    setting: settingOf(event),
    over: event.over ?? false,
    startedAt: event.at,
    ...(event.changed === undefined ? {} : { changed: event.changed }),
    taking: event.over !== true,
  }),
  "run-resumed": (state, event) =>
    withoutEnd({
      ...state,
      planHash: event.planHash,
      path: event.path ?? state.path,
      setting: settingOf(event),
      interrupted: false,
    }),
  "block-started": blockStarted,
  "block-running": (state, event) =>
    state.open === undefined
      ? state
      : { ...state, open: { ...state.open, process: { pid: event.pid, startTime: event.processStart } } },
  "block-ended": blockEnded,
  verdict: verdictGiven,
  skipped: (state, event) => withUnit(state, event.unit, plainRecord(state, event, "skipped")),
  handoff: (state, event) => withUnit(state, event.unit, plainRecord(state, event, "handoff")),
  note: (state) => state,
  signed: (state, event) =>
    withUnit(state, event.unit, {
      ...plainRecord(state, event, "verified"),
      subject: event.subject,
      signed: { actor: event.actor.name, kind: event.actor.kind, reason: event.reason, override: event.override },
    }),
  committed: (state, event) =>
    Object.entries(event.units).reduce(
      (next, [unit, subject]) =>
        withUnit(next, unit, {
          ...plainRecord(state, { ...event, unit, subject, reason: committedReason }, "verified"),
          committed: true,
        }),
      state,
    ),
  worked: (state) => state,
  risk: (state, { unit, subject, active, observed, at }) => ({
    ...state,
    risks: versioned(state.risks).with(unit, { subject, active, observed, at }),
  }),
  leftover: leftoverSeen,
  "units-moved": unitsMoved,
  "block-lost": (state) => closeOpen(orphaned(state)),
  "block-refused": (state) => closeOpen(state),
  "block-proved": blockProved,
  "takeover-ended": (state) => ({ ...state, taking: false }),
  audited: (state) => state,
  "journal-damaged": (state) => ({ ...state, recovering: !state.over }),
  interrupted: (state) => ({ ...state, interrupted: true }),
  "run-ended": (state, event) => ({ ...state, ended: { verdict: event.verdict, exitCode: event.exitCode } }),
};

/** Why a unit whose work was to commit is verified. */
export const committedReason = "the plan's files are committed";

/** Types of events that can be replayed. */
export const eventTypes: ReadonlySet<string> = new Set(Object.keys(reducers));

function settingOf({ actor, tool, planHash, commit, dirty }: RunSetting): RunSetting {
  return {
    actor,
    tool,
    planHash,
    ...(commit === undefined ? {} : { commit }),
    ...(dirty === undefined ? {} : { dirty }),
  };
}

function blockStarted(state: RunState, event: EventOf<"block-started">): RunState {
  const { unit, block, role, attempt, risk, spool } = event;
  const start = event.state === undefined ? {} : { state: event.state };
  const question = event.ask === true ? { ask: true } : {};
  const open: OpenBlock = { unit, block, role, attempt, risk, spool, ...start, ...question };
  const progress = progressAt(state, event);
  if (role === "service") return { ...withoutEnd(orphaned(state)), open };
  const next = { ...withoutEnd(orphaned(state)), open, progress: versioned(state.progress).with(unit, progress) };
  if (role === "verification") return next;
  // Why: from here on an older verdict no longer describes the work, whatever happens to this process.
  return withUnit(settled(next, unit), unit, {
    ...plainRecord(state, { ...event, reason: "started" }, "pending"),
    attempts: attempt,
  });
}

/** Why: a question changes nothing about how far the work itself came. */
function progressAt(state: RunState, { unit, attempt, ask, files }: EventOf<"block-started">): UnitProgress {
  const former = state.progress.get(unit);
  const before = files === undefined ? {} : { before: files };
  const fresh: UnitProgress = { attempt, ended: [], states: [], asked: [], active: ask !== true, ...before };
  if (ask === true) return former ?? fresh;
  if (former === undefined) return fresh;
  if (former.attempt === attempt && former.active) return { ...former, asked: [] };
  return { ...fresh, earlier: [...(former.earlier ?? []), { attempt: former.attempt, ended: former.ended }] };
}

function blockEnded(state: RunState, event: EventOf<"block-ended">): RunState {
  const rest = closeOpen(state);
  if (event.evidence.role === "service") return rest;
  if (hasNoEnd(event)) return closeOpen(orphaned(withLeft(state, event)));
  const fresh: UnitProgress = { attempt: event.attempt, ended: [], states: [], asked: [], active: true };
  const former = state.progress.get(event.unit) ?? fresh;
  const evidence = state.setting === undefined ? event.evidence : { ...event.evidence, setting: state.setting };
  const progress = event.ask === true ? answered(former, evidence) : ended(former, evidence, event.state);
  const next: RunState = { ...rest, progress: versioned(state.progress).with(event.unit, progress) };
  if (event.state === undefined || event.evidence.role !== "action") return next;
  return { ...next, endStates: versioned(state.endStates).with(event.unit, event.state) };
}

/** Statuses with which a shell reports that its command was ended by HUP, INT, KILL or TERM. */
const cutStatuses: ReadonlySet<number> = new Set([129, 130, 137, 143]);

/** Why: a block that was killed together with the tool came to no end of its own, as one that was interrupted; nor did one whose command was. */
function hasNoEnd({ evidence: { exit }, adopted }: EventOf<"block-ended">): boolean {
  if (exit?.interrupted === true) return true;
  return adopted === true && (exit?.signal !== undefined || cutStatuses.has(exit?.status ?? 0));
}

/** Why: an interrupted shell still dumps itself; only one that named its directory did, any other state is that of before. */
function withLeft(state: RunState, { state: left, evidence }: EventOf<"block-ended">): RunState {
  if (state.open === undefined || left === undefined || evidence.directory === undefined) return state;
  return { ...state, open: { ...state.open, left } };
}

function ended(progress: UnitProgress, evidence: SettledEvidence, state: string | undefined): UnitProgress {
  return { ...progress, ended: [...progress.ended, evidence], states: [...progress.states, state] };
}

function answered(progress: UnitProgress, evidence: SettledEvidence): UnitProgress {
  const others = progress.asked.filter((each) => each.block !== evidence.block);
  return { ...progress, asked: [...others, evidence] };
}

/** What is known of a unit's blocks now: what was asked since stands in the place of what the same block said before. */
export function latestEvidence({ ended, asked }: UnitProgress): readonly SettledEvidence[] {
  const again = new Set(asked.map((evidence) => evidence.block));
  return [...ended.filter((evidence) => !again.has(evidence.block)), ...asked];
}

/** The progress with what was asked counted as done. */
function withAnswers(progress: UnitProgress, kept: readonly SettledEvidence[]): UnitProgress {
  const states = kept.map((evidence) => progress.states[progress.ended.indexOf(evidence)]);
  return {
    ...progress,
    ended: [...kept, ...progress.asked],
    states: [...states, ...progress.asked.map(() => undefined)],
    asked: [],
  };
}

function blockProved(state: RunState, event: EventOf<"block-proved">): RunState {
  // Why: an earlier attempt may have left a state that has nothing to do with what was proved.
  const others = versioned(state.endStates).without(event.unit);
  const endStates = event.state === undefined ? others : others.with(event.unit, event.state);
  const next = { ...settled(closeOpen(orphaned(state)), event.unit), endStates };
  const progress = state.progress.get(event.unit);
  if (progress === undefined) return next;
  return { ...next, progress: versioned(state.progress).with(event.unit, withAnswers(progress, progress.ended)) };
}

/** True when the block ended by itself with status 0, and so did each of its statements. */
export function hasPassed(evidence: Evidence): boolean {
  const statements = evidence.commands ?? [];
  return (
    isClean(evidence.exit) &&
    statements.every((each) => each.demanded === true || each.unreached === true || isClean(each.exit))
  );
}

function isClean(exit: ShellExit | undefined): boolean {
  return exit?.status === 0 && exit.timedOut !== true && exit.interrupted !== true;
}

/** Why: an action that lost its process stays in question until it is run again or its unit gets a verdict. */
function orphaned(state: RunState): RunState {
  if (state.open?.role !== "action") return state;
  return { ...state, unsettled: versioned(state.unsettled).with(state.open.unit, state.open) };
}

function settled(state: RunState, unit: string): RunState {
  if (!state.unsettled.has(unit)) return state;
  return { ...state, unsettled: versioned(state.unsettled).without(unit) };
}

function closeOpen(state: RunState): RunState {
  const { open: _open, ...rest } = state;
  return rest;
}

function verdictGiven(state: RunState, event: EventOf<"verdict">): RunState {
  const progress = state.progress.get(event.unit);
  const durationMs = progress?.ended.reduce((sum, evidence) => sum + evidence.durationMs, 0);
  const record: UnitRecord = {
    ...plainRecord(state, event, event.verdict),
    subject: event.subject,
    evidence: event.evidence,
    ...(durationMs === undefined ? {} : { durationMs }),
    ...(event.files === undefined ? {} : { files: event.files }),
    ...(event.directory === undefined ? {} : { directory: event.directory }),
    ...(event.exported === undefined ? {} : { exported: event.exported }),
  };
  const next = withTime(withUnit(settledBy(state, event), event.unit, record), event, progress);
  // Why: a verdict that leaves the step in question does not end its attempt; what comes next goes on in it.
  if (progress === undefined || event.verdict === "unknown") return next;
  const actions = progress.ended.filter((evidence) => evidence.role === "action");
  const closed = progress.asked.length === 0 ? progress : withAnswers(progress, actions);
  return { ...next, progress: versioned(state.progress).with(event.unit, { ...closed, active: false }) };
}

/** Why: an attempt in which only a verification was asked says nothing of how long the work takes. */
function withTime(state: RunState, event: EventOf<"verdict">, progress: UnitProgress | undefined): RunState {
  if (event.verdict !== "verified" || progress?.active !== true) return state;
  if (!progress.ended.some((evidence) => evidence.role === "action")) return state;
  const durationMs = progress.ended.reduce((sum, evidence) => sum + evidence.durationMs, 0);
  return {
    ...state,
    took: versioned(state.took).with(event.unit, { subject: event.subject, durationMs, at: event.at }),
  };
}

function settledBy(state: RunState, event: EventOf<"verdict">): RunState {
  if (state.open?.unit !== event.unit) return event.verdict === "unknown" ? state : settled(state, event.unit);
  const next = closeOpen(orphaned(state));
  return event.verdict === "unknown" ? next : settled(next, event.unit);
}

function leftoverSeen(state: RunState, event: EventOf<"leftover">): RunState {
  const { unit, block, service, processes, action } = event;
  const told = new Set(processes.map((process) => `${process.pid}:${process.startTime}`));
  const others = state.leftovers.filter((process) => !told.has(`${process.pid}:${process.startTime}`));
  const place = { unit, ...(block === undefined ? {} : { block }), ...(service === undefined ? {} : { service }) };
  const listed = action === "listed" ? processes.map((each) => ({ ...each, ...place })) : [];
  return {
    ...state,
    leftovers: [...others, ...listed],
    kept: action === "kept" ? [...state.kept, ...processes] : state.kept,
    logs: loggedIn(state, event),
  };
}

function loggedIn({ logs }: RunState, { unit, block, output, at }: EventOf<"leftover">): RunState["logs"] {
  if (output === undefined || block === undefined) return logs;
  const others = (logs.get(unit) ?? []).filter((log) => log.block !== block);
  return new Map(logs).set(unit, [...others, { block, at, output }]);
}

function unitsMoved(state: RunState, { moves }: EventOf<"units-moved">): RunState {
  const names = new Map(moves.map((move) => [move.from, move.to]));
  return {
    ...state,
    units: moved(state.units, names),
    progress: moved(state.progress, names),
    endStates: moved(state.endStates, names),
    logs: moved(state.logs, names),
    took: moved(state.took, names),
    leftovers: state.leftovers.map((each) => ({ ...each, unit: names.get(each.unit) ?? each.unit })),
    unsettled: new Map([...moved(state.unsettled, names)].map(([unit, block]) => [unit, { ...block, unit }])),
    ...(state.open === undefined
      ? {}
      : { open: { ...state.open, unit: names.get(state.open.unit) ?? state.open.unit } }),
  };
}

/** The map with its keys renamed all at once; a key nothing moved to keeps its entry, one that was moved away loses it. */
function moved<T>(map: ReadonlyMap<string, T>, names: ReadonlyMap<string, string>): ReadonlyMap<string, T> {
  const kept = [...map].filter(([key]) => !names.has(key));
  const renamed = [...map].flatMap(([key, value]): [string, T][] => {
    const name = names.get(key);
    return name === undefined ? [] : [[name, value]];
  });
  return new Map([...kept, ...renamed]);
}

function plainRecord(
  state: RunState,
  event: JournalEvent & { readonly unit: string; readonly reason: string; readonly subject?: string },
  verdict: Verdict,
): UnitRecord {
  const former = state.units.get(event.unit);
  return {
    verdict,
    reason: event.reason,
    subject: event.subject ?? former?.subject ?? "",
    at: event.at,
    evidence: [],
    attempts: former?.attempts ?? 0,
    journal: `${event.run}:${event.seq}:${event.hash}`,
  };
}

function withUnit(state: RunState, unit: string, record: UnitRecord): RunState {
  return { ...state, units: versioned(state.units).with(unit, record) };
}

function withoutEnd(state: RunState): RunState {
  const { ended: _ended, ...rest } = state;
  return rest;
}
