import type { JournalEvent } from "#model/run";
import { lastTime, placeId, runOf, schemaVersion, type StandardScene, versionId } from "./scene.ts";
import { evidenceStatusOf, runStatusOf, statusOf } from "./statuses.ts";

/** What ran, in the shape of the standard's execution record: tasks are the steps, events those of the journal. */
export function executionRecord(scene: StandardScene): object {
  const { understood, standing } = scene;
  const run = runOf(scene);
  const executor = executorOf(scene);
  const started = scene.events.find((event) => event.run === run)?.at ?? lastTime(scene);
  return {
    metadata: {
      schema_version: schemaVersion,
      document_type: "iplan-execution-record",
      run_id: run,
      org_id: "local",
      project_id: "local",
      created_at: started,
      updated_at: lastTime(scene),
      status: run === "none" ? "Queued" : runStatusOf[standing.verdict],
    },
    plan_ref: {
      iplan_id: understood.id,
      plan_version_id: versionId(scene),
      chain_id: null,
      imported_artifact_ref: scene.path,
    },
    tasks: tasksOf(scene, executor),
    executor_assignments: [],
    events: { accepted: eventsOf(scene, executor), rejected: [] },
    artifacts: { accepted: artifactsOf(scene), rejected: [] },
    policy_decisions: approvalsOf(scene),
    state_transitions: transitionsOf(scene, started),
    verification: verificationOf(scene),
  };
}

/**
 * Id of whoever ran it: this program on this machine, in the form the standard gives to executors that carry no key of their own,
 * `exec:` and a SHA-256 in base 32 over who it claims to be.
 */
export function executorOf({ events, tool, hash }: StandardScene): string {
  const actor = events.findLast((event) => event.type === "run-started")?.actor.name ?? "nobody";
  const bits = Array.from(hash.sha256(`${tool} ${actor}`), (digit) =>
    Number.parseInt(digit, 16).toString(2).padStart(4, "0"),
  ).join("");
  const quintets = bits.match(/.{5}/gu) ?? [];
  const letters = quintets.map((quintet) => "abcdefghijklmnopqrstuvwxyz234567"[Number.parseInt(quintet, 2)] ?? "a");
  return `exec:${letters.join("")}`;
}

function tasksOf(scene: StandardScene, executor: string): readonly object[] {
  return scene.understood.steps.map((step, index) => {
    const { verdict, record } = scene.standing.steps.get(step.key) ?? {
      verdict: "pending" as const,
      record: undefined,
    };
    const attempts = attemptsOf(scene, step.key);
    return {
      task_id: step.key,
      step_id: placeId("STEP", index),
      work_order_id: placeId("WORK", index),
      status: statusOf[verdict].task,
      executor_id: record === undefined ? null : executor,
      lease_id: null,
      max_attempts: Math.max(1, attempts.length),
      attempts: attempts.map(({ started, ended }, place) => ({
        attempt: place + 1,
        started_at: started,
        completed_at: ended ?? null,
        result: place === attempts.length - 1 ? statusOf[verdict].attempt : "failed",
      })),
    };
  });
}

function attemptsOf({ events }: StandardScene, unit: string): readonly { started: string; ended?: string }[] {
  const attempts = new Map<string, { started: string; ended?: string }>();
  for (const event of events) {
    if (event.type === "block-started" && event.unit === unit && event.ask !== true) {
      const key = `${event.run} ${event.attempt}`;
      if (!attempts.has(key)) attempts.set(key, { started: event.at });
    }
    if (event.type === "verdict" && event.unit === unit) {
      const last = [...attempts].at(-1);
      if (last !== undefined) attempts.set(last[0], { ...last[1], ended: event.at });
    }
  }
  return [...attempts.values()];
}

