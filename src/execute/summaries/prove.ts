import type { SummaryShape } from "./summary.ts";

const counted = /^Files=\d{1,9}, Tests=(\d{1,9}),/;

/** Perl's prove: `Files=2, Tests=12, …`, then `Result: PASS`, `Result: FAIL` or `Result: NOTESTS`. */
export const prove: SummaryShape = {
  tool: "prove",
  words: ["Files=", "Result: "],
  read(line, tally) {
    const count = counted.exec(line)?.[1];
    if (count !== undefined) tally.passed += Number(count);
    if (count !== undefined || line === "Result: NOTESTS") tally.seen = true;
    if (line === "Result: FAIL") tally.failed += 1;
  },
};
