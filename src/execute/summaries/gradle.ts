import type { SummaryShape } from "./summary.ts";

const task =
  /^> Task :(?:[^\s:]{1,80}:){0,20}[^\s:]{0,80}[tT]est(?: (UP-TO-DATE|FROM-CACHE|NO-SOURCE|SKIPPED|FAILED))?$/;

const meanings: Readonly<Record<string, "failed" | "skipped">> = {
  FAILED: "failed",
  "NO-SOURCE": "skipped",
  SKIPPED: "skipped",
};

/** Gradle, one line per task that tests; tasks count, for tests are not listed: `> Task :app:test NO-SOURCE`. */
export const gradle: SummaryShape = {
  tool: "gradle",
  words: ["> Task :"],
  read(line, tally) {
    const match = task.exec(line);
    if (match === null) return;
    tally[meanings[match[1] ?? ""] ?? "passed"] += 1;
    tally.seen = true;
  },
};
