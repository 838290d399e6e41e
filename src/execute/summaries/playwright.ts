import type { SummaryShape } from "./summary.ts";

const counted = /^ {2}(\d{1,9}) (passed|failed|flaky|skipped|interrupted|did not run)(?: \(.{1,20}\))?$/;

/** Playwright: `  12 passed (4.2s)`, `  1 failed`, `  2 skipped`. */
export const playwright: SummaryShape = {
  tool: "playwright",
  words: [" passed", " failed", " flaky", " skipped", " did not run", "No tests found"],
  read(line, tally) {
    const match = counted.exec(line);
    if (match === null) {
      if (line.startsWith("Error: No tests found")) tally.seen = true;
      return;
    }
    const [, count, word] = match;
    const passed = word === "passed" || word === "flaky";
    tally[passed ? "passed" : word === "failed" || word === "interrupted" ? "failed" : "skipped"] += Number(count);
    tally.seen = true;
  },
};
