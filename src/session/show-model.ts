import type { Bullet, Plan, Tag } from "#model/plan";
import type { DocumentTrace } from "#model/trace";
import type { StepUnit, TaskUnit, UnderstoodBlock, UnderstoodOutcome } from "#model/understanding";
import { definitionsOf } from "./document-model.ts";
import type { PlanView } from "./plan-view.ts";
import type { Session } from "./session.ts";

/** The whole model of a plan in the shape that `show --json` promises. */
export function showModel(
  session: Session,
  view: PlanView,
  traces: readonly DocumentTrace[],
): Readonly<Record<string, unknown>> {
  const { understood, document } = view;
  const plan = understood.plan;
  const layer = session.profile.layers.find((entry) => entry.type === session.profile.plan.type)?.layer;
  return {
    document: {
      path: document.path,
      id: understood.id,
      type: session.profile.plan.type,
      layer,
      title: plan.name ?? plan.title?.text ?? null,
    },
    plan: planModel(view),
    tags: plan.tags.map(tagModel),
    definitions: traces.flatMap((trace) => definitionsOf(session, trace)),
  };
}

function planModel(view: PlanView): Readonly<Record<string, unknown>> {
  const { understood } = view;
  const plan = understood.plan;
  const claims = new Map(allOutcomes(view).map((outcome) => [outcome.range.start.offset, outcome]));
  const {
    phases: _phases,
    steps: _steps,
    checklists: _lists,
    tags: _tags,
    control: _control,
    blocks: _blocks,
    scenarioMapping,
    objective,
    ...rest
  } = plan;
  return {
    ...rest,
    control: controlModel(plan),
    objective: objective?.text ?? null,
    deliverables: plan.deliverables.map((item) => itemModel(item, claims)),
    bddMapping: scenarioMapping,
    phases: understood.phases.map((phase) => ({
      number: phase.number,
      name: phase.phase.name,
      ...(phase.phase.hours === undefined ? {} : { hours: phase.phase.hours }),
      ...(phase.phase.status === undefined ? {} : { status: phase.phase.status.value ?? phase.phase.status.raw }),
      tasks: phase.tasks.map(taskModel),
      range: phase.phase.range,
    })),
    steps: understood.steps.map(stepModel),
    checklists: plan.checklists.map((list) => ({
      title: list.title,
      ...(list.phase === undefined ? {} : { phase: list.phase }),
      items: list.items.map((item) => itemModel(item, claims)),
    })),
    approval: { sha256: understood.approvalHash, commands: understood.commands.length },
  };
}

function allOutcomes(view: PlanView): readonly UnderstoodOutcome[] {
  return [...view.understood.steps.flatMap((step) => step.outcomes), ...view.understood.items];
}

function controlModel(plan: Plan): Readonly<Record<string, unknown>> | null {
  const control = plan.control;
  if (control === undefined) return null;
  const { range, others, relatedArtifacts, parentTasks, ...fields } = control;
  const values = Object.entries(fields).map(([name, field]) => [name, valueOf(field)]);
  return {
    ...Object.fromEntries(values),
    ...(parentTasks === undefined ? {} : { parentTasks: parentTasks.value?.join(", ") ?? parentTasks.raw }),
    relatedArtifacts: relatedArtifacts?.value ?? [],
    others,
    range,
  };
}

/** A time reads as written; every other field by its value, or as written where it has none. */
function valueOf(field: { readonly raw: string; readonly value?: unknown }): unknown {
  if (field.value === undefined) return field.raw;
  return typeof field.value === "object" && field.value !== null && "iso" in field.value ? field.raw : field.value;
}

function taskModel(unit: TaskUnit): Readonly<Record<string, unknown>> {
  const { task } = unit;
  return {
    id: unit.id,
    name: task.name,
    ticked: task.box === undefined ? null : task.box.ticked,
    ...(task.hours === undefined ? {} : { hours: task.hours }),
    files: task.files.map((file) => file.text),
    verify: task.verify.map((entry) => entry.text),
    steps: unit.steps,
    range: task.range,
  };
}

function stepModel(unit: StepUnit): Readonly<Record<string, unknown>> {
  const phase = unit.ties[0]?.phase;
  return {
    key: unit.key,
    number: unit.number,
    title: unit.title,
    ...(phase === undefined ? {} : { phase }),
    tasks: unit.ties.flatMap((tie) => tie.task ?? []),
    ties: unit.ties,
    blocks: [...unit.blocks, ...unit.others]
      .sort((a, b) => a.block.range.start.offset - b.block.range.start.offset)
      .map(blockModel),
    outcomes: unit.outcomes.map(outcomeModel),
    ...(unit.handoff === undefined ? {} : { handoff: unit.handoff }),
    range: unit.step.range,
  };
}

function blockModel(block: UnderstoodBlock): Readonly<Record<string, unknown>> {
  return {
    role: block.role,
    why: block.why,
    language: block.block.language,
    ...(block.settings.init === undefined ? {} : { init: block.settings.init }),
    text: block.block.text,
    sha256: block.digest,
    risk: block.risk,
    risks: block.risks,
    ...(block.vacuity === undefined
      ? {}
      : { proves: block.vacuity.kind, checks: block.vacuity.checks, notes: block.vacuity.notes }),
    placeholders: block.placeholders,
    range: block.block.range,
  };
}

function outcomeModel(outcome: UnderstoodOutcome): Readonly<Record<string, unknown>> {
  return {
    key: outcome.key,
    text: outcome.text,
    ...claimOf(outcome),
    why: outcome.why,
    ...(outcome.suggestion === undefined ? {} : { suggestion: outcome.suggestion }),
    range: outcome.range,
  };
}

/** One claim as itself, several as a list. */
function claimOf(outcome: UnderstoodOutcome | undefined): Readonly<Record<string, unknown>> {
  if (outcome === undefined || outcome.claims.length === 0) return {};
  return { claim: outcome.claims.length === 1 ? outcome.claims[0] : outcome.claims };
}

function itemModel(item: Bullet, outcomes: ReadonlyMap<number, UnderstoodOutcome>): Readonly<Record<string, unknown>> {
  const found = outcomes.get(item.textRange.start.offset) ?? outcomes.get(item.range.start.offset);
  return {
    text: item.text,
    ticked: item.box === undefined ? null : item.box.ticked,
    ...claimOf(found),
    range: item.range,
  };
}

function tagModel(tag: Tag): Readonly<Record<string, unknown>> {
  const { type, document, element, raw, live, range, optional, where } = tag;
  return {
    type,
    document: document ?? null,
    ...(element === undefined ? {} : { element }),
    raw,
    live,
    optional,
    where,
    range,
  };
}
