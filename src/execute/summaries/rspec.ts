import type { SummaryShape } from "./summary.ts";

const counted =
  /^(\d{1,9}) examples?, (\d{1,9}) failures?(?:, (\d{1,9}) pending)?(?:, (\d{1,9}) errors? occurred outside of examples)?$/;

/** RSpec: `3 examples, 1 failure, 1 pending`. */
export const rspec: SummaryShape = {
  tool: "rspec",
  words: [" example"],
  read(line, tally) {
    const match = counted.exec(line);
    if (match === null) return;
    const [examples = 0, failures = 0, pending = 0, errors = 0] = match.slice(1).map((count) => Number(count ?? 0));
    tally.passed += examples - failures - pending;
    tally.failed += failures + errors;
    tally.skipped += pending;
    tally.seen = true;
  },
};
