import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  blockInsertion,
  blockRemoval,
  blockText,
  type FoundBlock,
  findBlock,
  hashMarks,
  lineEndOf,
  markdownMarks,
} from "#author/setup/marked-block";
import type { Edit } from "#model/edit";

const block = { style: markdownMarks, body: "one\ntwo\n", digest: "0123456789ab" };
const put = (text: string, { start, end, text: inserted }: Edit): string =>
  text.slice(0, start) + inserted + text.slice(end);
const found = (text: string): FoundBlock => {
  const state = findBlock(text, markdownMarks);
  if (state.kind !== "found") throw new Error(`${state.kind} in ${JSON.stringify(text)}`);
  return state;
};

describe("a block of ours in somebody's file", () => {
  test.each([
    ["after text with a line end, a blank line between", "# A\n", "# A\n\nBLOCK\n"],
    ["after text without one, which stays without one", "# A", "# A\n\nBLOCK"],
    ["in an empty file", "", "BLOCK"],
    ["with the line ends of the file", "# A\r\nb\r\n", "# A\r\nb\r\n\r\nBLOCK\r\n"],
  ])("is put %s", (_name, before, after) => {
    const written = blockText(block, lineEndOf(before));
    expect(put(before, blockInsertion(before, block))).toBe(after.replace("BLOCK", written));
  });

  const text = fc.oneof(
    fc.string({ maxLength: 30 }),
    fc
      .array(fc.constantFrom("a", "\n", "\r\n", "\uFEFF", "<!-- iplan -->", "```", " ", "é"), { maxLength: 12 })
      .map((parts) => parts.join("")),
  );

  test("is found again, with its body and digest, and taken away to the byte", () => {
    fc.assert(
      fc.property(text, (before) => {
        const after = put(before, blockInsertion(before, block));
        expect(found(after)).toMatchObject({ body: block.body, digest: block.digest });
        expect(put(after, blockRemoval(after, found(after)))).toBe(before);
      }),
      { numRuns: 2000 },
    );
  });

  test("goes without what a person wrote behind it", () => {
    const after = `${put("# A\n", blockInsertion("# A\n", block))}\nmine\n`;
    expect(put(after, blockRemoval(after, found(after)))).toBe("# A\n\nmine\n");
  });

  test("in a file of remarks with a hash has marks of that form", () => {
    const written = blockText({ ...block, style: hashMarks }, "\n");
    expect(written).toBe("# iplan:begin 0123456789ab\none\ntwo\n# iplan:end");
    expect(findBlock(`x\n${written}\n`, hashMarks)).toMatchObject({ kind: "found", body: "one\ntwo\n" });
    expect(findBlock(written, markdownMarks).kind).toBe("absent");
  });

  test.each([
    ["a begin without an end", "a\n<!-- iplan:begin 0123456789ab -->\n", 2],
    ["an end without a begin", "<!-- iplan:end -->\n", 1],
    ["an end before its begin", "\n\n<!-- iplan:end -->\n<!-- iplan:begin -->\n", 3],
    ["two blocks", "<!-- iplan:begin -->\n<!-- iplan:end -->\n<!-- iplan:begin -->\n<!-- iplan:end -->\n", 1],
  ])("%s is damaged, with its line", (_name, broken, line) => {
    expect(findBlock(broken, markdownMarks)).toEqual({ kind: "damaged", line });
  });

  test("a mark that lost its digest is still a mark", () => {
    expect(found("<!-- iplan:begin -->\nx\n<!-- iplan:end -->")).not.toHaveProperty("digest");
  });
});
