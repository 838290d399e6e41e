import { type SummaryShape, addCounts } from "./summary.ts";

/** `==== 1 failed, 3 passed in 0.12s ====`, and without the bars under `-q`. */
const counted = /^=* ?((?:\d{1,9} [a-z]{1,20}(?:, )?){1,8} in \d[\d.]{0,12}s)/;
const none = /^=* ?(?:no tests (?:ran|collected)|\d{1,9}(?:\/\d{1,9})? tests? collected)/;

/** pytest, its last line. */
export const pytest: SummaryShape = {
  tool: "pytest",
  words: [" in ", "no tests ", " collected"],
  read(line, tally) {
    const match = counted.exec(line);
    if (match !== null) {
      const meanings = {
        passed: "passed",
        failed: "failed",
        error: "failed",
        errors: "failed",
        skipped: "skipped",
        deselected: "skipped",
        xfailed: "passed",
        xpassed: "passed",
      } as const;
      addCounts(match[1] ?? "", meanings, tally);
    } else if (none.test(line)) {
      tally.seen = true;
    }
  },
};
