import { describe, expect, it } from "vitest";
import { renderTestList } from "#render/test-list";

const test = (path: string) => ({ path, id: path, elements: [], via: [] });

describe("the list of tests for another tool", () => {
  it.each([
    ["the root", "", "tests/a b.test.js\n./-dash.test.js\n"],
    ["a folder beside them", "docs/BRD", "../../tests/a b.test.js\n../../-dash.test.js\n"],
    ["their own folder", "tests", "a b.test.js\n../-dash.test.js\n"],
  ])("names them from %s", (_, folder, text) => {
    expect(renderTestList([test("tests/a b.test.js"), test("-dash.test.js")], folder, false)).toBe(text);
  });

  it("gives a path with a line end as it is between NULs, and shows it on one line otherwise", () => {
    expect(renderTestList([test("a\nb.js"), test("-c.js")], "", true)).toBe("a\nb.js\0./-c.js\0");
    expect(renderTestList([test("a\u001bb.js")], "", false)).not.toContain("\u001b");
  });
});
