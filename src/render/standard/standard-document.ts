import { IplanError } from "#model/errors";
import {
  atLeast,
  notStated,
  placeId,
  schemaVersion,
  type StandardScene,
  textsOf,
  versionId,
  writtenTime,
} from "./scene.ts";
import { standardStep } from "./standard-step.ts";
import { authoringStatusOf, statusOf } from "./statuses.ts";

/** The plan in the shape of the standard's document. Throws `usage/arguments` for an id that the standard has no form for. */
export function standardDocument(scene: StandardScene): object {
  const { understood } = scene;
  const { plan } = understood;
  refuseForeignId(understood.id);
  return {
    metadata: metadataOf(scene),
    intent: {
      summary: plan.objective?.text ?? plan.name ?? notStated,
      problem: plan.currentState.length === 0 ? notStated : plan.currentState.map(({ title }) => title).join("; "),
      outcome: plan.deliverables.length === 0 ? notStated : plan.deliverables.map(({ text }) => text).join("; "),
      success_criteria: atLeast(plan.criteria.map(({ text }) => text)),
      non_goals: [],
    },
    lineage: {
      upstream: scene.upstream,
      downstream: {
        code_paths: filesOf(scene).map(({ path }) => path),
        artifact_refs: [],
        evidence_refs: evidenceOf(scene),
      },
    },
    scope: {
      in: atLeast([...plan.deliverables.map(({ text }) => text), ...plan.phases.map(({ name }) => name)]),
      out: [],
      assumptions: plan.prerequisites.map(({ text }) => text),
      constraints: plan.decisions.flatMap(({ items }) => items.map(({ text }) => text)),
    },
    initialization: initializationOf(scene),
    start_conditions: startConditions(scene),
    plan: { dependencies: [], parallel_safe_with: [], steps: stepsOf(scene) },
    files: filesOf(scene),
    verification: verificationOf(scene),
    evidence_requirements: {
      required_events: ["task.started", "task.completed"],
      required_artifacts: [{ type: "execution_log", description: "What the commands of each step printed, by digest" }],
      approvals: [],
    },
    completion_gate: {
      criteria: ["all_required_steps_terminal", "all_verification_commands_passed"],
      required_events: ["task.completed"],
      required_artifacts: ["execution_log"],
      evidence_bundle_required: false,
      final_state: "Completed",
    },
    handoff: handoffOf(scene),
    navigation: {
      blockers: notesOf(scene, "blocker"),
      deferred_items: notesOf(scene, "deviation"),
      ...nothingToNavigate,
    },
  };
}

const nothingToNavigate = { cross_plan_obligations: [], temporary_handoffs: [], change_history: [] };

function refuseForeignId(id: string): void {
  if (/^IPLAN-\d{2,}$/u.test(id)) return;
  throw new IplanError(
    "usage/arguments",
    `The standard knows ids such as IPLAN-001; it has no form for ${id}.`,
    "Export a plan with such an id, or use another format.",
  );
}

function metadataOf(scene: StandardScene): object {
  const { plan, id } = scene.understood;
  const { control } = plan;
  return {
    schema_version: schemaVersion,
    document_type: "iplan-document",
    artifact_type: "IPLAN",
    iplan_id: id,
    title: plan.name ?? id,
    plan_version: control?.version?.value ?? notStated,
    status: authoringStatusOf[control?.status?.value ?? "draft"],
    created_at: writtenTime(scene, "created"),
    updated_at: writtenTime(scene, "lastUpdated"),
    author: control?.author?.value ?? notStated,
    source_framework: scene.tool.split(" ")[0] ?? "iplan",
    source_framework_version: scene.tool.split(" ")[1] ?? notStated,
  };
}

function initializationOf(scene: StandardScene): object {
  const started = scene.events.find((event) => event.type === "run-started");
  return {
    required_status: "Approved",
    version_record_ref: versionId(scene),
    validation_report_id: `${scene.understood.id}@${scene.understood.planHash}`,
    approval_event_id: started === undefined ? notStated : `${started.run}:${started.seq}`,
    approved_hash: { algorithm: "sha256", value: scene.understood.approvalHash },
    runtime_records: {
      execution_record_required: true,
      task_payloads_required: false,
      evidence_store_ready: scene.events.length > 0,
    },
  };
}

