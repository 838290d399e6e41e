import type { CoverageClaim } from "#model/claim";
import { signForm, signs } from "../comparison.ts";
import { type ClaimForm, quoted } from "./claim-form.ts";

const form = new RegExp(
  String.raw`^(?:(lines|branches|functions|statements|any)\s+)?(?:of\s+(?:"([^"]+)"|'([^']+)')\s*)?${signForm}\s*(\d{1,3}(?:\.\d{1,4})?)\s*%?$`,
);

/** `coverage lines >= 85`, `coverage of "npm test" >= 85`. */
export const coverageForm: ClaimForm<"coverage"> = {
  words: ["coverage"],
  example: "coverage lines >= N",
  read(rest) {
    const match = form.exec(rest);
    if (match === null)
      return "coverage is written: coverage >= 85, coverage branches >= 80, with lines, branches, functions or statements";
    const [, of = "any", double, single, sign = "", value] = match;
    const command = double ?? single;
    return {
      kind: "coverage",
      of: of as CoverageClaim["of"],
      operator: signs[sign] ?? "=",
      value: Number(value),
      ...(command === undefined ? {} : { command }),
    };
  },
  write({ of, operator, value, command }) {
    const by = command === undefined ? "" : `of ${quoted(command)} `;
    return `coverage ${of === "any" ? "" : `${of} `}${by}${operator} ${value} %`;
  },
};
