import { type SummaryShape, addCounts } from "./summary.ts";

const counted = /^ {1,12}Summary \[.{1,20}\] \d{1,9}(?:\/\d{1,9})? tests? run: (.{1,200})$/;

/** `cargo nextest run`: `Summary [   0.010s] 12 tests run: 12 passed, 0 skipped`. */
export const nextest: SummaryShape = {
  tool: "cargo nextest",
  words: [" run: "],
  read(line, tally) {
    const match = counted.exec(line);
    if (match !== null) addCounts(match[1] ?? "", { passed: "passed", failed: "failed", skipped: "skipped" }, tally);
  },
};
