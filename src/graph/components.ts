import { linkColumn, linkWidth } from "./artifact-entry.ts";
import type { GraphState } from "./graph-state.ts";

/** Documents that hang together by links in any direction, each group by id, the largest group first. */
export function components(state: GraphState): readonly (readonly number[])[] {
  state.settle();
  const { nodes } = state;
  const { artifacts } = nodes;
  const parents = Int32Array.from(artifacts, (_, number) => number);
  for (const { links, trace, artifact } of state.documents()) {
    if (trace.template) continue;
    for (let at = 0; at < links.length; at += linkWidth) {
      if ((links[at + linkColumn.to] ?? -1) < 0) continue;
      const [one, other] = [rootOf(parents, artifact.number), rootOf(parents, links[at + linkColumn.artifact] ?? 0)];
      parents[Math.max(one, other)] = Math.min(one, other);
    }
  }
  const groups = new Map<number, number[]>();
  for (const { number, holders, node } of artifacts) {
    if (holders.length === 0) continue;
    const root = rootOf(parents, number);
    const group = groups.get(root);
    if (group === undefined) groups.set(root, [node]);
    else group.push(node);
  }
  const byId = (a: number, b: number): number => (nodes.idOf(a) < nodes.idOf(b) ? -1 : 1);
  return [...groups.values()]
    .map((group) => group.sort(byId))
    .sort((a, b) => b.length - a.length || byId(a[0] ?? -1, b[0] ?? -1));
}

/** The group's least number; paths to it are halved on the way. */
function rootOf(parents: Int32Array, number: number): number {
  let at = number;
  while (parents[at] !== at) {
    parents[at] = parents[parents[at] ?? at] ?? at;
    at = parents[at] ?? at;
  }
  return at;
}
