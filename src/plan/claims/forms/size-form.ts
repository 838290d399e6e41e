import { sizeForm as unitForm, sizeOf, writeSize } from "../amounts.ts";
import { signForm, signs } from "../comparison.ts";
import { type ClaimForm, quotedIfNeeded } from "./claim-form.ts";

const form = new RegExp(
  String.raw`^(?:"([^"]+)"|'([^']+)'|([^\s"']+))\s+${signForm}\s*(\d{1,12}(?:\.\d{1,6})?)\s*(?:${unitForm}|(lines?))?$`,
  "i",
);

/** `size dist/app.js < 200 KB`, `size README.md >= 40 lines`. */
export const sizeForm: ClaimForm<"size"> = {
  words: ["size"],
  example: "size PATH < 200 KB, size PATH >= N lines",
  read(rest) {
    const match = form.exec(rest);
    if (match === null) return "size is written: size dist/app.js < 200 KB or size README.md >= 40 lines";
    const [, double, single, bare, sign = "", amount, unit = "bytes", lines] = match;
    const path = double ?? single ?? bare ?? "";
    const operator = signs[sign] ?? "<";
    return lines === undefined
      ? { kind: "size", path, of: "bytes", operator, amount: Number(amount) * (sizeOf(unit) ?? 1) }
      : { kind: "size", path, of: "lines", operator, amount: Number(amount) };
  },
  write: ({ path, of, operator, amount }) =>
    `size ${quotedIfNeeded(path)} ${operator} ${of === "lines" ? `${amount} lines` : writeSize(amount)}`,
};
