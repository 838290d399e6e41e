import { compareIds } from "#graph/index";
import type { TraceGraph, TraceNode } from "#graph/graph";
import { layerOf } from "#profile/dialect";
import type { ExportedItem, ExportedLink } from "#render/exported-item";
import { readPlans } from "./plans.ts";
import { receiptStanding } from "./receipt-standing.ts";
import type { Session } from "./session.ts";

/** Every document, and every element that is demanded or named, with its links, and the tasks of plans with their verdicts, by id. The same documents give the same list. */
export async function exportModel(session: Session, graph: TraceGraph): Promise<readonly ExportedItem[]> {
  const links = allLinks(graph);
  const items = new Map<string, ExportedItem>();
  for (const node of graph.documents()) {
    const view = graph.view(node);
    if (view === undefined || view.role === "other") continue;
    const elements = graph.holdersOf(node).flatMap((path) => graph.elementsOf(path));
    // Why: keys and sections that nothing names are places in a text, no requirements.
    const told = elements.filter((one) => graph.isDemanding(one) || links.out.has(one) || links.in.has(one));
    for (const one of [node, ...new Set(told)]) {
      for (const item of itemOf(session, graph, one, links)) items.set(item.id, item);
    }
  }
  await addVerdicts(session, items);
  return [...items.values()].sort((a, b) => compareIds(documentOf(a.id), documentOf(b.id)) || byPlace(a, b));
}

function documentOf(id: string): string {
  const colon = id.indexOf(":");
  return colon < 0 ? id : id.slice(0, colon);
}

function byPlace(a: ExportedItem, b: ExportedItem): number {
  if (a.kind !== b.kind) return a.kind === "document" ? -1 : 1;
  return compare(a.path, b.path) || a.line - b.line || compare(a.id, b.id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

interface NodeLinks {
  readonly out: ReadonlyMap<number, readonly ExportedLink[]>;
  readonly in: ReadonlyMap<number, readonly ExportedLink[]>;
}

/** Links by both of their ends; what is written twice counts once. */
function allLinks(graph: TraceGraph): NodeLinks {
  const [out, into] = [new Map<number, ExportedLink[]>(), new Map<number, ExportedLink[]>()];
  for (const path of graph.paths()) {
    const links = graph.linksOf(path);
    for (let index = 0; index < links.length; index++) {
      const { from, to, tag, status } = links.at(index);
      add(out, links.from(index), { id: to, tag, status });
      if (links.to(index) >= 0) add(into, links.to(index), { id: from, tag, status });
    }
  }
  for (const list of into.values()) list.sort((a, b) => compareIds(a.id, b.id) || compare(a.tag, b.tag));
  return { out, in: into };
}

function add(links: Map<number, ExportedLink[]>, node: number, link: ExportedLink): void {
  const known = links.get(node);
  if (known === undefined) links.set(node, [link]);
  else if (!known.some((one) => one.id === link.id && one.tag === link.tag)) known.push(link);
}

function itemOf(session: Session, graph: TraceGraph, node: number, links: NodeLinks): readonly ExportedItem[] {
  const view = graph.view(node);
  if (view === undefined) return [];
  const { id, element, type = "", layer, path, title, start } = view;
  return [
    {
      id,
      kind: element === undefined ? "document" : "element",
      type,
      typeName: layerOf(session.profile, type)?.title ?? type,
      ...(layer < 0 ? {} : { layer }),
      title: titleOf(view, title ?? ""),
      path,
      line: session.source(path)?.position(start).line ?? 1,
      out: links.out.get(node) ?? [],
      in: links.in.get(node) ?? [],
    },
  ];
}

/** Why: headings repeat the id that stands in a column of its own. */
function titleOf({ document, element }: TraceNode, title: string): string {
  const name = element ?? document;
  return title.startsWith(name) ? title.slice(name.length).replace(/^[\s:–-]+/u, "") : title;
}

/** Gives plans and their tasks the verdicts of their receipts; a task that nothing names by a tag gets a row of its own. */
async function addVerdicts(session: Session, items: Map<string, ExportedItem>): Promise<void> {
  for (const plan of readPlans(session).plans) {
    const document = items.get(plan.id);
    if (document === undefined) continue;
    const { understood, standing } = await receiptStanding(session, plan);
    items.set(plan.id, { ...document, verdict: standing.verdict });
    for (const { key, id: task, task: written } of understood.phases.flatMap((phase) => phase.tasks)) {
      const id = `${plan.id}:${task}`;
      const own = { ...document, id, kind: "element" as const, title: written.name, out: [], in: [] };
      const known = items.get(id) ?? { ...own, line: written.range.start.line };
      items.set(id, { ...known, verdict: standing.tasks.get(key)?.verdict ?? "pending" });
    }
  }
}
