import type { TestsClaim } from "#model/claim";
import { signForm, signs } from "../comparison.ts";
import type { ClaimForm } from "./claim-form.ts";

const form = new RegExp(String.raw`^(passed|failed|skipped|run)\s*${signForm}\s*(\d{1,7})$`);

/** `tests passed = 12`. */
export const testsForm: ClaimForm<"tests"> = {
  words: ["tests"],
  example: "tests passed >= N",
  read(rest) {
    const match = form.exec(rest);
    if (match === null) return "tests is written: tests passed = 12, with passed, failed, skipped or run";
    const of = match[1] as TestsClaim["of"];
    return { kind: "tests", of, operator: signs[match[2] ?? ""] ?? "=", count: Number(match[3]) };
  },
  write: ({ of, operator, count }) => `tests ${of} ${operator} ${count}`,
};
