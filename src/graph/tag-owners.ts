import {
  type TraceRows,
  type DocumentTrace,
  definitionColumn,
  definitionKind,
  definitionWidth,
  tagColumn,
  tagWidth,
} from "#model/trace";

/** By kind, 1 for sites whose text belongs to the element alone; tags under a numbered section or a topic are those of the document. */
const owning = new Uint8Array(Object.keys(definitionKind).length);
for (const kind of [
  definitionKind.heading,
  definitionKind.tableCell,
  definitionKind.label,
  definitionKind.scenario,
  definitionKind.yamlId,
  definitionKind.phase,
  definitionKind.task,
])
  owning[kind] = 1;

/** Definition row that wrote each tag: the innermost element whose text holds it; -1 for tags of the document as a whole. */
export function tagOwners({ tags, definitions }: DocumentTrace): Int32Array {
  const owners = new Int32Array(tags.length / tagWidth).fill(-1);
  const rows = owningRows(definitions);
  const open: number[] = [];
  let depth = 0;
  let next = 0;
  if (rows.length === 0) return owners;
  for (let tag = 0; tag < owners.length; tag++) {
    const place = tags[tag * tagWidth + tagColumn.start] as number;
    while (next < rows.length && startOf(definitions, rows[next] as number) <= place) {
      open[depth++] = rows[next++] as number;
    }
    while (depth > 0 && endOf(definitions, open[depth - 1] as number) <= place) depth--;
    if (depth > 0) owners[tag] = open[depth - 1] as number;
  }
  return owners;
}

/** Rows of elements that own text, by where their text begins; of two that begin together the longer one first. */
function owningRows(definitions: TraceRows): readonly number[] {
  const rows: number[] = [];
  let sorted = true;
  for (let row = 0, at = 0; at < definitions.length; row++, at += definitionWidth) {
    if (owning[definitions[at + definitionColumn.kind] as number] !== 1) continue;
    const last = rows.length === 0 ? row : (rows[rows.length - 1] as number);
    sorted &&= last === row || compareScopes(definitions, last, row) <= 0;
    rows.push(row);
  }
  return sorted ? rows : rows.sort((a, b) => compareScopes(definitions, a, b));
}

function compareScopes(definitions: TraceRows, a: number, b: number): number {
  return startOf(definitions, a) - startOf(definitions, b) || endOf(definitions, b) - endOf(definitions, a) || a - b;
}

function startOf(definitions: TraceRows, row: number): number {
  return definitions[row * definitionWidth + definitionColumn.scopeStart] as number;
}

function endOf(definitions: TraceRows, row: number): number {
  return definitions[row * definitionWidth + definitionColumn.scopeEnd] as number;
}
