import type { SummaryShape } from "./summary.ts";

const counted = /^(\d{1,9}) scenarios? passed, (\d{1,9}) failed, (\d{1,9}) skipped(?:, (\d{1,9}) untested)?/;

/** behave: `3 scenarios passed, 0 failed, 0 skipped`; a dry run leaves them untested. */
export const behave: SummaryShape = {
  tool: "behave",
  words: [" passed, "],
  read(line, tally) {
    const match = counted.exec(line);
    if (match === null) return;
    tally.passed += Number(match[1]);
    tally.failed += Number(match[2]);
    tally.skipped += Number(match[3]) + Number(match[4] ?? 0);
    tally.seen = true;
  },
};
