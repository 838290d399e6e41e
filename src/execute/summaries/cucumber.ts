import { type SummaryShape, addCounts } from "./summary.ts";

const counted = /^\d{1,9} scenarios? \((.{1,200})\)$/;

/** cucumber-js: `3 scenarios (1 failed, 2 passed)`, `0 scenarios`; a dry run skips them all. */
export const cucumber: SummaryShape = {
  tool: "cucumber",
  words: [" scenario"],
  read(line, tally) {
    const match = counted.exec(line);
    if (match !== null) {
      const failed = { failed: "failed", undefined: "failed", ambiguous: "failed", pending: "failed" } as const;
      addCounts(match[1] ?? "", { passed: "passed", skipped: "skipped", ...failed }, tally);
    } else if (line === "0 scenarios") {
      tally.seen = true;
    }
  },
};
