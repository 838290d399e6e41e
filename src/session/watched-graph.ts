import type { TraceGraph } from "#graph/graph";
import { namedBy } from "#graph/near-misses";
import type { WorkspaceFacts } from "#rules/facts";
import { Asked } from "./asked.ts";
import { type Asking, nodeQuestions, type Question, textQuestions } from "./questions.ts";

/** A graph and a workspace that note what they are asked about, for one document after another. */
export interface WatchedGraph extends Asking {
  /** Runs a check of a document and returns its result with what was asked. */
  watch<Result>(check: () => Result): readonly [Result, Asked];
}

/** Watches a graph. */
export function watchGraph(graph: TraceGraph, workspace: WorkspaceFacts): WatchedGraph {
  const watcher = new Watcher({ graph, workspace });
  return {
    graph: watchedGraph(graph, watcher),
    workspace: {
      holders: (id) => workspace.holders(id),
      exists: (path) => workspace.exists(path),
      text: watcher.ofText(textQuestions.text),
      anchors: watcher.ofText(textQuestions.anchors),
    },
    watch: (check) => watcher.watch(check),
  };
}

class Watcher {
  readonly #asking: Asking;
  #asked: Asked = new Asked();

  constructor(asking: Asking) {
    this.#asking = asking;
  }

  watch<Result>(check: () => Result): readonly [Result, Asked] {
    const asked = new Asked();
    this.#asked = asked;
    return [check(), asked];
  }

  ofNode<Answer>(question: Question<number, Answer>): (node: number) => Answer {
    return (node) => this.#asked.node(question, node, question.ask(this.#asking, node));
  }

  ofText<Answer>(question: Question<string, Answer>): (text: string) => Answer {
    return (text) => this.#asked.text(question, text, question.ask(this.#asking, text));
  }

  /** What a tag may have meant is what is like the id that it names. */
  nearMisses(path: string, row: number): readonly string[] {
    const { graph } = this.#asking;
    const trace = graph.trace(path);
    const answer = graph.nearMisses(path, row);
    if (trace === undefined) return answer;
    const [id, element] = namedBy(trace, row);
    return this.#asked.text(textQuestions.alike, element === undefined ? id : `${id}:${element}`, answer);
  }

  whole<Answer>(answer: () => Answer): Answer {
    this.#asked.whole = true;
    return answer();
  }
}

/** Why: a document that comes or goes is a new check of all, so that questions which only such a change answers otherwise are not noted. */
function watchedGraph(inner: TraceGraph, watcher: Watcher): TraceGraph {
  return {
    ...ofAll(inner, watcher),
    // Why: not among the others, as spreading an object reads its getters once for all.
    get version() {
      return watcher.whole(() => inner.version);
    },
    profile: inner.profile,
    set: (trace) => inner.set(trace),
    remove: (path) => inner.remove(path),
    documents: () => inner.documents(),
    hasType: (type) => inner.hasType(type),
    idOf: (node) => inner.idOf(node),
    documentOf: (node) => inner.documentOf(node),
    linkOf: (hop) => inner.linkOf(hop),
    nodeAt: (path, offset) => {
      watcher.ofText(textQuestions.trace)(path);
      return inner.nodeAt(path, offset);
    },
    elementSpans: (path) => {
      watcher.ofText(textQuestions.trace)(path);
      return inner.elementSpans(path);
    },
    nearMisses: (path, row) => watcher.nearMisses(path, row),
    trace: watcher.ofText(textQuestions.trace),
    linksOf: watcher.ofText(textQuestions.linksOf),
    elementsOf: watcher.ofText(textQuestions.elementsOf),
    writers: watcher.ofText(textQuestions.writers),
    duplicateElements: watcher.ofText(textQuestions.duplicateElements),
    outgoingOf: watcher.ofText(textQuestions.outgoingOf),
    parentLinks: watcher.ofText(textQuestions.parentLinks),
    find: watcher.ofText(textQuestions.find),
    named: watcher.ofText(textQuestions.named),
    alike: watcher.ofText(textQuestions.alike),
    view: watcher.ofNode(nodeQuestions.view),
    holdersOf: watcher.ofNode(nodeQuestions.holdersOf),
    sitesOf: watcher.ofNode(nodeQuestions.sitesOf),
    isDemanding: watcher.ofNode(nodeQuestions.isDemanding),
    extentsOf: watcher.ofNode(nodeQuestions.extentsOf),
    linksFrom: watcher.ofNode(nodeQuestions.linksFrom),
    linksTo: watcher.ofNode(nodeQuestions.linksTo),
    lineage: watcher.ofNode(nodeQuestions.lineage),
    differences: watcher.ofNode(nodeQuestions.differences),
    conditional: watcher.ofNode(nodeQuestions.conditional),
    kinship: {
      parents: watcher.ofNode(nodeQuestions.parents),
      children: watcher.ofNode(nodeQuestions.children),
      mentioningAsSource: watcher.ofNode(nodeQuestions.mentioningAsSource),
    },
    coverage: {
      isNamed: watcher.ofNode(nodeQuestions.isNamed),
      isNamedLater: watcher.ofNode(nodeQuestions.isNamedLater),
      isCovered: watcher.ofNode(nodeQuestions.isCovered),
      isDeep: watcher.ofNode(nodeQuestions.isDeep),
      isNamedBy: (node, type) => watcher.whole(() => inner.coverage.isNamedBy(node, type)),
      demandedOf: (node) => inner.coverage.demandedOf(node),
      pairs: () => watcher.whole(() => inner.coverage.pairs()),
    },
  };
}

type OfAll = Pick<
  TraceGraph,
  | "paths"
  | "duplicateDocuments"
  | "orphans"
  | "cycles"
  | "components"
  | "traceFrom"
  | "impactOf"
  | "namersOfNode"
  | "below"
  | "namersOf"
  | "dump"
>;

/** Questions that any change may answer otherwise. */
function ofAll(inner: TraceGraph, watcher: Watcher): OfAll {
  const whole = <Answer>(answer: () => Answer): Answer => watcher.whole(answer);
  return {
    paths: () => whole(() => inner.paths()),
    duplicateDocuments: () => whole(() => inner.duplicateDocuments()),
    orphans: () => whole(() => inner.orphans()),
    cycles: () => whole(() => inner.cycles()),
    components: () => whole(() => inner.components()),
    traceFrom: (node) => whole(() => inner.traceFrom(node)),
    impactOf: (nodes, lost) => whole(() => inner.impactOf(nodes, lost)),
    namersOfNode: (node) => whole(() => inner.namersOfNode(node)),
    below: (nodes) => whole(() => inner.below(nodes)),
    namersOf: (document) => whole(() => inner.namersOf(document)),
    dump: () => whole(() => inner.dump()),
  };
}
