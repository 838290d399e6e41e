import type { SummaryShape } from "./summary.ts";

/** `go test`, one line per package; packages count, for tests are not listed without `-v`. */
export const goTest: SummaryShape = {
  tool: "go test",
  words: ["ok  \t", "FAIL\t", "[no test files]", "--- FAIL"],
  read(line, tally) {
    if (line.startsWith("ok  \t")) {
      const none = line.includes("[no tests to run]");
      tally[none ? "skipped" : "passed"] += 1;
    } else if (line.startsWith("FAIL\t")) {
      tally.failed += 1;
    } else if (line.startsWith("?   \t") && line.endsWith("[no test files]")) {
      tally.skipped += 1;
    } else {
      return;
    }
    tally.seen = true;
  },
};
