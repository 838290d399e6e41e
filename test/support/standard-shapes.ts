/** What a member of one of the standard's shapes must be; a sentence for what it is not. */
export type Shape = (value: unknown, at: string) => readonly string[];

const said = (holds: boolean, at: string, wanted: string): readonly string[] =>
  holds ? [] : [`${at} is not ${wanted}`];
const matching =
  (pattern: RegExp, wanted: string): Shape =>
  (value, at) =>
    said(typeof value === "string" && pattern.test(value), at, wanted);
const text = matching(/^[^]+$/u, "a text");
const words = matching(/^[^]*$/u, "a text or nothing");
const time = matching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/u, "a time");
const hex = matching(/^[a-f0-9]{64}$/u, "a digest");
const plan = matching(/^IPLAN-[0-9]{2,}$/u, "the id of a plan");
const step = matching(/^STEP-[0-9]{3,}$/u, "the id of a step");
const work = matching(/^WORK-[0-9]{3,}$/u, "the id of a work order");
const todo = matching(/^TODO-[0-9]{3,}$/u, "the id of a to-do");
const executor = matching(/^exec:[a-z2-7]{16,}$/u, "the id of an executor");
const version = matching(/^[0-9]+\.[0-9]+(?:-draft)?$/u, "a version");
const flag: Shape = (value, at) => said(typeof value === "boolean", at, "true or false");
const count =
  (least: number, most = Number.POSITIVE_INFINITY): Shape =>
  (value, at) =>
    said(Number.isInteger(value) && Number(value) >= least && Number(value) <= most, at, `a number from ${least}`);
const oneOf =
  (...choices: readonly unknown[]): Shape =>
  (value, at) =>
    said(choices.includes(value), at, `one of ${choices.join(", ")}`);
const orNull =
  (shape: Shape): Shape =>
  (value, at) =>
    value === null ? [] : shape(value, at);
const list =
  (shape: Shape, least = 0): Shape =>
  (value, at) =>
    Array.isArray(value) && value.length >= least
      ? value.flatMap((each, index) => shape(each, `${at}[${index}]`))
      : [`${at} is not a list of ${least} or more`];
const anything: Shape = (value, at) =>
  said(typeof value === "object" && value !== null && !Array.isArray(value), at, "an object");
/** Exactly these members; a name that ends in `?` may be absent. */
const members =
  (shapes: Readonly<Record<string, Shape>>): Shape =>
  (value, at) => {
    if (anything(value, at).length > 0) return anything(value, at);
    const given = value as Record<string, unknown>;
    const known = new Set(Object.keys(shapes).map((name) => name.replace("?", "")));
    const strange = Object.keys(given).filter((name) => !known.has(name));
    return [
      ...strange.map((name) => `${at}.${name} is not known`),
      ...Object.entries(shapes).flatMap(([name, shape]) => {
        const key = name.replace("?", "");
        if (Object.hasOwn(given, key)) return shape(given[key], `${at}.${key}`);
        return name.endsWith("?") ? [] : [`${at}.${key} is missing`];
      }),
    ];
  };
const each = (names: readonly string[], shape: Shape): Readonly<Record<string, Shape>> =>
  Object.fromEntries(names.map((name) => [name, shape]));

const digest = members({ algorithm: oneOf("sha256"), value: hex });
const action = oneOf("create", "modify", "delete", "read", "verify");
const stepStatus = oneOf("Not Started", "Queued", "Running", "Blocked", "Completed", "Failed", "Cancelled");
const commands = (least: number): Shape => members({ items: list(text, least), not_applicable_reason: orNull(words) });

