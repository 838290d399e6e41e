import type { FindingWord } from "#model/claim";
import { signForm, signs } from "../comparison.ts";
import { type ClaimForm, quotedIfNeeded, unquoted } from "./claim-form.ts";

const known: Readonly<Record<FindingWord, true>> = {
  errors: true,
  warnings: true,
  problems: true,
  vulnerabilities: true,
  high: true,
  critical: true,
};
const form = new RegExp(String.raw`^([a-z]+)\s+of\s+(.+?)\s*${signForm}\s*(\d{1,7})$`);

/** `findings errors of eslint = 0`. */
export const findingsForm: ClaimForm<"findings"> = {
  words: ["findings"],
  example: "findings errors of TOOL = N",
  read(rest) {
    const match = form.exec(rest);
    const of = match?.[1] ?? "";
    if (match === null || !Object.hasOwn(known, of))
      return `findings is written: findings errors of eslint = 0, with ${Object.keys(known).join(", ")}`;
    const operator = signs[match[3] ?? ""] ?? "=";
    return {
      kind: "findings",
      tool: unquoted(match[2] ?? ""),
      of: of as FindingWord,
      operator,
      count: Number(match[4]),
    };
  },
  write: ({ tool, of, operator, count }) => `findings ${of} of ${quotedIfNeeded(tool)} ${operator} ${count}`,
};
