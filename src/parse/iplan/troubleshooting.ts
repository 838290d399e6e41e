import type { TroubleshootingEntry } from "#model/plan";
import { entriesOf, fieldText, fieldWhere } from "./entry.ts";
import type { PlanReading } from "./reading.ts";

const form = {
  word: "(?:issue|problem)",
  fields: /^(?:symptoms?|causes?|root cause|solutions?|fix|resolution|diagnosis)$/i,
};

/** The entries of Troubleshooting: `**Issue 1: Title**` or headings, with Symptom, Cause and Solution. */
export function readTroubleshooting(reading: PlanReading): TroubleshootingEntry[] {
  const blocks = reading.blocksOf(reading.section("troubleshooting"));
  return entriesOf(reading, blocks, form).map((entry) => {
    const symptom = fieldText(fieldWhere(entry, /symptom/u));
    const cause = fieldText(fieldWhere(entry, /cause|diagnosis/u));
    const solution = fieldText(fieldWhere(entry, /solution|fix|resolution/u));
    return {
      ...(entry.number === undefined ? {} : { number: entry.number }),
      title: entry.name,
      range: reading.range(entry),
      ...(symptom === undefined ? {} : { symptom }),
      ...(cause === undefined ? {} : { cause }),
      ...(solution === undefined ? {} : { solution }),
    };
  });
}
