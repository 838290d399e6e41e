import type { ConfigurationParameter } from "#model/plan";
import type { Passage } from "../passage.ts";
import type { PlanReading } from "./reading.ts";
import { cellUnder, tablesOf } from "./table.ts";

/** The rows of the Configuration Parameters. */
export function readConfiguration(reading: PlanReading): ConfigurationParameter[] {
  const tables = tablesOf(reading, reading.blocksOf(reading.section("configuration")));
  return tables.flatMap((table) =>
    table.rows.flatMap((row) => {
      const name = cellUnder(table, row, /^(?:parameter|name|variable|key|setting|option)s?$/u);
      if (name === undefined) return [];
      const source = cellUnder(table, row, /^(?:source|from|reference)$/u);
      return [
        {
          name: name.textAt,
          ...textUnder("type", cellUnder(table, row, /^type$/u)),
          ...textUnder("default", cellUnder(table, row, /^default(?: value)?$/u)),
          ...textUnder("description", cellUnder(table, row, /^(?:description|purpose)$/u)),
          ...(source === undefined ? {} : { source: source.textAt }),
          range: reading.range(row.block),
        },
      ];
    }),
  );
}

function textUnder<Key extends string>(key: Key, cell: Passage | undefined): { [K in Key]?: string } {
  return cell === undefined ? {} : ({ [key]: cell.line } as { [K in Key]?: string });
}
