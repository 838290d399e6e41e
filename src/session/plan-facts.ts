import { documentsOf, type Inheritance } from "#author/inherit";
import type { ChainDocument, PlanFacts, ScenarioFacts } from "#author/plan-facts/facts";
import { manifestNames, readManifests } from "#author/plan-facts/manifests";
import { boundsIn, decisionIn, risksIn, statusIn } from "#author/plan-facts/prose-facts";
import { acceptanceIn, partOfTaskList, readTaskList } from "#author/plan-facts/tasks-facts";
import { readYamlFacts, type YamlFacts } from "#author/plan-facts/yaml-facts";
import type { TraceGraph } from "#graph/graph";
import type { Source } from "#model/source";
import { definitionKind } from "#model/trace";
import { readYamlTexts } from "./read-yaml-value.ts";
import type { Session } from "./session.ts";
import { sourceText } from "./trace-documents.ts";

/** A document of the chain with its text; one entry for each of its files. */
interface ChainSource extends ChainDocument {
  readonly source: Source;
}

/** Types whose documents tell decisions, risks and bounds in prose. */
const telling: Readonly<Record<"decisions" | "bounds" | "risks" | "acceptance", readonly string[]>> = {
  acceptance: ["REQ"],
  decisions: ["ADR"],
  bounds: ["SYS"],
  risks: ["TASKS", "IMPL", "ADR"],
};

/** What the chain of a task list, and the project around it, say of the plan that is to carry it out. */
export async function gatherPlanFacts(
  session: Session,
  graph: TraceGraph,
  parents: readonly number[],
  { nodes }: Inheritance,
): Promise<PlanFacts | undefined> {
  const chain = documentsOf(graph, nodes).flatMap((node) => sourcesOf(session, graph, node));
  const [parent] = parents;
  const own = parent === undefined ? undefined : chain.find(({ id }) => id === graph.idOf(graph.documentOf(parent)));
  if (own === undefined) return undefined;
  const { profile } = session;
  const elements = parents.flatMap((node) => graph.view(node)?.element ?? []);
  const whole = readTaskList(own.source, profile, own.id);
  const list = partOfTaskList(whole, new Set(elements));
  const isPart = list !== whole;
  const files = new Set(list.phases.flatMap(({ tasks }) => tasks.flatMap((task) => task.files)));
  const yaml = await yamlFacts(chain);
  const told = <Fact>(
    types: readonly string[],
    read: (source: Source, id: string) => readonly Fact[],
  ): readonly Fact[] =>
    chain
      .filter(({ type, path }) => types.includes(type) && path.endsWith(".md"))
      .flatMap(({ source, id }) => read(source, id));
  const firsts = chain.filter((one, index) => chain.findIndex(({ id }) => id === one.id) === index);
  return {
    parent: plain(own),
    chain: firsts.map((one) => plain(one)),
    ...(list.effort === undefined ? {} : { effort: list.effort }),
    phases: list.phases,
    criteria:
      list.criteria.length > 0 || isPart
        ? list.criteria
        : told(telling.acceptance, (source, id) => acceptanceIn(source, profile, id)),
    // Why: what a part does not build is none of its deliverables.
    modules: yaml.flatMap(({ modules }) => modules).filter(({ file = "" }) => !isPart || files.has(file)),
    settings: yaml.flatMap(({ settings }) => settings),
    decisions: [
      ...told(telling.decisions, (source, id) => decisionIn(source, profile, id)),
      ...yaml.flatMap(({ decisions }) => decisions),
      ...told(telling.bounds, (source, id) => boundsIn(source, profile, id)),
    ],
    scenarios: scenariosOf(graph, nodes),
    risks: told(telling.risks, (source, id) => risksIn(source, profile, id)),
    project: readManifests(manifestsOf(session)),
  };
}

function plain({ id, type, path, status }: ChainSource): ChainDocument {
  return { id, type, path, ...(status === undefined ? {} : { status }) };
}

function sourcesOf(session: Session, graph: TraceGraph, node: number): readonly ChainSource[] {
  const id = graph.idOf(node);
  const type = graph.view(node)?.type ?? "";
  return graph.holdersOf(node).flatMap((path) => {
    const source = session.source(path);
    if (source === undefined) return [];
    const status = statusIn(source.text);
    return [{ id, type, path, source, ...(status === undefined ? {} : { status }) }];
  });
}

async function yamlFacts(chain: readonly ChainSource[]): Promise<readonly YamlFacts[]> {
  const found: YamlFacts[] = [];
  for (const { source, id } of chain.filter(({ path }) => /\.ya?ml$/iu.test(path))) {
    found.push(readYamlFacts((await readYamlTexts(source.text))?.value, id));
  }
  return found;
}

/**
 * Scenarios that lead to what the plan builds: those its chain names, and of a document that is named as a whole those whose own tags
 * share a requirement with the chain.
 */
function scenariosOf(graph: TraceGraph, nodes: readonly number[]): readonly ScenarioFacts[] {
  const chain = new Set(nodes);
  const isScenario = (node: number): boolean => graph.view(node)?.kind === definitionKind.scenario;
  const leadsHere = (node: number): boolean => {
    const written = graph.lineage(node)?.written ?? [];
    return written.length === 0 || written.some((one) => chain.has(one) || chain.has(graph.documentOf(one)));
  };
  return nodes
    .flatMap((node) => {
      if (graph.documentOf(node) !== node) return isScenario(node) ? [node] : [];
      const elements = graph.holdersOf(node).flatMap((path) => graph.elementsOf(path));
      return elements.filter((one) => isScenario(one) && leadsHere(one));
    })
    .map((node) => ({ document: graph.idOf(graph.documentOf(node)), title: graph.view(node)?.title ?? "" }))
    .filter(({ title }) => title !== "");
}

/** Contents of the manifests in the root of a workspace, by name. */
export function manifestsOf(session: Session): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const name of manifestNames) {
    const stat = session.host.files.stat(`${session.root}/${name}`);
    const text = stat?.kind === "file" ? sourceText(session, name) : undefined;
    if (text !== undefined) found.set(name, text);
  }
  return found;
}
