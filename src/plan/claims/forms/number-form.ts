import { signs } from "../comparison.ts";
import { type ClaimForm, unquoted } from "./claim-form.ts";

const form = /^([^<>=≥≤]+?)\s*(>=|≥|<=|≤|>|<|==?)\s*(-?\d+(?:\.\d+)?)\s*(%|[A-Za-zµ]+)?$/;

/** `number p95 < 50 ms`. */
export const numberForm: ClaimForm<"number"> = {
  words: ["number"],
  example: "number SUBJECT >= X",
  read(rest) {
    const match = form.exec(rest);
    if (match === null) return "number is written: number p95 < 50 ms";
    const claim = {
      kind: "number",
      subject: unquoted(match[1] ?? ""),
      operator: signs[match[2] ?? ""] ?? "=",
      value: Number(match[3]),
    } as const;
    return match[4] === undefined ? claim : { ...claim, unit: match[4] };
  },
  write: ({ subject, operator, value, unit }) =>
    `number ${subject} ${operator} ${value}${unit === undefined ? "" : ` ${unit}`}`,
};
