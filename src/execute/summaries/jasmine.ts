import type { SummaryShape } from "./summary.ts";

const specs = /^(\d{1,9}) specs?, (\d{1,9}) failures?(?:, (\d{1,9}) pending)?/;

/** Jasmine: `12 specs, 0 failures`. */
export const jasmine: SummaryShape = {
  tool: "jasmine",
  words: [" spec"],
  read(line, tally) {
    const match = specs.exec(line);
    if (match === null) return;
    const [all, failed, pending] = [match[1], match[2], match[3] ?? 0].map(Number) as [number, number, number];
    tally.passed += all - failed - pending;
    tally.failed += failed;
    tally.skipped += pending;
    tally.seen = true;
  },
};
