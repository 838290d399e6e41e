import { type SummaryShape, addCounts } from "./summary.ts";

const line = /^ {1,12}Tests {1,4}(.{1,200})$/;

/** vitest: `Tests  1 failed | 12 passed | 2 skipped (15)`. */
export const vitest: SummaryShape = {
  tool: "vitest",
  words: ["Tests ", "No test files found"],
  read(text, tally) {
    const match = line.exec(text);
    if (match !== null) {
      addCounts(match[1] ?? "", { passed: "passed", failed: "failed", skipped: "skipped", todo: "skipped" }, tally);
    } else if (text.startsWith("No test files found")) {
      tally.seen = true;
    }
  },
};
