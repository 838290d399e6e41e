import { canonicalHash, sealHash } from "./canonical-hash.ts";
import { approvalsOf, artifactsOf, commandResults } from "./execution-record.ts";
import { lastTime, runOf, schemaVersion, type StandardScene, versionId } from "./scene.ts";
import { notesOf } from "./standard-document.ts";
import { evidenceStatusOf } from "./statuses.ts";

/** The proof of a plan in the shape of the standard's evidence bundle; hashed, and not signed. */
export function evidenceRecord(scene: StandardScene, document: object, record: object): object {
  const { hash, understood } = scene;
  const payload = {
    metadata: {
      schema_version: schemaVersion,
      document_type: "iplan-evidence-bundle",
      evidence_bundle_id: `${understood.id}@${runOf(scene)}`,
      generated_at: lastTime(scene),
      generated_by: scene.tool,
      sealed: false,
    },
    plan_ref: { iplan_id: understood.id, plan_version_id: versionId(scene), run_id: runOf(scene), chain_id: null },
    summary: summaryOf(scene),
    lineage: lineageOf(scene),
    execution_evidence: executionEvidence(scene),
    assurance: assuranceOf(scene),
  };
  const manifest = [
    { ref: "iplan-document", artifact_type: "iplan-document", canonical_hash: canonicalHash(document, hash) },
    {
      ref: "iplan-execution-record",
      artifact_type: "iplan-execution-record",
      canonical_hash: canonicalHash(record, hash),
    },
    ...artifactsOf(scene).map(({ ref, artifact_type }) => ({
      ref,
      artifact_type,
      canonical_hash: { algorithm: "sha256", value: ref.slice("sha256:".length) },
    })),
  ];
  return {
    ...payload,
    seal: {
      sealed_at: null,
      evidence_manifest: manifest,
      canonical_hash: sealHash(payload, manifest, hash),
      signature: { key_id: null, algorithm: "ed25519", value: null },
    },
  };
}

function summaryOf({ standing, understood }: StandardScene): object {
  const signed = [...standing.steps, ...standing.tasks, ...standing.items].flatMap(([unit, { record }]) =>
    record?.signed?.override === true ? [{ unit, actor: record.signed.actor, reason: record.signed.reason }] : [],
  );
  return {
    status: evidenceStatusOf[standing.verdict],
    outcome: `${understood.id} is ${standing.verdict}.`,
    exceptions: signed,
  };
}

function lineageOf({ upstream, understood, events }: StandardScene): object {
  const commits = events.flatMap((event) =>
    (event.type === "run-started" || event.type === "run-resumed") && event.commit !== undefined ? [event.commit] : [],
  );
  return {
    upstream_refs: Object.values(upstream).flat(),
    downstream_refs: [...new Set(understood.steps.flatMap(({ files }) => files))],
    commit_refs: [...new Set(commits)],
  };
}

function executionEvidence(scene: StandardScene): object {
  const tests = scene.events.flatMap((event) => {
    if (event.type !== "block-ended") return [];
    const { reading, commands = [] } = event.evidence;
    const readings = [reading, ...commands.map((command) => command.reading)];
    return readings.flatMap((each) => each?.summaries ?? []).map((summary) => ({ task_id: event.unit, ...summary }));
  });
  const approvals = scene.events.flatMap((event) =>
    event.type === "signed"
      ? [{ unit: event.unit, actor: event.actor.name, reason: event.reason, override: event.override, at: event.at }]
      : [],
  );
  return {
    // Why: an event's own seal needs a key that never leaves its machine, so here it is only named.
    signed_events: scene.events.map(({ run, seq, type, at, prev, hash: sealed }) => ({
      event_id: `${run}:${seq}`,
      type,
      at,
      prev,
      hash: sealed,
    })),
    executor_assignments: [],
    command_results: commandResults(scene),
    test_results: tests,
    artifacts: artifactsOf(scene),
    policy_decisions: approvalsOf(scene),
    approvals,
  };
}

function assuranceOf(scene: StandardScene): object {
  const { standing } = scene;
  const units = [...standing.steps, ...standing.tasks, ...standing.items];
  const named = (verdicts: readonly string[]): readonly object[] =>
    units.flatMap(([unit, { verdict, reason }]) => (verdicts.includes(verdict) ? [{ unit, verdict, reason }] : []));
  const steps = [...standing.steps.values()];
  return {
    required_evidence_satisfied: steps.length > 0 && steps.every(({ verdict }) => verdict === "verified"),
    verification_passed: standing.verdict === "verified",
    drift_findings: named(["stale"]),
    open_deferred_items: named(["manual", "handoff", "pending", "skipped", "unverifiable", "unknown"]),
    reviewer_notes: ["decision", "deviation", "release"].flatMap((kind) =>
      notesOf(scene, kind).map(({ text }) => text),
    ),
  };
}
