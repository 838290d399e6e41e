/**
 * Ids that sphinx-needs can link to, by the ids of the documents: it takes what follows a dot in a link for a part of a need,
 * and a bracket for a condition. So every character but letters, digits, `_`, `-`, `:` and `/` becomes a `_`;
 * an id that is taken by then ends in as many more as are needed. The same ids in any order give the same answer.
 */
export function needIds(ids: readonly string[]): ReadonlyMap<string, string> {
  const unique = [...new Set(ids)];
  const own = unique.filter((id) => !foreign.test(id));
  const taken = new Set(own);
  const found = new Map(own.map((id) => [id, id]));
  for (const id of unique.filter((one) => !found.has(one)).sort()) {
    const free = freeId(id.replaceAll(everyForeign, "_"), taken);
    taken.add(free);
    found.set(id, free);
  }
  return found;
}

const foreign = /[^\p{L}\p{N}_:/-]/u;
const everyForeign = new RegExp(foreign.source, "gu");

function freeId(wanted: string, taken: ReadonlySet<string>): string {
  let id = wanted;
  while (taken.has(id)) id += "_";
  return id;
}
