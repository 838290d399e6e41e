import { type DocumentTrace, tagColumn, tagFlag, tagWidth } from "#model/trace";
import type { Lineages } from "./closure.ts";
import { CopiedChains } from "./copied-chains.ts";
import type { GraphState } from "./graph-state.ts";
import type { TypeFacts } from "./layer-table.ts";
import { Marks, NodeMarks } from "./marks.ts";
import { type DemandedTypes, demandedBy, PlainChains } from "./plain-chains.ts";

/** One type of tag in which what a node wrote is not what its parents lead to. */
export interface ClosureDifference {
  readonly node: number;
  /** Type that the tags name, and the name of its tag. */
  readonly type: string;
  readonly tag: string;
  /** `contradicting`: nothing that was written fits what is expected. */
  readonly kind: "missing" | "surplus" | "contradicting";
  /** `element`: the documents agree, their elements do not. */
  readonly level: "document" | "element";
  readonly written: readonly number[];
  readonly expected: readonly number[];
  readonly missing: readonly number[];
  readonly surplus: readonly number[];
  /** True when the chain of parents leads to exactly one node of the type, so that it is certain what belongs there. */
  readonly unique: boolean;
  /** True when the document says `null`: this project has none. */
  readonly none: boolean;
  /** From `node` over its parents to the first of `missing`, else of `expected`. */
  readonly path: readonly number[];
}

const noDifferences: readonly ClosureDifference[] = [];

/** What is said of a type whatever is wrong with it. */
type Whole = Omit<ClosureDifference, "kind" | "missing" | "surplus">;

/** A node whose chains were followed last, and how many of the expected they lead to; those after them were copied. */
interface Walked {
  readonly node: number;
  readonly reached: number;
}

/** Compares what nodes wrote with what their parents lead to. */
export class Differences {
  readonly #state: GraphState;
  readonly #lineages: Lineages;
  readonly #written: NodeMarks;
  readonly #right: NodeMarks;
  /** Types that the parents lead to. */
  readonly #led = new Marks();
  readonly #demanded: DemandedTypes[] = [];
  readonly #copied: CopiedChains;
  readonly #plain: PlainChains;

  constructor(state: GraphState, lineages: Lineages) {
    this.#state = state;
    this.#lineages = lineages;
    this.#written = new NodeMarks(state.nodes);
    this.#right = new NodeMarks(state.nodes);
    this.#copied = new CopiedChains(state, lineages.memo);
    this.#plain = new PlainChains(state, lineages.memo);
  }

