import type { SummaryShape } from "./summary.ts";

const total = /^\d{1,3}% tests passed, (\d{1,9}) tests? failed out of (\d{1,9})$/;

/** CTest: `100% tests passed, 0 tests failed out of 3`, `No tests were found!!!`. */
export const ctest: SummaryShape = {
  tool: "ctest",
  words: ["% tests passed,", "No tests were found!!!"],
  read(line, tally) {
    const match = total.exec(line);
    if (match === null && line !== "No tests were found!!!") return;
    tally.failed += Number(match?.[1] ?? 0);
    tally.passed += Number(match?.[2] ?? 0) - Number(match?.[1] ?? 0);
    tally.seen = true;
  },
};
