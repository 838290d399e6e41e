import type { ModuleSpecification } from "#model/plan";
import { plainWords } from "../plain-words.ts";
import { type Entry, type EntryField, entriesOf, fieldText, fieldWhere } from "./entry.ts";
import { listedValues } from "./paths.ts";
import type { PlanReading } from "./reading.ts";
import { type Table, cellUnder, tablesOf } from "./table.ts";

const form = {
  word: "module",
  fields: /^(?:file|path|purpose|(?:key )?classes|(?:key )?functions|(?:key )?dependencies|exports)$/i,
};

/** The modules: `**Module 1: Name**` with bullets, or the rows of a table. */
export function readModules(reading: PlanReading): ModuleSpecification[] {
  const blocks = reading.blocksOf(reading.section("modules"));
  const entries = entriesOf(reading, blocks, form).map((entry) => moduleOf(reading, entry));
  return [...entries, ...tablesOf(reading, blocks).flatMap((table) => tableModules(reading, table))];
}

function moduleOf(reading: PlanReading, entry: Entry): ModuleSpecification {
  const file = fieldWhere(entry, /file|path/u)?.text;
  const place = file && listedValues(file)[0];
  const purpose = fieldText(fieldWhere(entry, /purpose/u));
  return {
    ...(entry.number === undefined ? {} : { number: entry.number }),
    name: entry.name,
    range: reading.range(entry),
    ...(place === undefined ? {} : { file: place }),
    ...(purpose === undefined ? {} : { purpose }),
    classes: namesIn(fieldWhere(entry, /classes/u)),
    functions: namesIn(fieldWhere(entry, /functions|exports/u)),
    dependencies: namesIn(fieldWhere(entry, /dependencies/u)),
  };
}

function namesIn(field: EntryField | undefined): string[] {
  if (field?.text !== undefined) return splitNames(field.text.line);
  return (field?.bullets ?? []).map((bullet) => plainWords(bullet.text));
}

/** Names between commas outside parentheses and brackets. */
function splitNames(text: string): string[] {
  const names: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at <= text.length; at++) {
    const sign = text[at];
    if (sign === "(" || sign === "[" || sign === "{") depth++;
    else if (sign === ")" || sign === "]" || sign === "}") depth = Math.max(0, depth - 1);
    else if (sign === undefined || ((sign === "," || sign === ";") && depth === 0)) {
      names.push(plainWords(text.slice(start, at)));
      start = at + 1;
    }
  }
  return names.filter((name) => name !== "");
}

function tableModules(reading: PlanReading, table: Table): ModuleSpecification[] {
  if (!table.columns.some((column) => /^modules?$/u.test(column))) return [];
  return table.rows.flatMap((row) => {
    const names = (column: RegExp): string[] => splitNames(cellUnder(table, row, column)?.line ?? "");
    const name = cellUnder(table, row, /^modules?$/u);
    const file = cellUnder(table, row, /^(?:file|path)$/u);
    const purpose = cellUnder(table, row, /purpose|description/u)?.line;
    if (name === undefined) return [];
    return [
      {
        name: plainWords(name.line),
        range: reading.range(row.block),
        ...(file === undefined ? {} : { file: file.textAt }),
        ...(purpose === undefined ? {} : { purpose }),
        classes: names(/classes/u),
        functions: names(/functions/u),
        dependencies: names(/dependencies/u),
      },
    ];
  });
}
