import { describe, test } from "vitest";
import { checkRow, type PlanRow } from "../support/plan-run.ts";

const rows: readonly PlanRow[] = [
  {
    title: "a check behind exit 0 never had its turn, so what stands before it proves nothing",
    steps: [{ run: "mkdir -p src", verify: "test -d src\nexit 0\ntest -f x" }],
    code: 1,
    verdicts: ["unverifiable"],
    said: [/test -f x: the shell ended before it was its turn/],
  },
  {
    title: "words behind exit 0 are no loss",
    steps: [{ run: "mkdir -p src", verify: "test -d src\nexit 0\necho done" }],
    code: 0,
    verdicts: ["verified"],
  },
];

describe("a verification that ends early", () => {
  test.for(rows)("$title", (row) => checkRow(row));
});
