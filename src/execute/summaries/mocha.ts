import { type SummaryShape, addCounts } from "./summary.ts";

/** mocha: `  12 passing (30ms)`, `  1 failing`, `  2 pending`. */
export const mocha: SummaryShape = {
  tool: "mocha",
  words: [" passing", " failing", " pending"],
  read(line, tally) {
    const match = /^ {2}\d{1,9} (?:passing \([^)]{1,20}\)|failing|pending)$/.exec(line);
    if (match !== null) addCounts(line, { passing: "passed", failing: "failed", pending: "skipped" }, tally);
  },
};
