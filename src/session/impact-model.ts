import type { Impact, TraceGraph, TraceNode } from "#graph/graph";
import type { TraceRole } from "#model/trace";
import { isNamedAsTest } from "#profile/test-name";
import type { ShownChange, ShownImpact } from "#render/impact-page";

/**
 * What a change touches, by file: documents by layer and id, source and tests by path. Changed files are among them when they are source
 * or tests. What tests are made with is source to look at: a runner of tests that is given it runs nothing, or fails.
 */
export function impactModel(graph: TraceGraph, impact: Impact): ShownChange {
  const changed = viewsOf(graph, impact.changed);
  const files = new Map<string, FileImpact>();
  for (const view of viewsOf(graph, impact.touched)) addTo(files, graph, view, impact.via.get(view.node));
  for (const view of changed) if (isMade(view.role)) addTo(files, graph, view, undefined);
  shareWhole(files.values());
  const isRun = runnable(graph);
  const all = [...files.values()].sort((a, b) => a.layer - b.layer || compare(a.path, b.path));
  return {
    changed: [...changedIds(changed), ...goneIds(graph, impact.changed)],
    documents: shown(all, ({ role }) => !isMade(role)),
    code: shown(all, ({ role, path }) => role === "source" || (role === "test" && !isRun(path))),
    tests: shown(all, ({ role, path }) => role === "test" && isRun(path)),
  };
}

/** Tells the tests that a runner runs from files beside them. Why: where none is named as a test, each is one, as for mocha. */
function runnable(graph: TraceGraph): (path: string) => boolean {
  const named = new Set<string>();
  for (const path of graph.paths())
    if (graph.trace(path)?.role === "test" && isNamedAsTest(graph.profile, path)) named.add(familyOf(path));
  return (path) => isNamedAsTest(graph.profile, path) || !named.has(familyOf(path));
}

/** What names of tests go by: the ending, one for all of JavaScript. */
function familyOf(path: string): string {
  const ending = path.slice(path.lastIndexOf(".") + 1);
  return /^[cm]?[jt]sx?$/u.test(ending) ? "js" : ending;
}

interface FileImpact {
  readonly path: string;
  readonly id: string;
  readonly type: string | undefined;
  readonly layer: number;
  readonly role: TraceRole;
  whole: boolean;
  readonly elements: Set<string>;
  readonly via: Set<string>;
}

function addTo(files: Map<string, FileImpact>, graph: TraceGraph, view: TraceNode, via: number | undefined): void {
  const { path, document, type, layer, role, element } = view;
  const file = files.get(path) ?? {
    path,
    id: document,
    type,
    layer,
    role,
    whole: false,
    elements: new Set<string>(),
    via: new Set<string>(),
  };
  files.set(path, file);
  if (element === undefined) file.whole = true;
  else file.elements.add(element);
  const reason = via === undefined ? undefined : graph.idOf(via);
  if (reason !== undefined && reason !== document && !reason.startsWith(`${document}:`)) file.via.add(reason);
}

/** Why: the other file of a pair, and every part of a plan, is touched as a whole when the document is. */
function shareWhole(files: Iterable<FileImpact>): void {
  const all = [...files];
  const wholes = new Map(all.flatMap((file) => (file.whole ? [[file.id, file] as const] : [])));
  for (const file of all) {
    const whole = wholes.get(file.id);
    if (file.whole || whole === undefined) continue;
    file.whole = true;
    for (const reason of whole.via) file.via.add(reason);
  }
}

function shown(files: readonly FileImpact[], wanted: (file: FileImpact) => boolean): readonly ShownImpact[] {
  return files.filter(wanted).map(({ path, id, type, layer, whole, elements, via }) => ({
    path,
    id,
    ...(type === undefined ? {} : { type }),
    ...(layer < 0 ? {} : { layer }),
    elements: whole ? [] : [...elements],
    via: [...via],
  }));
}

/** Why: of a document that changed as a whole its elements need not be told. */
function changedIds(changed: readonly TraceNode[]): readonly string[] {
  const whole = new Set(changed.filter(({ element }) => element === undefined).map(({ document }) => document));
  return changed.filter(({ element, document }) => element === undefined || !whole.has(document)).map(({ id }) => id);
}

/** Documents and elements that are gone, which others still name; nothing shows them. */
function goneIds(graph: TraceGraph, changed: readonly number[]): readonly string[] {
  return changed.filter((node) => graph.view(node) === undefined).map((node) => graph.idOf(node));
}

function viewsOf(graph: TraceGraph, nodes: readonly number[]): readonly TraceNode[] {
  return nodes.flatMap((node) => graph.view(node) ?? []);
}

function isMade(role: TraceRole): boolean {
  return role === "source" || role === "test";
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
