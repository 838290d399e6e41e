import type { TraceGraph } from "#graph/graph";
import { type Asking, type Depends, nodeQuestions, type Question, textQuestions } from "./questions.ts";

/** Says whether the answer to a question about a node, a file or an id may be another now. */
export type MayDiffer = (depends: Depends, about: number | string) => boolean;

interface Noted<About extends number | string> {
  readonly question: Question<About, unknown>;
  readonly about: About;
  readonly print: number;
}

const allNodeQuestions: readonly Question<number, unknown>[] = Object.values(nodeQuestions);
const allTextQuestions: readonly Question<string, unknown>[] = Object.values(textQuestions);

/** What the rules asked when they checked one document, each question once, with a fingerprint of its answer. */
export class Asked {
  /** Something was asked that any change may answer otherwise. */
  whole = false;
  readonly #nodes: Noted<number>[] = [];
  readonly #texts: Noted<string>[] = [];
  #met: Set<number | string> | undefined = new Set();

  /** Notes a question about a node, when it is new. */
  node<Answer>(question: Question<number, Answer>, about: number, answer: Answer): Answer {
    if (question.depends === "whole") this.whole = true;
    else if (this.#isNew(about * allNodeQuestions.length + allNodeQuestions.indexOf(question as never))) {
      this.#nodes.push({ question: question as Question<number, unknown>, about, print: question.print(answer) });
    }
    return answer;
  }

  /** Notes a question about a file or an id, when it is new. */
  text<Answer>(question: Question<string, Answer>, about: string, answer: Answer): Answer {
    if (this.#isNew(`${allTextQuestions.indexOf(question as never)} ${about}`)) {
      this.#texts.push({ question: question as Question<string, unknown>, about, print: question.print(answer) });
    }
    return answer;
  }

  #isNew(key: number | string): boolean {
    if (this.#met === undefined || this.#met.has(key)) return false;
    this.#met.add(key);
    return true;
  }

  /** What the answers depend on: documents by node, files, ids, names of elements, everything. */
  subjects(graph: TraceGraph): ReadonlySet<number | string> {
    this.#met = undefined;
    const subjects = new Set<number | string>();
    for (const { about } of this.#nodes) subjects.add(graph.documentOf(about));
    for (const { question, about } of this.#texts)
      for (const one of subjectsOf(graph, question, about)) subjects.add(one);
    if (this.whole) subjects.add(everything);
    return subjects;
  }

  /** True when one of the questions that may have another answer has one. */
  isOutdated(asking: Asking, mayDiffer: MayDiffer): boolean {
    if (this.whole && mayDiffer("whole", "")) return true;
    const differs = <About extends number | string>({ question, about, print }: Noted<About>): boolean =>
      mayDiffer(question.depends, about) && question.print(question.ask(asking, about)) !== print;
    return this.#texts.some(differs) || this.#nodes.some(differs);
  }
}

/** Subject of questions that look at everything. */
export const everything = " everything";

/** The subject of an element's name, whoever defines it. */
export function nameSubject(name: string): string {
  return `:${name}`;
}

/** The subject of a document's id. */
export function idSubject(id: string): string {
  const colon = id.indexOf(":");
  return ` ${colon < 0 ? id : id.slice(0, colon)}`;
}

function subjectsOf(
  graph: TraceGraph,
  { depends }: Question<string, unknown>,
  about: string,
): readonly (number | string)[] {
  if (depends === "names") return namesIn(graph, about);
  if (depends === "id") return [idSubject(about)];
  const node = depends === "chain" ? graph.nodeAt(about, -1) : undefined;
  return node === undefined ? [about] : [about, node];
}

/** Why: what is like an id follows from the elements of its document, of those whose ids are like it, and of all that have its element. */
function namesIn(graph: TraceGraph, id: string): readonly string[] {
  const colon = id.indexOf(":");
  const element = colon < 0 ? [] : [nameSubject(id.slice(colon + 1))];
  return [id, ...graph.alike(id)].map(idSubject).concat(element);
}
