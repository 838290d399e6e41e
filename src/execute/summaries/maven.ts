import type { SummaryShape } from "./summary.ts";

const total =
  /^(?:\[[A-Z]{4,7}\] {1,2})?Tests run: (\d{1,9}), Failures: (\d{1,9}), Errors: (\d{1,9}), Skipped: (\d{1,9})$/;
const none = /^(?:\[INFO\] )?(?:No tests to run\.|Tests are skipped\.)$/;

/** Maven's Surefire and Failsafe, the line of the whole: `Tests run: 3, Failures: 1, Errors: 0, Skipped: 0`. */
export const maven: SummaryShape = {
  tool: "maven",
  words: ["Tests run:", "No tests to run.", "Tests are skipped."],
  read(line, tally) {
    const match = total.exec(line);
    if (match !== null) {
      const [run = 0, failures = 0, errors = 0, skipped = 0] = match.slice(1).map(Number);
      tally.passed += run - failures - errors - skipped;
      tally.failed += failures + errors;
      tally.skipped += skipped;
    } else if (!none.test(line)) {
      return;
    }
    tally.seen = true;
  },
};