function eventsOf(scene: StandardScene, executor: string): readonly object[] {
  const known = new Set(scene.understood.steps.map(({ key }) => key));
  return scene.events.flatMap((event) => {
    const said = saidBy(event);
    if (said === undefined || !("unit" in event) || event.unit === undefined || !known.has(event.unit)) return [];
    return [
      {
        event_id: `${event.run}:${event.seq}`,
        event_type: said[0],
        task_id: event.unit,
        executor_id: executor,
        status: said[1],
        occurred_at: event.at,
      },
    ];
  });
}

/** Type and status of an event of the journal in the words of the standard; undefined for what has none. */
function saidBy(event: JournalEvent): readonly [type: string, status: string] | undefined {
  if (event.type === "block-started")
    return event.role === "verification" ? ["test.started", "running"] : ["task.started", "running"];
  if (event.type === "block-ended") return ["artifact.created", "running"];
  if (event.type === "skipped") return ["task.cancelled", "cancelled"];
  if (event.type === "handoff") return ["task.blocked", "blocked"];
  if (event.type !== "verdict") return undefined;
  const { task } = statusOf[event.verdict];
  if (task === "Completed") return ["task.completed", "succeeded"];
  return task === "Failed" ? ["task.failed", "failed"] : ["task.blocked", "blocked"];
}

/** Outputs that were kept, each once. */
export function artifactsOf({ events }: StandardScene): readonly {
  readonly ref: string;
  readonly artifact_type: "execution_log";
  readonly bytes: number;
}[] {
  const kept = events.flatMap((event) =>
    event.type === "block-ended" && event.evidence.output !== undefined ? [event.evidence.output] : [],
  );
  const byDigest = new Map(kept.map(({ digest, bytes }) => [digest, bytes]));
  return [...byDigest]
    .map(([ref, bytes]) => ({ ref, artifact_type: "execution_log" as const, bytes }))
    .sort((a, b) => (a.ref < b.ref ? -1 : 1));
}

/** Approvals that let runs begin. */
export function approvalsOf({ events, understood }: StandardScene): readonly object[] {
  return events.flatMap((event) =>
    event.type === "run-started" || event.type === "run-resumed"
      ? [
          {
            decision_id: `${event.run}:${event.seq}`,
            subject: event.actor.name,
            action: `run the commands ${event.approved === "" ? "that were approved" : event.approved}`,
            resource: understood.id,
            result: "allow",
            decided_at: event.at,
          },
        ]
      : [],
  );
}

function transitionsOf(scene: StandardScene, started: string): readonly object[] {
  if (runOf(scene) === "none") return [];
  const to = runStatusOf[scene.standing.verdict];
  const begun = { from: "Queued", to: "Running", reason: "the run began", at: started };
  return to === "Running"
    ? [begun]
    : [begun, { from: "Running", to, reason: `the plan is ${scene.standing.verdict}`, at: lastTime(scene) }];
}

/** Every statement that ran as a check, and every action, with how it ended. */
export function commandResults({ events }: StandardScene): readonly object[] {
  return events.flatMap((event) => {
    if (event.type !== "block-ended") return [];
    const { commands, text, exit, durationMs, role, output } = event.evidence;
    const told = commands ?? (text === undefined ? [] : [{ text, exit: exit ?? {}, durationMs }]);
    return told.map((one) => ({
      task_id: event.unit,
      role,
      command: one.text,
      exit_status: one.exit.status ?? null,
      duration_ms: Math.round(one.durationMs),
      output: output?.digest ?? null,
      completed_at: event.at,
    }));
  });
}

function verificationOf(scene: StandardScene): object {
  const { verdict } = scene.standing;
  const evidence = evidenceStatusOf[verdict];
  return {
    commands_run: commandResults(scene),
    evidence_status: evidence,
    completion_gate: evidence === "partial" ? "blocked" : evidence,
    required_evidence: scene.understood.steps.map(({ key }) => ({
      evidence_id: key,
      status: scene.standing.steps.get(key)?.verdict === "verified" ? "accepted" : "missing",
      required_for_completion: true,
    })),
  };
}
