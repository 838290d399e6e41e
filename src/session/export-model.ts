import type { Verdict } from "#model/run";
import { compareIds } from "#graph/index";
import type { TraceGraph, TraceNode } from "#graph/graph";
import { layerOf } from "#profile/dialect";
import type { ExportedItem, ExportedItems } from "#render/exported-item";
import { NodeLinks } from "./node-links.ts";
import { readPlans } from "./plans.ts";
import { receiptStanding } from "./receipt-standing.ts";
import { copiesById } from "./same-id.ts";
import type { Session } from "./session.ts";

/**
 * Every document, and every element that is demanded or named, with its links, and the tasks of plans with their verdicts, by id.
 * `copies`: where several files hold an id, each is a document; the links of the id are those of the first. The same documents give the
 * same list.
 */
export async function exportModel(
  session: Session,
  graph: TraceGraph,
  { copies }: { readonly copies: boolean },
): Promise<ExportedItems> {
  const links = new NodeLinks(graph);
  const plans = await planVerdicts(session);
  const others = copiesById(graph);
  const all = documentsById(graph).flatMap((node) =>
    rowsOf(session, graph, links, plans, node, others.get(graph.idOf(node)) ?? []),
  );
  const rows = copies ? all : all.filter(({ kind, node }) => kind === "element" || node !== undefined);
  const ranks = new Map(rows.flatMap(({ node }, rank) => (node === undefined ? [] : [[node, rank] as const])));
  const rankOf = (node: number): number => ranks.get(node) ?? rows.length;
  return {
    ids: rows.map(({ id }) => id),
    documents: rows.filter(({ kind }) => kind === "document").length,
    at(index) {
      const row = rows[index];
      const item = row === undefined ? undefined : itemOf(session, graph, links, rankOf, row);
      if (item === undefined) throw new RangeError(`there is no item ${index}`);
      return item;
    },
  };
}

/** An item before its links are looked up. */
interface Row {
  readonly id: string;
  readonly kind: ExportedItem["kind"];
  /** Absent for a task that is no node, and for another file of one id. */
  readonly node?: number;
  /** The document that says everything else about what is no node. */
  readonly under?: number;
  readonly title?: string;
  readonly path: string;
  readonly line: number;
  readonly verdict?: Verdict;
}

function documentsById(graph: TraceGraph): readonly number[] {
  const documents = graph.documents().map((node) => ({ node, id: graph.idOf(node) }));
  return documents.sort((a, b) => compareIds(documentOf(a.id), documentOf(b.id))).map(({ node }) => node);
}

function documentOf(id: string): string {
  const colon = id.indexOf(":");
  return colon < 0 ? id : id.slice(0, colon);
}

/** The rows of a document: itself, the other files of its id, then its elements and tasks by place. */
function rowsOf(
  session: Session,
  graph: TraceGraph,
  links: NodeLinks,
  plans: ReadonlyMap<string, PlanVerdicts>,
  document: number,
  copies: readonly string[],
): readonly Row[] {
  const whole = graph.view(document);
  if (whole === undefined || whole.role === "other") return [];
  const plan = plans.get(whole.id);
  const own: Row = { ...rowOf(session, whole), ...verdictOf(plan?.verdict) };
  const elements = new Set([...graph.holdersOf(document), ...copies].flatMap((path) => graph.elementsOf(path)));
  const rows: Row[] = [];
  const tasks = new Map(plan?.tasks);
  for (const node of elements) {
    // Why: keys and sections that nothing names are places in a text, no requirements.
    if (!graph.isDemanding(node) && !links.has(node)) continue;
    const view = graph.view(node);
    if (view === undefined) continue;
    rows.push({ ...rowOf(session, view), ...verdictOf(tasks.get(view.id)?.verdict) });
    tasks.delete(view.id);
  }
  for (const [id, { title, line, verdict }] of tasks)
    rows.push({ id, kind: "element", under: document, title, path: own.path, line, verdict });
  const others = copies.map((path): Row => {
    const title = titleOf({ ...whole, title: graph.trace(path)?.title ?? "" });
    return { id: whole.id, kind: "document", under: document, title, path, line: 1 };
  });
  return [own, ...others, ...rows.sort(byPlace)];
}

function rowOf(session: Session, { node, id, element, path, start }: TraceNode): Row {
  const line = session.source(path)?.position(start).line ?? 1;
  return { id, kind: element === undefined ? "document" : "element", node, path, line };
}

function verdictOf(verdict: Verdict | undefined): Pick<Row, "verdict"> {
  return verdict === undefined ? {} : { verdict };
}

function byPlace(a: Row, b: Row): number {
  return compare(a.path, b.path) || a.line - b.line || compare(a.id, b.id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function itemOf(
  session: Session,
  graph: TraceGraph,
  links: NodeLinks,
  rankOf: (node: number) => number,
  { id, kind, node, under, title, path, line, verdict }: Row,
): ExportedItem | undefined {
  const view = graph.view(node ?? under ?? -1);
  if (view === undefined) return undefined;
  const { type = "", layer } = view;
  return {
    id,
    kind,
    type,
    typeName: layerOf(session.profile, type)?.title ?? type,
    ...(layer < 0 ? {} : { layer }),
    title: title ?? titleOf(view),
    path,
    line,
    ...(verdict === undefined ? {} : { verdict }),
    out: node === undefined ? [] : links.outOf(node),
    in: node === undefined ? [] : links.into(node, rankOf),
  };
}

/** Why: headings repeat the id that stands in a column of its own. */
function titleOf({ document, element, title = "" }: TraceNode): string {
  const name = element ?? document;
  return title.startsWith(name) ? title.slice(name.length).replace(/^[\s:–-]+/u, "") : title;
}

/** Where a plan and its tasks stand by the plan's receipt, tasks by their id in the chain. */
interface PlanVerdicts {
  readonly verdict: Verdict;
  readonly tasks: ReadonlyMap<string, { readonly title: string; readonly line: number; readonly verdict: Verdict }>;
}

async function planVerdicts(session: Session): Promise<ReadonlyMap<string, PlanVerdicts>> {
  const found = new Map<string, PlanVerdicts>();
  for (const plan of readPlans(session).plans) {
    const { understood, standing } = await receiptStanding(session, plan);
    const tasks = understood.phases
      .flatMap((phase) => phase.tasks)
      .map(({ key, id, task }) => {
        const verdict = standing.tasks.get(key)?.verdict ?? "pending";
        return [`${plan.id}:${id}`, { title: task.name, line: task.range.start.line, verdict }] as const;
      });
    found.set(plan.id, { verdict: standing.verdict, tasks: new Map([...(found.get(plan.id)?.tasks ?? []), ...tasks]) });
  }
  return found;
}
