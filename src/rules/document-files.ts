import type { TraceFacts } from "./facts.ts";

/** The files that make up a document, the first of a pair or of its parts first; of two rivals for one id the second stands alone. */
export function filesOf({ graph, path }: TraceFacts): readonly string[] {
  const id = graph.trace(path)?.id;
  const node = id === undefined ? undefined : graph.find(id);
  const files = node === undefined ? [] : graph.holdersOf(node);
  return files.includes(path) ? files : [path];
}
