import type { Field, Risk, TextAt } from "#model/plan";
import type { Passage } from "../passage.ts";
import { plainWords } from "../plain-words.ts";
import { type Entry, type EntryField, entriesOf, fieldText, fieldWhere } from "./entry.ts";
import type { PlanReading } from "./reading.ts";
import { type Table, cellUnder, tablesOf } from "./table.ts";

type Weight = "high" | "medium" | "low";

const form = {
  word: "risk",
  fields:
    /^(?:description|likelihood|probability|impact|severity|mitigations?|mitigation strategy|contingency|triggers?|indicators?|early warning)$/i,
};

/** The risks: `**Risk 1: Title**` with bullets, or the rows of a table. */
export function readRisks(reading: PlanReading): Risk[] {
  const blocks = reading.blocksOf(reading.section("risks"));
  const entries = entriesOf(reading, blocks, form).map((entry) => riskOf(reading, entry));
  return [...entries, ...tablesOf(reading, blocks).flatMap((table) => tableRisks(reading, table))];
}

function riskOf(reading: PlanReading, entry: Entry): Risk {
  const description = fieldText(fieldWhere(entry, /description/u));
  const mitigation = fieldWhere(entry, /mitigation/u);
  const own = mitigation?.text;
  return {
    ...(entry.number === undefined ? {} : { number: entry.number }),
    title: entry.name,
    ...(entry.heading === undefined ? {} : { kind: entry.heading }),
    range: reading.range(entry),
    ...(description === undefined ? {} : { description }),
    ...weightUnder("likelihood", fieldWhere(entry, /likelihood|probability/u)?.text),
    ...weightUnder("impact", fieldWhere(entry, /impact|severity/u)?.text),
    ...triggerOf(reading, fieldWhere(entry, /trigger|indicator|early warning/u)),
    mitigation:
      own === undefined
        ? (mitigation?.bullets ?? [])
        : [{ text: own.line, range: own.range, textRange: own.range, children: mitigation?.bullets ?? [] }],
  };
}

/** What a trigger says: behind its label, or the one bullet below it. */
function triggerOf(reading: PlanReading, field: EntryField | undefined): { trigger?: TextAt } {
  if (field?.text !== undefined) return { trigger: reading.textAt(field.text) };
  const [only, ...others] = field?.bullets ?? [];
  return only === undefined || others.length > 0 ? {} : { trigger: { text: only.text, range: only.textRange } };
}

function weightUnder<Key extends string>(key: Key, passage: Passage | undefined): { [K in Key]?: Field<Weight> } {
  if (passage === undefined) return {};
  const word = /^\W*(high|medium|moderate|low)\b(?!\s*\/)/i.exec(passage.text)?.[1]?.toLowerCase();
  const value = word === "moderate" ? "medium" : (word as Weight | undefined);
  const field = { raw: passage.raw, range: passage.range, ...(value === undefined ? {} : { value }) };
  return { [key]: field } as { [K in Key]?: Field<Weight> };
}

function tableRisks(reading: PlanReading, table: Table): Risk[] {
  if (!table.columns.some((column) => /^risks?\b/u.test(column))) return [];
  return table.rows.flatMap((row) => {
    const title = cellUnder(table, row, /^risks?\b/u);
    if (title === undefined) return [];
    const description = cellUnder(table, row, /description/u)?.line;
    const mitigation = cellUnder(table, row, /mitigation/u);
    const trigger = cellUnder(table, row, /trigger|indicator/u);
    return [
      {
        title: plainWords(title.line),
        range: reading.range(row.block),
        ...(description === undefined ? {} : { description }),
        ...weightUnder("likelihood", cellUnder(table, row, /likelihood|probability/u)),
        ...weightUnder("impact", cellUnder(table, row, /impact|severity/u)),
        ...(trigger === undefined ? {} : { trigger: reading.textAt(trigger) }),
        mitigation:
          mitigation === undefined
            ? []
            : [{ text: mitigation.line, range: mitigation.range, textRange: mitigation.range, children: [] }],
      },
    ];
  });
}
