import type { SummaryShape } from "./summary.ts";

const ran = /^Ran (\d{1,9}) tests? in \d[\d.]{0,12}s$/;
const ended = /^(?:OK|FAILED) \(([a-z0-9=, ]{1,200})\)$/;

const meanings: Readonly<Record<string, "failed" | "skipped">> = {
  failures: "failed",
  errors: "failed",
  "unexpected successes": "failed",
  skipped: "skipped",
};

/** unittest of Python, and what stands on it: `Ran 3 tests in 0.001s`, then `FAILED (failures=1, skipped=1)`. */
export const unittest: SummaryShape = {
  tool: "unittest",
  words: ["Ran ", "OK (", "FAILED ("],
  read(line, tally) {
    const count = ran.exec(line);
    if (count !== null) {
      tally.passed += Number(count[1]);
      tally.seen = true;
      return;
    }
    for (const part of ended.exec(line)?.[1]?.split(", ") ?? []) {
      const [word = "", number = ""] = part.split("=");
      const meaning = meanings[word];
      if (meaning === undefined || !tally.seen) continue;
      tally[meaning] += Number(number);
      tally.passed -= Number(number);
    }
  },
};