const documentStep = members({
  step_id: step,
  title: text,
  intent: text,
  dependencies: list(words),
  executor_capabilities: list(words, 1),
  target_files: list(members({ path: text, action }), 1),
  commands: members({ setup: commands(0), execute: commands(1), verify: commands(1) }),
  executor_context: members({
    repository: members(each(["url", "default_branch", "base_ref"], text)),
    workspace: members({ working_directory: text, write_scope: list(words, 1), read_only_paths: list(words) }),
    knowledge_refs: list(
      members({
        ref_type: oneOf("spec", "decision", "knowledge_base", "code_summary", "run_log"),
        ref: text,
        required: flag,
      }),
    ),
    mcp_tools: list(members({ name: text, purpose: text, required: flag })),
    secrets_policy: oneOf("no_secrets", "scoped_runtime_only", "managed_by_iplanic"),
    forbidden_paths: list(words),
  }),
  executor_work: members({
    work_order_id: work,
    dispatchable: flag,
    todos: list(
      members({
        todo_id: todo,
        description: text,
        type: oneOf("inspect", "edit", "create", "delete", "test", "review", "document", "verify"),
        priority: oneOf("P0", "P1", "P2", "P3"),
        allowed_actions: list(
          oneOf(
            "read",
            "create",
            "modify",
            "delete",
            "run_command",
            "call_tool",
            "submit_artifact",
            "request_clarification",
          ),
          1,
        ),
        acceptance_criteria: list(words, 1),
        evidence_required: list(members(each(["event_type", "artifact_type", "description"], text)), 1),
        status: stepStatus,
      }),
      1,
    ),
    reporting: members({
      progress_events: list(words, 1),
      completion_event: oneOf("task.completed"),
      artifact_manifest_required: flag,
      final_summary_required: flag,
    }),
  }),
  expected_outputs: list(words, 1),
  evidence_required: list(words, 1),
  failure_handling: members(
    each(["on_blocker", "on_ambiguity", "on_test_failure", "on_policy_denial", "on_partial_completion"], text),
  ),
  status: stepStatus,
});

const document = members({
  metadata: members({
    schema_version: version,
    document_type: oneOf("iplan-document"),
    artifact_type: oneOf("IPLAN"),
    iplan_id: plan,
    title: text,
    plan_version: text,
    status: oneOf("Draft", "Review", "Approved", "Superseded", "Abandoned"),
    created_at: time,
    updated_at: time,
    ...each(["author", "source_framework", "source_framework_version"], text),
  }),
  intent: members({
    ...each(["summary", "problem", "outcome"], text),
    success_criteria: list(words, 1),
    non_goals: list(words),
  }),
  lineage: members({ upstream: anything, downstream: anything }),
  scope: members({ in: list(words, 1), ...each(["out", "assumptions", "constraints"], list(words)) }),
  initialization: members({
    required_status: oneOf("Approved"),
    ...each(["version_record_ref", "validation_report_id", "approval_event_id"], text),
    approved_hash: digest,
    runtime_records: members(
      each(["execution_record_required", "task_payloads_required", "evidence_store_ready"], flag),
    ),
  }),
  start_conditions: members({
    required_state: oneOf("Approved"),
    required_readiness: oneOf("ready", "ready_with_warnings"),
    ...each(["required_resources", "policy_checks", "context_checks", "start_events"], list(text, 1)),
  }),
  plan: members({ dependencies: list(words), parallel_safe_with: list(words), steps: list(documentStep, 1) }),
  files: list(
    members({
      path: text,
      order: count(1),
      owner_step_id: step,
      action,
      status: oneOf("Not Started", "In Progress", "Partial", "Done", "Skipped"),
      verified: flag,
    }),
    1,
  ),
  verification: members({
    exec_ready_score: orNull(count(0, 100)),
    "max_attempts?": count(1),
    required_commands: list(members({ command: text, expected_result: text, required_for_completion: flag }), 1),
    completion_criteria: list(words, 1),
  }),
  evidence_requirements: members({
    required_events: list(words, 1),
    required_artifacts: list(anything, 1),
    approvals: list(anything),
  }),
  completion_gate: members({
    criteria: list(
      oneOf(
        "all_required_steps_terminal",
        "all_required_events_accepted",
        "all_required_artifacts_accepted",
        "all_verification_commands_passed",
        "all_policy_gates_passed",
      ),
      1,
    ),
    required_events: list(words, 1),
    required_artifacts: list(words, 1),
    evidence_bundle_required: flag,
    final_state: oneOf("Completed"),
  }),
  handoff: members({ current_state: text, resume_from_step: step, blockers: list(words), sessions: list(anything) }),
  navigation: members({
    ...each(["blockers", "deferred_items", "cross_plan_obligations", "change_history"], list(anything)),
    temporary_handoffs: list(anything),
  }),
});

