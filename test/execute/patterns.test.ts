import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareVersions, findVersion, isWithin } from "#execute/compare-versions";
import { matchesGlob } from "#execute/probes/count";
import { createMatcher } from "#execute/probes/line-matcher";

describe("a pattern", () => {
  const atoms = [
    "a",
    "b",
    "c",
    ".",
    "\\d",
    "\\w",
    "\\S",
    "[ab]",
    "[^a]",
    "[a-c]",
    "1",
    "^",
    "$",
    "(?:a|b)",
    "(ab)",
    "\\.",
    "[\\d-]",
  ];
  const pattern = fc
    .array(fc.tuple(fc.constantFrom(...atoms), fc.constantFrom("", "", "*", "+", "?", "{2}", "{1,3}", "{1,}", "*?")), {
      maxLength: 6,
    })
    .map((parts) => parts.map(([atom, repeat]) => (atom === "^" || atom === "$" ? atom : atom + repeat)).join(""));

  it("stands in a line exactly where JavaScript finds it", () => {
    fc.assert(
      fc.property(
        fc.array(pattern, { minLength: 1, maxLength: 3 }),
        fc.stringMatching(/^[abc1. -]{0,12}$/),
        (choices, line) => {
          const text = choices.join("|");
          expect(createMatcher(text)?.(line), `${text} in ${line}`).toBe(new RegExp(text).test(line));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it.each([
    "(?=a)",
    "(?<!a)b",
    "(a)\\1",
    "*a",
    "a**",
    "(a",
    "a)",
    "[a",
    "\\p{L}",
    "\\bword",
    "a{300}",
    "a{3,1}",
    "(?i)a",
    "(((((((((((((((((((((((a)))))))))))))))))))))))",
  ])("outside of the grammar is none: %s", (text) => {
    expect(createMatcher(text)).toBeUndefined();
  });

  it("takes linear time where JavaScript would not end", () => {
    for (const text of ["(a*)*b", "(a|a)*b", "a*a*a*a*a*b", "(a+)+$", "(?:(?:a{0,50}){0,50})b"])
      createMatcher(text)?.("a".repeat(3000) + "c");
  });
});

describe("a version", () => {
  it.each([
    ["Python 3.11.4", "3.11.4"],
    ["v20.20.2", "20.20.2"],
    ["git version 2.39.5 (Apple Git-154)", "2.39.5"],
    ["go version go1.22.3 linux/amd64", "1.22.3"],
    ["GNU bash, version 5.2.15(1)-release", "5.2.15"],
    ["tool 7", "7"],
    ["v7", "7"],
    ["none here", undefined],
  ])("is found in %s", (text, version) => {
    expect(findVersion(text)).toBe(version);
  });

  it.each([
    ["3.11.4", ">=", "3.11", true],
    ["3.9", ">=", "3.11", false],
    ["3.11.4", "=", "3.11", true],
    ["3.11.4", "<=", "3.11", true],
    ["3.11.4", ">", "3.11", false],
    ["3.12.0", ">", "3.11", true],
    ["22.9.0", "<", "23", true],
    ["23.0.0", "<", "23", false],
  ] as const)("%s %s %s is %s", (version, operator, bound, within) => {
    expect(isWithin(version, [{ operator, version: bound }])).toBe(within);
  });

  it("compares by numbers, not by letters", () => {
    expect(compareVersions("1.10", "1.9")).toBeGreaterThan(0);
    expect(compareVersions("2.0", "2")).toBe(0);
  });
});

describe("a glob", () => {
  it("matches as the same pattern in JavaScript would", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ab.]{0,8}$/), fc.stringMatching(/^[ab.*?]{0,8}$/), (name, glob) => {
        const same = new RegExp(`^${glob.replaceAll(".", "\\.").replaceAll("*", ".*").replaceAll("?", ".")}$`);
        expect(matchesGlob(name, glob)).toBe(same.test(name));
      }),
      { numRuns: 1000 },
    );
  });

  it("takes no time for hostile patterns", () => {
    expect(matchesGlob("a".repeat(250), `${"*a".repeat(60)}b`)).toBe(false);
  });
});
