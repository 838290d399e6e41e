import type { SummaryShape } from "./summary.ts";

const executed =
  /^\s{0,8}Executed (\d{1,9}) tests?, with (?:(\d{1,9}) tests? skipped and )?(\d{1,9}) failures? \(\d{1,9} unexpected\) in /;
const testing = /Test run with (\d{1,9}) tests?(?: in \d{1,9} suites?)? (passed|failed) after /;

/** `swift test`: XCTest's `Executed 3 tests, with 0 failures (0 unexpected) in …`, Swift Testing's `Test run with 3 tests passed`. */
export const swiftTest: SummaryShape = {
  tool: "swift test",
  words: ["Executed ", "Test run with "],
  read(line, tally) {
    const match = executed.exec(line);
    if (match !== null) {
      const [run = 0, skipped = 0, failures = 0] = match.slice(1).map((count) => Number(count ?? 0));
      tally.passed += Math.max(0, run - skipped - failures);
      tally.skipped += skipped;
      tally.failed += failures;
    } else {
      const whole = testing.exec(line);
      if (whole === null) return;
      tally.passed += whole[2] === "passed" ? Number(whole[1]) : 0;
      tally.failed += whole[2] === "failed" ? 1 : 0;
    }
    tally.seen = true;
  },
};
