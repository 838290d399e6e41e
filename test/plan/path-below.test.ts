import { array, assert, constantFrom, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { pathBelow } from "#plan/vacuity/shell-facts";

const part = constantFrom("src", "a.ts", "..", ".", ".env", "-x", "a..b", "$HOME", "~", "", "`pwd`", "_", "$PWD");

describe("The path of a file from the folder the plan starts in", () => {
  test.each([
    ["", "src/a.ts", "src/a.ts"],
    ["", "./src//a.ts", "src/a.ts"],
    ["", "src/../a.ts", "a.ts"],
    ["", "../a.ts", undefined],
    ["src", "../a.ts", "a.ts"],
    [undefined, "a.ts", undefined],
    [undefined, "/etc/hosts", "/etc/hosts"],
  ])("seen from %j, %j is %j", (directory, path, expected) => {
    expect(pathBelow(directory, path)).toBe(expected);
  });

  test("is told without a closer look as it is told with one", () => {
    assert(
      property(array(part, { maxLength: 5 }), (parts) => {
        const path = parts.join("/");
        expect(pathBelow("", path)).toBe(pathBelow("./", path));
      }),
      { numRuns: 500 },
    );
  });
});
