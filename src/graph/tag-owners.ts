import {
  type DocumentTrace,
  definitionColumn,
  definitionKind,
  definitionWidth,
  tagColumn,
  tagWidth,
} from "#model/trace";

/** Sites whose text belongs to the element alone; tags under a numbered section or a topic are those of the document. */
const owning: ReadonlySet<number> = new Set([
  definitionKind.heading,
  definitionKind.tableCell,
  definitionKind.label,
  definitionKind.scenario,
  definitionKind.yamlId,
  definitionKind.phase,
  definitionKind.task,
]);

/** Definition row that wrote each tag: the innermost element whose text holds it; -1 for tags of the document as a whole. */
export function tagOwners({ tags, definitions }: DocumentTrace): Int32Array {
  const owners = new Int32Array(tags.length / tagWidth).fill(-1);
  if (definitions.length === 0) return owners;
  const rows = owningRows(definitions);
  const open: number[] = [];
  let next = 0;
  for (let tag = 0; tag < owners.length; tag++) {
    const place = tags[tag * tagWidth + tagColumn.start] ?? 0;
    for (; next < rows.length && startOf(definitions, rows[next] ?? 0) <= place; next++) open.push(rows[next] ?? 0);
    while (open.length > 0 && endOf(definitions, open.at(-1) ?? 0) <= place) open.pop();
    owners[tag] = open.at(-1) ?? -1;
  }
  return owners;
}

/** Rows of elements that own text, by where their text begins; of two that begin together the longer one first. */
function owningRows(definitions: Int32Array): readonly number[] {
  const rows: number[] = [];
  let sorted = true;
  for (let row = 0; row * definitionWidth < definitions.length; row++) {
    if (!owning.has(definitions[row * definitionWidth + definitionColumn.kind] ?? -1)) continue;
    const last = rows.at(-1);
    sorted &&= last === undefined || compareScopes(definitions, last, row) <= 0;
    rows.push(row);
  }
  return sorted ? rows : rows.sort((a, b) => compareScopes(definitions, a, b));
}

function compareScopes(definitions: Int32Array, a: number, b: number): number {
  return startOf(definitions, a) - startOf(definitions, b) || endOf(definitions, b) - endOf(definitions, a) || a - b;
}

function startOf(definitions: Int32Array, row: number): number {
  return definitions[row * definitionWidth + definitionColumn.scopeStart] ?? 0;
}

function endOf(definitions: Int32Array, row: number): number {
  return definitions[row * definitionWidth + definitionColumn.scopeEnd] ?? 0;
}
