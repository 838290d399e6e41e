import { signs } from "../comparison.ts";
import { type ClaimForm, unquoted } from "./claim-form.ts";

const form =
  /^(>=|≥|<=|≤|>|<|==?)?\s*(\d{1,7})\s+(\S+\s+)?(files?|director(?:y|ies)|entr(?:y|ies))\s+(in|below)\s+(\S+)$/;

/** `count 4 files in src/`, `count >= 2 *.py files below src/`. */
export const countForm: ClaimForm<"count"> = {
  words: ["count"],
  example: "count N files in DIR",
  read(rest) {
    const match = form.exec(rest);
    if (match === null) return "count is written: count 4 files in src/, count >= 2 *.py files below src/";
    const [, operator = "=", count = "0", pattern, noun = "", where, directory = ""] = match;
    const claim = {
      kind: "count",
      directory: unquoted(directory),
      of: noun.startsWith("file") ? "file" : noun.startsWith("dir") ? "directory" : "entry",
      operator: signs[operator] ?? "=",
      count: Number(count),
      recursive: where === "below",
    } as const;
    return pattern === undefined ? claim : { ...claim, pattern: pattern.trim() };
  },
  write(claim) {
    const noun = { file: "files", directory: "directories", entry: "entries" }[claim.of];
    const sign = claim.operator === "=" ? "" : `${claim.operator} `;
    const pattern = claim.pattern === undefined ? "" : `${claim.pattern} `;
    return `count ${sign}${claim.count} ${pattern}${noun} ${claim.recursive ? "below" : "in"} ${claim.directory}`;
  },
};
