import type { TroubleshootingEntry } from "#model/plan";
import { type EntryField, entriesOf, fieldText, fieldWhere } from "./entry.ts";
import type { PlanReading } from "./reading.ts";

const form = {
  word: "(?:issue|problem)",
  fields: /^(?:symptoms?|causes?|root cause|solutions?|fix|resolution|diagnosis)$/i,
};

/** The entries of Troubleshooting: `**Issue 1: Title**` or headings, with Symptom, Cause and Solution. */
export function readTroubleshooting(reading: PlanReading): TroubleshootingEntry[] {
  const blocks = reading.blocksOf(reading.section("troubleshooting"));
  return entriesOf(reading, blocks, form).map((entry) => {
    const symptom = withCode(fieldWhere(entry, /symptom/u), asSpan);
    const cause = fieldText(fieldWhere(entry, /cause|diagnosis/u));
    const solution = withCode(fieldWhere(entry, /solution|fix|resolution/u), (code) => code);
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

function withCode(field: EntryField | undefined, write: (code: string) => string): string | undefined {
  const code = (field?.code ?? []).filter((each) => each !== "").map(write);
  const parts = [fieldText(field) ?? "", ...code].filter((part) => part !== "");
  return parts.length === 0 ? undefined : parts.join("\n");
}

/** Why: a message shown in a fence is as literal as one in a code span, and a symptom is one text. */
function asSpan(code: string): string {
  return `\`${code.replaceAll("`", "'").split("\n")[0] ?? ""}\``;
}
