import type { Lineages } from "./closure.ts";
import type { GraphState } from "./graph-state.ts";
import type { TypeFacts } from "./layer-table.ts";
import type { WrittenTags } from "./written-tags.ts";

/** An optional layer, as it concerns one node. */
export interface ConditionalLayer {
  readonly type: string;
  readonly tag: string;
  /** Documents of the type that the node's ancestors have: it must name them. Empty: it need not name any. */
  readonly ancestors: readonly number[];
  /** A tag of the type holds for the node, whether it leads anywhere or not. */
  readonly written: boolean;
  /** The project has documents of the type, so that naming one is recommended. */
  readonly inProject: boolean;
}

/** The optional layers above a node, each with what its ancestors have. */
export function conditionalLayers(
  state: GraphState,
  lineages: Lineages,
  tags: WrittenTags,
  node: number,
): readonly ConditionalLayer[] {
  const facts = lineages.typeOf(node);
  if (facts === undefined || facts.conditional.length === 0) return [];
  // Why: nothing leads to what the project does not have.
  const has = facts.conditional.some((number) => state.hasType(number));
  const expected = has ? expectedOf(lineages, facts, node) : [];
  tags.load(node);
  return facts.conditional.flatMap((number) => {
    const type = state.layers.types[number];
    if (type === undefined) return [];
    return [
      {
        type: type.type,
        tag: type.tag ?? type.type.toLowerCase(),
        ancestors: expected.filter((one) => state.nodes.typeOf(one) === number),
        written: tags.speaksOf(number),
        inProject: state.hasType(number),
      },
    ];
  });
}

/** What the chain of a node's parents leads to. */
function expectedOf(lineages: Lineages, facts: TypeFacts, node: number): readonly number[] {
  const { memo, expected } = lineages;
  memo.load(node);
  if (memo.loose(node) === memo.written(node)) return [];
  lineages.walk(node, facts);
  const found: number[] = [];
  for (let index = 0; index < expected.length; index++) {
    if (facts.conditional.includes(lineages.expectedTypes.at(index))) found.push(expected.at(index));
  }
  return found;
}
