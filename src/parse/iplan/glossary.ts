import type { GlossaryTerm } from "#model/plan";
import { plainWords } from "../plain-words.ts";
import { itemPassage, itemsOf } from "./bullet.ts";
import { readLeadingLabel } from "./label.ts";
import type { PlanReading } from "./reading.ts";
import { tablesOf } from "./table.ts";

/** The terms of the Glossary: rows of two columns, or bullets `**Term**: definition`. */
export function readGlossary(reading: PlanReading): GlossaryTerm[] {
  const blocks = reading.blocksOf(reading.section("glossary"));
  const rows = tablesOf(reading, blocks).flatMap(({ rows: found }) => found);
  const bullets = itemsOf(blocks).map((item) => ({ item, label: readLeadingLabel(itemPassage(reading, item)) }));
  return [
    ...rows.flatMap(({ block, cells: [term, definition] }) =>
      term === undefined || definition === undefined
        ? []
        : [{ term: plainWords(term.line), definition: definition.line, range: reading.range(block) }],
    ),
    ...bullets.flatMap(({ item, label }) =>
      label?.bold === true ? [{ term: label.words, definition: label.rest.line, range: reading.range(item) }] : [],
    ),
  ];
}