  /** All differences of one node, by type in the order of the profile; none for a node whose chain holds. */
  of(node: number): readonly ClosureDifference[] {
    if (this.#copied.has(node)) return noDifferences;
    const { memo, expected, expectedTypes } = this.#lineages;
    const type = this.#lineages.typeOf(node);
    memo.load(node);
    if (type === undefined || memo.end(node) === memo.parents(node)) return noDifferences;
    const demanded = this.#demandedBy(type);
    // Why: where the chain is known it was compared already.
    if (!this.#copied.knows(node) && this.#plain.isRight(node, demanded)) return noDifferences;
    const reached = this.#lineages.walk(node, type);
    this.#mark(node);
    const [missing, surplus]: [number[], number[]] = [[], []];
    for (let index = 0; index < expected.length; index++) {
      const one = expected.at(index);
      if (demanded.types[expectedTypes.at(index)] === 1 && !this.#written.covers(one)) missing.push(one);
    }
    for (let at = memo.written(node); at < memo.loose(node); at++) {
      if (demanded.types[memo.type(at)] !== 1 || !this.#isJudged(node, memo.type(at))) continue;
      if (!this.#right.covers(memo.target(at))) surplus.push(memo.target(at));
    }
    if (missing.length === 0 && surplus.length === 0) return noDifferences;
    const types = new Set([...missing, ...surplus].map((one) => this.#typeOf(one)));
    return [...types].sort((a, b) => a - b).flatMap((one) => this.#ofType({ node, reached }, one, missing, surplus));
  }

  #mark(node: number): void {
    const { memo, expected, expectedTypes, allowed, allowedTypes } = this.#lineages;
    this.#written.clear();
    this.#right.clear();
    this.#led.clear();
    for (let at = memo.written(node); at < memo.loose(node); at++) this.#written.add(memo.target(at));
    for (let index = 0; index < expected.length; index++) {
      this.#right.add(expected.at(index));
      this.#led.add(expectedTypes.at(index));
    }
    for (let index = 0; index < allowed.length; index++) {
      this.#right.add(allowed.at(index));
      this.#led.add(allowedTypes.at(index));
    }
  }

  #typeOf(node: number): number {
    return this.#state.nodes.typeOf(node);
  }

  #demandedBy(type: TypeFacts): DemandedTypes {
    return (this.#demanded[type.number] ??= demandedBy(type, this.#state.layers.types.length));
  }

  /** Why: the parents themselves are the author's choice; only what follows from them can be too much. */
  #isJudged(node: number, type: number): boolean {
    return this.#state.layers.layerOf(type) < this.#lineages.memo.nearest(node) && this.#led.has(type);
  }

  #ofType(
    { node, reached }: Walked,
    type: number,
    allMissing: readonly number[],
    allSurplus: readonly number[],
  ): readonly ClosureDifference[] {
    const facts = this.#state.layers.types[type];
    if (facts === undefined) return [];
    const { memo, expected, expectedTypes } = this.#lineages;
    const missing = allMissing.filter((one) => this.#typeOf(one) === type);
    const surplus = allSurplus.filter((one) => this.#typeOf(one) === type);
    const [written, due]: [number[], number[]] = [[], []];
    for (let at = memo.written(node); at < memo.loose(node); at++)
      if (memo.type(at) === type) written.push(memo.target(at));
    for (let at = 0; at < expected.length; at++) if (expectedTypes.at(at) === type) due.push(expected.at(at));
    const meets = (one: number): boolean => this.#written.meets(one) && this.#right.meets(one);
    const whole: Whole = {
      node,
      type: facts.type,
      tag: facts.tag ?? facts.type.toLowerCase(),
      level: missing.every(meets) && surplus.every(meets) ? "element" : "document",
      written,
      expected: due,
      unique: due.length === 1 && expectedTypes.indexOf(type) < reached,
      none: written.length === 0 && this.#saysNone(node, facts.tag),
      path: this.#lineages.pathTo(missing[0] ?? due[0], node),
    };
    return kindsOf(whole, missing, surplus);
  }

  #saysNone(node: number, tag: string | undefined): boolean {
    const { whole } = this.#state.nodes.artifactOf(node);
    return tag !== undefined && whole.some(({ trace }) => saysNone(trace, tag));
  }
}

function kindsOf(whole: Whole, missing: readonly number[], surplus: readonly number[]): readonly ClosureDifference[] {
  const { written, expected } = whole;
  const contradicts = missing.length === expected.length && surplus.length > 0 && surplus.length === written.length;
  // Why: an object that begins with a spread gets a shape of its own.
  if (contradicts && missing.length > 0) return [{ kind: "contradicting", missing, surplus, ...whole }];
  const found: ClosureDifference[] = [];
  if (missing.length > 0) found.push({ kind: "missing", missing, surplus: [], ...whole });
  if (surplus.length > 0) found.push({ kind: "surplus", missing: [], surplus, ...whole });
  return found;
}

function saysNone({ tags, strings }: DocumentTrace, tag: string): boolean {
  for (let at = 0; at < tags.length; at += tagWidth) {
    const flags = tags[at + tagColumn.flags] ?? 0;
    if (
      (flags & tagFlag.none) !== 0 &&
      (flags & tagFlag.live) !== 0 &&
      strings[tags[at + tagColumn.type] ?? -1] === tag
    ) {
      return true;
    }
  }
  return false;
}
