import type { SummaryShape } from "./summary.ts";

const total =
  /^(?:Passed|Failed|Skipped)! {1,4}- Failed: {1,9}(\d{1,9}), Passed: {1,9}(\d{1,9}), Skipped: {1,9}(\d{1,9}),/;

/** `dotnet test`, one line per assembly: `Passed!  - Failed:     0, Passed:     3, Skipped:     0, Total:     3, …`. */
export const dotnetTest: SummaryShape = {
  tool: "dotnet test",
  words: ["- Failed:", "No test is available in ", "No test matches the given testcase filter"],
  read(line, tally) {
    const match = total.exec(line);
    if (match !== null) {
      tally.failed += Number(match[1]);
      tally.passed += Number(match[2]);
      tally.skipped += Number(match[3]);
    } else if (
      !line.startsWith("No test is available in ") &&
      !line.startsWith("No test matches the given testcase filter")
    ) {
      return;
    }
    tally.seen = true;
  },
};
