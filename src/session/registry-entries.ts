import type { PhaseEntry, PlanEntry, Registry, RegistryEntry, TagState } from "#author/registry/entry";
import type { TraceGraph } from "#graph/graph";
import { compareIds } from "#graph/index";
import { mentionsIn } from "#graph/mentions";
import { type EffortRow, type PlanEffort, planEffort } from "#guide/effort";
import { nextUnit } from "#guide/next";
import type { Plan } from "#model/plan";
import type { Control, Effort } from "#model/plan-text";
import { isMarkdownPath } from "#model/source";
import { tagColumn, tagFlag, tagWidth } from "#model/trace";
import type { UnderstoodPlan } from "#model/understanding";
import { parsePlan } from "#parse/iplan/plan";
import { layerOf } from "#profile/dialect";
import type { LayerProfile } from "#profile/profile";
import { readPlans, type PlanDocument } from "./plans.ts";
import { receiptStanding } from "./receipt-standing.ts";
import type { Session } from "./session.ts";

/** Everything the registry documents of a type are computed from: documents, tags and receipts; never a journal. */
export async function registryOf(session: Session, graph: TraceGraph, layer: LayerProfile): Promise<Registry> {
  const plans = layer.type === session.profile.plan.type ? readPlans(session).plans : [];
  const entries: RegistryEntry[] = [];
  for (const node of graph.documents()) {
    const view = graph.view(node);
    if (view?.type !== layer.type || view.role !== "artifact") continue;
    const plan = plans.find((one) => one.parts.some((part) => part.path === view.path));
    const entry = entryOf(session, graph, node, layer);
    entries.push(plan === undefined ? entry : { ...entry, plan: await planEntry(session, graph, node, plan) });
  }
  return {
    type: layer.type,
    title: layer.title,
    layer: layer.layer,
    upstreamTypes: [...layer.upstream].reverse(),
    entries: entries.sort((a, b) => compareIds(a.id, b.id)),
  };
}

function entryOf(session: Session, graph: TraceGraph, node: number, layer: LayerProfile): RegistryEntry {
  const view = graph.view(node);
  const path = view?.path ?? "";
  const control = controlOf(session, path);
  const elements = graph.elementsOf(path).filter((one) => graph.isDemanding(one));
  const children = graph.kinship.children(node);
  const named = downstreamMentions(graph, path);
  const ids = (nodes: readonly number[]): readonly string[] => nodes.map((one) => graph.idOf(one)).sort();
  return {
    id: graph.idOf(node),
    type: layer.type,
    path,
    title: titleOf(view?.title ?? "", graph.idOf(node)),
    ...(control?.status === undefined ? {} : { status: control.status.raw }),
    ...(control?.created?.value === undefined ? {} : { created: control.created.value.iso.slice(0, 10) }),
    tags: tagStates(graph, path, node, layer, session),
    upstream: ids(graph.kinship.parents(node)),
    downstream: ids(children),
    elements: elements.length,
    covered: elements.filter((one) => graph.coverage.isCovered(one)).length,
    // Why: a document without a section on what lies below it names nothing, and is not asked to.
    unnamed: named.size === 0 ? [] : ids(children).filter((id) => !named.has(id)),
  };
}

function controlOf(session: Session, path: string): Control | undefined {
  const source = isMarkdownPath(path) ? session.source(path) : undefined;
  return source === undefined ? undefined : parsePlan(source, session.profile).control;
}

function titleOf(title: string, id: string): string {
  return title.startsWith(id) ? title.slice(id.length).replace(/^[\s:–-]+/u, "") : title;
}

/** Ids that a document names in its downstream sections. */
function downstreamMentions(graph: TraceGraph, path: string): ReadonlySet<string> {
  const trace = graph.trace(path);
  return new Set(trace === undefined ? [] : Array.from(mentionsIn(trace, "downstream"), ({ document }) => document));
}

/** How each tag that the layer demands stands, those of optional layers where the ancestors have such documents. */
function tagStates(
  graph: TraceGraph,
  path: string,
  node: number,
  layer: LayerProfile,
  session: Session,
): ReadonlyMap<string, TagState> {
  const conditional = graph.conditional(node).filter((one) => one.ancestors.length > 0);
  const types = [...layer.upstream, ...conditional.map((one) => one.type)];
  const required = types
    .flatMap((type) => layerOf(session.profile, type) ?? [])
    .sort((a, b) => a.layer - b.layer)
    .flatMap((one) => one.tag ?? []);
  const written = writtenTags(graph, path, node);
  return new Map(required.map((tag) => [tag, written.get(tag) ?? "missing"]));
}

