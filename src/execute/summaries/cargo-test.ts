import { type SummaryShape, addCounts } from "./summary.ts";

/** `cargo test`, one line per test binary: `test result: ok. 3 passed; 0 failed; 1 ignored; …`. */
export const cargoTest: SummaryShape = {
  tool: "cargo test",
  words: ["test result:"],
  read(line, tally) {
    if (!line.startsWith("test result: ")) return;
    addCounts(line, { passed: "passed", failed: "failed", ignored: "skipped" }, tally);
  },
};
