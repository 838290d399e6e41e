import { type SummaryShape, addCounts } from "./summary.ts";

const counted =
  /^(?:ok|FAILED) \| (\d{1,9} passed (?:\(\d{1,9} steps?\) )?\| \d{1,9} failed(?: \| \d{1,9} [a-z ]{1,20}){0,4})/;

/** `deno test`: `ok | 3 passed | 0 failed | 1 ignored (5ms)`. */
export const denoTest: SummaryShape = {
  tool: "deno test",
  words: [" passed"],
  read(line, tally) {
    const match = counted.exec(line);
    if (match === null) return;
    addCounts(match[1] ?? "", { passed: "passed", failed: "failed", ignored: "skipped", filtered: "skipped" }, tally);
  },
};
