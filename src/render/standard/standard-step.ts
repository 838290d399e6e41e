import type { StepUnit } from "#model/understanding";
import { atLeast, notStated, placeId, type StandardScene, stepIdOf, textsOf } from "./scene.ts";
import { statusOf } from "./statuses.ts";

/** A step of a plan as the standard's document has it. */
export function standardStep(scene: StandardScene, step: StepUnit, index: number): object {
  const { verdict } = scene.standing.steps.get(step.key) ?? { verdict: "pending" as const };
  const prose = step.step.prose.map(({ text }) => text).join(" ");
  return {
    step_id: placeId("STEP", index),
    title: step.title === "" ? `Step ${step.number}` : step.title,
    intent: prose.trim() === "" ? notStated : prose,
    dependencies: step.needs.map((key) => stepIdOf(scene, key)),
    executor_capabilities: [step.handoff === undefined ? "bash" : "person"],
    target_files: targetFiles(step),
    commands: commandsOf(step),
    executor_context: contextOf(scene, step),
    executor_work: workOf(scene, step, index),
    expected_outputs: atLeast(step.outcomes.map(({ text }) => text)),
    evidence_required: ["execution_log"],
    failure_handling: failureHandling,
    status: statusOf[verdict].step,
  };
}

/** Why: the standard asks for a file; of a step that declares none it is the workspace. */
function targetFiles({ files, risk }: StepUnit): readonly object[] {
  const action = risk === "read" ? "read" : "modify";
  return (files.length === 0 ? ["."] : files).map((path) => ({ path, action }));
}

function commandsOf(step: StepUnit): object {
  const [actions, checks] = [textsOf(step, "action"), textsOf(step, "verification")];
  const setup = step.blocks.flatMap(({ settings }) => settings.init ?? []);
  return {
    setup: {
      items: setup,
      not_applicable_reason: setup.length === 0 ? "The session of the steps before goes on." : null,
    },
    execute: {
      items: atLeast(actions, step.title === "" ? notStated : step.title),
      not_applicable_reason: actions.length > 0 ? null : (step.handoff ?? "The step only verifies."),
    },
    verify: {
      items: atLeast(checks.length === 0 ? step.outcomes.map(({ text }) => text) : checks),
      not_applicable_reason: checks.length === 0 ? "The plan has no verification of its own for this step." : null,
    },
  };
}

function contextOf(scene: StandardScene, { files }: StepUnit): object {
  const refs = Object.entries(scene.upstream).flatMap(([type, ids]) =>
    ids.map((ref) => ({ ref_type: type === "adr" ? "decision" : "spec", ref, required: true })),
  );
  return {
    repository: {
      url: notStated,
      default_branch: scene.branch === undefined || scene.branch === "" ? notStated : scene.branch,
      base_ref: scene.commit ?? notStated,
    },
    workspace: { working_directory: ".", write_scope: files.length === 0 ? ["."] : files, read_only_paths: [] },
    knowledge_refs: refs,
    mcp_tools: [],
    secrets_policy: scene.secrets ? "scoped_runtime_only" : "no_secrets",
    forbidden_paths: [],
  };
}

function workOf(scene: StandardScene, step: StepUnit, index: number): object {
  const tied = step.ties.flatMap(({ task }) => task ?? []);
  const tasks = scene.understood.phases.flatMap((phase) => phase.tasks).filter(({ id }) => tied.includes(id));
  const todos =
    tasks.length === 0
      ? [{ description: step.title === "" ? `Step ${step.number}` : step.title, key: step.key }]
      : tasks.map((task) => ({ description: `${task.id}: ${task.task.name}`, key: task.key }));
  return {
    work_order_id: placeId("WORK", index),
    dispatchable: step.handoff === undefined,
    todos: todos.map(({ description, key }, place) => ({
      todo_id: placeId("TODO", place),
      description,
      type: step.blocks.some(({ role }) => role === "action") ? "edit" : "verify",
      priority: "P1",
      allowed_actions: step.risk === "read" ? ["read", "run_command"] : ["read", "create", "modify", "run_command"],
      acceptance_criteria: atLeast([...textsOf(step, "verification"), ...step.outcomes.map(({ text }) => text)]),
      evidence_required: [
        {
          event_type: "task.completed",
          artifact_type: "execution_log",
          description: "What its commands printed, by digest",
        },
      ],
      status: statusOf[(scene.standing.tasks.get(key) ?? scene.standing.steps.get(key))?.verdict ?? "pending"].step,
    })),
    reporting: {
      progress_events: ["task.started"],
      completion_event: "task.completed",
      artifact_manifest_required: true,
      final_summary_required: false,
    },
  };
}

/** What this program does, whatever the plan says. */
const failureHandling = {
  on_blocker: "The run stops and names the step; a note of kind blocker is recorded.",
  on_ambiguity: "The step is handed to a person.",
  on_test_failure: "The step is failed, its output is kept, and the run stops.",
  on_policy_denial: "Commands that were not approved are not started.",
  on_partial_completion: "Verified steps stay verified; the run goes on at the first that is not.",
};
