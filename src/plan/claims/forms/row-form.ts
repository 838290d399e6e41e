import { type ClaimForm, quoted, wordsOf } from "./claim-form.ts";

const form = /^(?:of\s+(?:"([^"]+)"|'([^']+)')\s+)?([^]+)$/;

/** `row "orders" "12"`: a line of a table with these cells in this order. */
export const rowForm: ClaimForm<"row"> = {
  words: ["row"],
  example: 'row "CELL" "CELL"',
  read(rest) {
    const [, double, single, list = ""] = form.exec(rest) ?? [];
    const cells = wordsOf(list);
    if (cells.length < 2 || cells.includes("")) return 'row is written: row "orders" "12", with two cells at least';
    const command = double ?? single;
    return { kind: "row", cells, ...(command === undefined ? {} : { command }) };
  },
  write({ cells, command }) {
    const of = command === undefined ? "" : `of '${command}' `;
    return `row ${of}${cells.map(quoted).join(" ")}`;
  },
};