function startConditions({ understood: { plan } }: StandardScene): object {
  const tools = plan.prerequisites.filter(({ kind }) => kind === "tool").map(({ text }) => text);
  return {
    required_state: "Approved",
    required_readiness: "ready",
    required_resources: atLeast(tools, "bash 5"),
    policy_checks: ["exactly these commands were approved by this user on this machine"],
    context_checks: ["the plan's prerequisites are there"],
    start_events: ["task.started"],
  };
}

/** Why: the standard asks for a step; a plan without one is a step that somebody still has to write. */
function stepsOf(scene: StandardScene): readonly object[] {
  if (scene.understood.steps.length > 0)
    return scene.understood.steps.map((step, index) => standardStep(scene, step, index));
  throw new IplanError(
    "usage/nothing-to-check",
    `${scene.understood.id} has no step; the standard has no form for a plan without one.`,
    "Write its Execution Steps first.",
  );
}

interface StandardFile {
  readonly path: string;
  readonly order: number;
  readonly owner_step_id: string;
  readonly action: "modify" | "read";
  readonly status: "Not Started" | "Partial" | "Done";
  readonly verified: boolean;
}

function filesOf(scene: StandardScene): readonly StandardFile[] {
  const { understood, standing, path: own } = scene;
  const owners = new Map<string, number>();
  for (const [index, step] of understood.steps.entries())
    for (const file of step.files) if (!owners.has(file)) owners.set(file, index);
  const declared = [...owners].map(([path, index], place): StandardFile => {
    const step = understood.steps[index];
    const status = statusOf[standing.steps.get(step?.key ?? "")?.verdict ?? "pending"].step;
    const isDone = status === "Completed";
    return {
      path,
      order: place + 1,
      owner_step_id: placeId("STEP", index),
      action: step?.risk === "read" ? "read" : "modify",
      status: isDone ? "Done" : status === "Not Started" ? "Not Started" : "Partial",
      verified: isDone,
    };
  });
  if (declared.length > 0) return declared;
  return [{ path: own, order: 1, owner_step_id: "STEP-001", action: "read", status: "Not Started", verified: false }];
}

function verificationOf({ understood, score }: StandardScene): object {
  const checks = understood.steps.flatMap((step) => textsOf(step, "verification"));
  return {
    exec_ready_score: Math.round(score),
    required_commands: atLeast(checks).map((command) => ({
      command,
      expected_result: "Every statement exits with status 0, and what recognised tools count has no failure.",
      required_for_completion: true,
    })),
    completion_criteria: atLeast(understood.plan.criteria.map(({ text }) => text)),
  };
}

function handoffOf(scene: StandardScene): object {
  const { steps } = scene.understood;
  const open = steps.findIndex((step) => scene.standing.steps.get(step.key)?.verdict !== "verified");
  return {
    current_state: scene.standing.verdict,
    resume_from_step: placeId("STEP", open === -1 ? Math.max(0, steps.length - 1) : open),
    blockers: notesOf(scene, "blocker").map(({ text }) => text),
    sessions: scene.events.flatMap((event) =>
      event.type === "run-started" || event.type === "run-resumed"
        ? [{ run_id: event.run, started_at: event.at, actor: event.actor.name, tool: event.tool }]
        : [],
    ),
  };
}

/** Notes of a kind. */
export function notesOf(
  { events }: StandardScene,
  kind: string,
): readonly { readonly text: string; readonly at: string; readonly actor: string }[] {
  return events.flatMap((event) =>
    event.type === "note" && event.kind === kind ? [{ text: event.text, at: event.at, actor: event.actor.name }] : [],
  );
}

/** Digests of the outputs that verdicts rest on. */
export function evidenceOf({ understood, standing }: StandardScene): readonly string[] {
  const records = understood.steps.flatMap(({ key }) => standing.steps.get(key)?.record ?? []);
  return [...new Set(records.flatMap(({ evidence }) => evidence))].sort();
}
