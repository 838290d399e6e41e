import { type SummaryShape, addCounts } from "./summary.ts";

/** jest: `Tests:       1 failed, 2 passed, 3 total`. */
export const jest: SummaryShape = {
  tool: "jest",
  words: ["Tests:", "No tests found"],
  read(line, tally) {
    if (/^Tests: {1,12}\d.{0,120} total$/.test(line)) {
      addCounts(line, { passed: "passed", failed: "failed", skipped: "skipped", todo: "skipped" }, tally);
    } else if (line.startsWith("No tests found, exiting with code")) {
      tally.seen = true;
    }
  },
};
