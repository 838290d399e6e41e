import { type SummaryShape, addCounts } from "./summary.ts";

/** `bun test`: ` 3 pass`, ` 1 fail`, ` 1 skip`, each on a line. */
export const bunTest: SummaryShape = {
  tool: "bun test",
  words: [" pass", " fail", " skip", " todo"],
  read(line, tally) {
    if (!/^ \d{1,9} (?:pass|fail|skip|todo)$/.test(line)) return;
    addCounts(line, { pass: "passed", fail: "failed", skip: "skipped", todo: "skipped" }, tally);
  },
};
