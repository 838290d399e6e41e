import type { LinkList, TraceGraph, TraceNode } from "#graph/graph";
import type { WorkspaceFacts } from "#rules/facts";
import { Fingerprint, fingerprintOf } from "./fingerprint.ts";

/**
 * What may make another answer of a question: where the chain of a node leads (`chain`), who answers for it (`answers`), what its
 * document is or defines (`node`); a file (`path`), an id (`id`), any name (`names`) or anything (`whole`).
 */
export type Depends = "chain" | "answers" | "node" | "path" | "id" | "names" | "whole";

/** What is asked. */
export interface Asking {
  readonly graph: TraceGraph;
  readonly workspace: WorkspaceFacts;
}

/** A question that can be asked again. */
export interface Question<About extends number | string, Answer> {
  readonly depends: Depends;
  ask(asking: Asking, about: About): Answer;
  /** A number that differs when the answer does. */
  print(answer: Answer): number;
}

function question<About extends number | string, Answer>(
  depends: Depends,
  ask: (asking: Asking, about: About) => Answer,
  print: (answer: Answer) => number = fingerprintOf,
): Question<About, Answer> {
  return { depends, ask, print };
}

type OfGraph<Names extends keyof TraceGraph, About extends number | string> = {
  readonly [Name in Names]: TraceGraph[Name] extends (about: About) => infer Answer ? Question<About, Answer> : never;
};

type OfPart<Part extends "kinship" | "coverage", Names extends keyof TraceGraph[Part]> = {
  readonly [Name in Names]: TraceGraph[Part][Name] extends (node: number) => infer Answer
    ? Question<number, Answer>
    : never;
};

type NodeQuestions = OfGraph<
  | "differences"
  | "lineage"
  | "conditional"
  | "linksFrom"
  | "linksTo"
  | "view"
  | "holdersOf"
  | "sitesOf"
  | "isDemanding"
  | "extentsOf",
  number
> &
  OfPart<"kinship", "parents" | "children" | "mentioningAsSource"> &
  OfPart<"coverage", "isNamed" | "isNamedLater" | "isCovered" | "isDeep">;

type TextQuestions = OfGraph<
  | "trace"
  | "linksOf"
  | "elementsOf"
  | "writers"
  | "duplicateElements"
  | "outgoingOf"
  | "parentLinks"
  | "find"
  | "named"
  | "alike",
  string
> & {
  readonly text: Question<string, string | undefined>;
  readonly anchors: Question<string, ReadonlySet<string> | undefined>;
};

/** Questions about a node. */
export const nodeQuestions: NodeQuestions = {
  differences: question("chain", ({ graph }, node: number) => graph.differences(node)),
  lineage: question("chain", ({ graph }, node: number) => graph.lineage(node)),
  conditional: question("chain", ({ graph }, node: number) => graph.conditional(node)),
  linksFrom: question("chain", ({ graph }, node: number) => graph.linksFrom(node)),
  parents: question("chain", ({ graph }, node: number) => graph.kinship.parents(node)),
  children: question("answers", ({ graph }, node: number) => graph.kinship.children(node)),
  mentioningAsSource: question("answers", ({ graph }, node: number) => graph.kinship.mentioningAsSource(node)),
  linksTo: question("answers", ({ graph }, node: number) => graph.linksTo(node)),
  isNamed: question("answers", ({ graph }, node: number) => graph.coverage.isNamed(node)),
  isNamedLater: question("answers", ({ graph }, node: number) => graph.coverage.isNamedLater(node)),
  isCovered: question("answers", ({ graph }, node: number) => graph.coverage.isCovered(node)),
  isDeep: question("whole", ({ graph }, node: number) => graph.coverage.isDeep(node)),
  // Why: places alone change with every word, and nothing is said of those in other documents.
  view: question("node", ({ graph }, node: number) => graph.view(node), printOfView),
  holdersOf: question("node", ({ graph }, node: number) => graph.holdersOf(node)),
  sitesOf: question("node", ({ graph }, node: number) => graph.sitesOf(node)),
  isDemanding: question("node", ({ graph }, node: number) => graph.isDemanding(node)),
  extentsOf: question("node", ({ graph }, node: number) => graph.extentsOf(node)),
};

/** Questions about a file or an id. */
export const textQuestions: TextQuestions = {
  trace: question("path", ({ graph }, path: string) => graph.trace(path), printOfObject),
  linksOf: question("path", ({ graph }, path: string) => graph.linksOf(path), printOfLinks),
  elementsOf: question("path", ({ graph }, path: string) => graph.elementsOf(path)),
  writers: question("path", ({ graph }, path: string) => graph.writers(path)),
  duplicateElements: question("path", ({ graph }, path: string) => graph.duplicateElements(path)),
  outgoingOf: question("path", ({ graph }, path: string) => graph.outgoingOf(path)),
  parentLinks: question("chain", ({ graph }, path: string) => graph.parentLinks(path)),
  text: question("path", ({ workspace }, path: string) => workspace.text(path)),
  anchors: question("path", ({ workspace }, path: string) => workspace.anchors(path)),
  find: question("id", ({ graph }, id: string) => graph.find(id)),
  named: question("id", ({ graph }, id: string) => graph.named(id)),
  alike: question("names", ({ graph }, id: string) => graph.alike(id)),
};

function printOfView(view: TraceNode | undefined): number {
  return fingerprintOf(view === undefined ? undefined : { ...view, start: 0, end: 0 });
}

const numbers = new WeakMap<object, number>();
let met = 0;

/** Why: what was read of a document is one object until it is read again. */
function printOfObject(value: object | undefined): number {
  if (value === undefined) return 0;
  let number = numbers.get(value);
  if (number === undefined) numbers.set(value, (number = ++met));
  return number;
}

function printOfLinks(links: LinkList): number {
  const print = new Fingerprint();
  for (let index = 0; index < links.length; index++) {
    const status = links.status(index);
    print.addText(status);
    print.add(links.from(index));
    print.add(links.to(index));
    print.add(links.document(index));
    print.add(links.row(index));
    if (status === "derived" || status === "ambiguous" || status === "upward") print.addValue(links.at(index));
  }
  return print.value;
}
