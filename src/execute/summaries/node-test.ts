import type { SummaryShape } from "./summary.ts";

/** Mark of the spec reporter, `ℹ` in UTF-8, or the comment of TAP. */
const mark = "(?:#|\u00e2\u0084\u00b9)";
const count = new RegExp(`^${mark} (pass|fail|cancelled|skipped|todo) (\\d{1,9})$`);
/** A passing test named as a file: node counts a test file without any test as one that passed. */
const emptyFile = /^(?:ok \d{1,9} - |\u00e2\u009c\u0094 )\S{0,500}\.[cm]?[jt]sx?(?: \(|$)/;

const meanings: Readonly<Record<string, "passed" | "failed" | "skipped">> = {
  pass: "passed",
  fail: "failed",
  cancelled: "failed",
  skipped: "skipped",
  todo: "skipped",
};

/** `node --test` with the TAP or spec reporter. */
export const nodeTest: SummaryShape = {
  tool: "node --test",
  words: ["# ", "\u00e2\u0084\u00b9 ", "ok ", "\u00e2\u009c\u0094 "],
  read(line, tally) {
    if (emptyFile.test(line)) {
      tally.passed -= 1;
      tally.skipped += 1;
      return;
    }
    const match = count.exec(line);
    if (match === null) return;
    const meaning = meanings[match[1] ?? ""];
    if (meaning !== undefined) tally[meaning] += Number(match[2]);
    tally.seen = true;
  },
};