const record = members({
  metadata: members({
    schema_version: version,
    document_type: oneOf("iplan-execution-record"),
    ...each(["run_id", "org_id", "project_id"], text),
    ...each(["created_at", "updated_at"], time),
    status: oneOf("Queued", "Running", "Blocked", "Completed", "Failed", "Cancelled", "Abandoned"),
  }),
  plan_ref: members({ iplan_id: plan, plan_version_id: text, chain_id: orNull(words), imported_artifact_ref: text }),
  tasks: list(
    members({
      task_id: text,
      step_id: step,
      work_order_id: work,
      status: oneOf("Queued", "Assigned", "Running", "Blocked", "Completed", "Failed", "Cancelled"),
      executor_id: orNull(executor),
      lease_id: orNull(words),
      "max_attempts?": count(1),
      attempts: list(
        members({
          attempt: count(1),
          ...each(["started_at", "completed_at"], orNull(time)),
          result: oneOf("pending", "succeeded", "failed", "cancelled", "blocked"),
        }),
      ),
    }),
  ),
  executor_assignments: list(anything),
  events: members({
    accepted: list(
      members({
        ...each(["event_id", "event_type", "task_id"], text),
        executor_id: executor,
        status: oneOf("accepted", "running", "blocked", "succeeded", "failed", "cancelled"),
        occurred_at: time,
      }),
    ),
    rejected: list(anything),
  }),
  artifacts: members({ accepted: list(anything), rejected: list(anything) }),
  policy_decisions: list(
    members({
      ...each(["decision_id", "subject", "action", "resource"], text),
      result: oneOf("allow", "deny", "warning"),
      decided_at: time,
    }),
  ),
  state_transitions: list(members({ ...each(["from", "to", "reason"], text), at: time })),
  verification: members({
    commands_run: list(anything),
    evidence_status: oneOf("pending", "passed", "failed", "partial"),
    completion_gate: oneOf("pending", "passed", "failed", "blocked"),
    required_evidence: list(
      members({
        evidence_id: text,
        status: oneOf("missing", "accepted", "rejected", "waived"),
        required_for_completion: flag,
      }),
    ),
  }),
});

const bundle = members({
  metadata: members({
    schema_version: version,
    document_type: oneOf("iplan-evidence-bundle"),
    evidence_bundle_id: text,
    generated_at: time,
    generated_by: text,
    sealed: flag,
  }),
  plan_ref: members({ iplan_id: plan, plan_version_id: text, run_id: text, chain_id: orNull(words) }),
  summary: members({
    status: oneOf("pending", "passed", "failed", "partial"),
    outcome: text,
    exceptions: list(anything),
  }),
  lineage: members(each(["upstream_refs", "downstream_refs", "commit_refs"], list(words))),
  execution_evidence: members(
    each(
      [
        "signed_events",
        "executor_assignments",
        "command_results",
        "test_results",
        "artifacts",
        "policy_decisions",
        "approvals",
      ],
      list(anything),
    ),
  ),
  assurance: members({
    ...each(["required_evidence_satisfied", "verification_passed"], flag),
    ...each(["drift_findings", "open_deferred_items"], list(anything)),
    reviewer_notes: list(words),
  }),
  seal: members({
    sealed_at: orNull(time),
    evidence_manifest: list(members({ ref: text, artifact_type: text, canonical_hash: digest })),
    canonical_hash: members({ algorithm: oneOf("sha256"), value: orNull(hex) }),
    signature: members({ key_id: orNull(words), algorithm: oneOf("ed25519", "hmac-sha256"), value: orNull(words) }),
  }),
});

const outcome = oneOf("passed", "failed", "passed_with_warnings");
const applied = oneOf("passed", "failed", "not_applicable");
const report = members({
  validation_report_id: text,
  subject_ref: members({
    artifact_type: oneOf("IPLAN", "IPLAN_CHAIN"),
    id: text,
    plan_version_id: orNull(words),
    canonical_hash: digest,
  }),
  status: outcome,
  schema_validation: members({ schema_id: text, result: outcome, errors: list(anything), warnings: list(anything) }),
  semantic_validation: members({
    ...each(
      ["duplicate_ids", "unresolved_references", "unresolved_refs", "placeholder_fields", "file_conflicts"],
      list(anything),
    ),
    command_evidence_coverage: members({
      commands_checked: count(0),
      commands_without_evidence: list(anything),
      result: applied,
    }),
    chain_graph_integrity: members({
      result: applied,
      ...each(["cycles", "missing_tier_refs", "missing_dependency_refs"], list(anything)),
    }),
  }),
  readiness: members({
    exec_ready_score: count(0, 100),
    result: oneOf("ready", "not_ready", "ready_with_warnings"),
    blocking_findings: list(text),
  }),
  findings: list(
    members({
      finding_id: text,
      severity: oneOf("P0", "P1", "P2", "P3"),
      category: text,
      message: text,
      path: orNull(words),
      blocking: flag,
    }),
  ),
  generated_at: time,
});

/** The shapes of the public standard (schema set 1.3-draft), as far as its schemas fix them, in words of our own. */
export const standardShapes: Readonly<Record<string, Shape>> = {
  "iplan-document": document,
  "iplan-execution-record": record,
  "iplan-evidence-bundle": bundle,
  "iplan-validation-report": report,
};
