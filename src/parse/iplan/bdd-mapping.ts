import type { ScenarioMapping } from "#model/plan";
import type { PlanReading } from "./reading.ts";
import { cellUnder, tablesOf } from "./table.ts";

const testForm = /^`?([^\s`:[\]()]+\.[A-Za-z]\w{0,8})(?::{1,2}(\d+))?(?:::[\w:.[\]-]+)?`?$/u;

/** The rows of the BDD Scenario Mapping. */
export function readScenarioMapping(reading: PlanReading): ScenarioMapping[] {
  const tables = tablesOf(reading, reading.blocksOf(reading.section("bdd-mapping")));
  return tables.flatMap((table) =>
    table.rows.flatMap((row) => {
      const document = cellUnder(table, row, /^(?:bdd|bdd document|document|feature)$/u);
      const scenario = cellUnder(table, row, /scenario/u);
      if (document === undefined || scenario === undefined) return [];
      const implementation = cellUnder(table, row, /^implementation|module|code/u);
      const verification = cellUnder(table, row, /verification|test/u);
      const test = verification && testOf(verification.line);
      return [
        {
          document: document.textAt,
          scenario: scenario.textAt,
          ...(implementation === undefined ? {} : { implementation: implementation.textAt }),
          ...(verification === undefined ? {} : { verification: verification.textAt }),
          ...(test === undefined ? {} : { test }),
          range: reading.range(row.block),
        },
      ];
    }),
  );
}

function testOf(text: string): ScenarioMapping["test"] {
  const match = testForm.exec(text.trim());
  if (match === null) return undefined;
  const path = match[1] ?? "";
  return match[2] === undefined ? { path } : { path, line: Number(match[2]) };
}