function writtenTags(graph: TraceGraph, path: string, node: number): ReadonlyMap<string, TagState> {
  const states = new Map<string, TagState>();
  const trace = graph.trace(path);
  const parts = trace?.part === undefined ? [path] : graph.holdersOf(node);
  for (const part of parts) {
    const { tags, strings } = graph.trace(part) ?? { tags: new Int32Array(0), strings: [] };
    for (let at = 0; at < tags.length; at += tagWidth) {
      const flags = tags[at + tagColumn.flags] ?? 0;
      if ((flags & tagFlag.live) === 0 || (flags & tagFlag.none) !== 0) continue;
      states.set(strings[tags[at + tagColumn.type] ?? -1] ?? "", "not-found");
    }
    const links = graph.linksOf(part);
    const broken = new Set<string>();
    for (let index = 0; index < links.length; index++) {
      if (links.to(index) < 0) broken.add(links.tag(index));
      else if (!broken.has(links.tag(index))) states.set(links.tag(index), "found");
    }
    for (const tag of broken) states.set(tag, "not-found");
  }
  return states;
}

async function planEntry(
  session: Session,
  graph: TraceGraph,
  node: number,
  document: PlanDocument,
): Promise<PlanEntry> {
  const { plan } = document;
  const { understood, standing, lines, record } = await receiptStanding(session, document);
  const effort = planEffort(understood, standing, record?.active ?? new Map());
  const actual = actualOf(plan, effort);
  const last = lines
    .map((line) => line.at.slice(0, 10))
    .sort()
    .at(-1);
  const unit = nextUnit(understood, standing);
  const component = componentOf(plan);
  return {
    parents: plan.control?.parentTasks?.value ?? [],
    ...(component === undefined ? {} : { component }),
    ...(plan.control?.estimatedEffort?.value === undefined ? {} : { estimated: plan.control.estimatedEffort.value }),
    ...(actual === undefined ? {} : { actual }),
    ...(standing.verdict === "verified" && last !== undefined ? { completed: last } : {}),
    verdict: standing.verdict,
    phases: understood.phases.map((phase, index) => ({
      number: phase.number,
      name: phase.phase.name,
      done: phase.tasks.filter((task) => standing.tasks.get(task.key)?.verdict === "verified").length,
      total: phase.tasks.length,
      ...phaseEffort(effort.phases[index]),
    })),
    ...(unit === undefined ? {} : { resume: resumeText(unit) }),
    ...(last === undefined ? {} : { lastSession: last }),
    blocked: plan.control?.status?.value === "blocked",
    needs: neededPlans(session, graph, node, understood),
  };
}

/** What the document says a plan took; where it says nothing, the time that its receipt has of it once it is verified. */
function actualOf({ control }: Plan, { activeMs, verdict }: PlanEffort): Effort | undefined {
  return control?.actualEffort?.value ?? (verdict === "verified" ? hoursOf(activeMs) : undefined);
}

function hoursOf(ms: number): Effort | undefined {
  const hours = ms / 3_600_000;
  return ms === 0 ? undefined : { minHours: hours, maxHours: hours };
}

function phaseEffort(row: EffortRow | undefined): Pick<PhaseEntry, "estimated" | "active"> {
  const active = hoursOf(row?.activeMs ?? 0);
  const estimated = row?.estimated;
  return { ...(estimated === undefined ? {} : { estimated }), ...(active === undefined ? {} : { active }) };
}

function resumeText(unit: NonNullable<ReturnType<typeof nextUnit>>): string {
  if (unit.kind === "task") return `${unit.task.id}: ${unit.task.task.name}`;
  if (unit.kind === "signature") return `sign ${unit.key}`;
  return `step ${unit.step.number}: ${unit.step.title}`;
}

function componentOf(plan: Plan): string | undefined {
  return plan.control?.others.find((row) => /^component$/i.test(row.name.text.trim()))?.value.text;
}

/** Other plans that this one names among its related documents. */
function neededPlans(session: Session, graph: TraceGraph, node: number, { plan }: UnderstoodPlan): readonly string[] {
  const own = graph.idOf(node);
  const texts = [...plan.upstream, ...plan.related].map((link) => `${link.text} ${link.target}`);
  const related = [...(plan.control?.relatedArtifacts?.value ?? []), ...texts].join(" ");
  const ids = related.match(new RegExp(`\\b${session.profile.plan.type}-\\d{2,4}\\b`, "g")) ?? [];
  return [...new Set(ids)].filter((id) => id !== own && graph.find(id) !== undefined).sort();
}
