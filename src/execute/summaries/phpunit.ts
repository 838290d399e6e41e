import type { SummaryShape } from "./summary.ts";

const passed = /^OK \((\d{1,9}) tests?, \d{1,9} assertions?\)$/;
const counted = /^Tests: (\d{1,9}), Assertions: \d{1,9}((?:, [A-Z][A-Za-z ]{1,24}: \d{1,9}){0,9})\.$/;

const meanings: Readonly<Record<string, "failed" | "skipped">> = {
  Failures: "failed",
  Errors: "failed",
  Skipped: "skipped",
  Incomplete: "skipped",
};

/** PHPUnit: `OK (3 tests, 5 assertions)`, `Tests: 3, Assertions: 5, Failures: 1.`, `No tests executed!`. */
export const phpunit: SummaryShape = {
  tool: "phpunit",
  words: ["OK (", "Tests: ", "No tests executed!"],
  read(line, tally) {
    const all = passed.exec(line) ?? counted.exec(line);
    if (all === null && line !== "No tests executed!") return;
    tally.passed += Number(all?.[1] ?? 0);
    for (const [, word = "", count] of (all?.[2] ?? "").matchAll(/, ([A-Za-z ]{1,25}): (\d{1,9})/g)) {
      const meaning = meanings[word];
      if (meaning === undefined) continue;
      tally[meaning] += Number(count);
      tally.passed -= Number(count);
    }
    tally.seen = true;
  },
};
