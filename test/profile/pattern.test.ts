import { compilePattern, patternProblem } from "#profile/pattern";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

const rows: readonly [title: string, pattern: string, text: string, captures: Record<string, string> | undefined][] = [
  ["an id of three digits", "{TYPE}-{NNN}", "REQ-042", { TYPE: "REQ", NNN: "042" }],
  ["an id of two digits is too short", "{TYPE}-{NNN}", "REQ-42", undefined],
  ["an id of five digits is too long", "{TYPE}-{NNN}", "REQ-00042", undefined],
  ["a lower-case type is none", "{TYPE}-{NNN}", "req-042", undefined],
  ["an optional part that is there", "{NNN}[-{YY}]", "042-01", { NNN: "042", YY: "01" }],
  ["an optional part that is absent", "{NNN}[-{YY}]", "042", { NNN: "042" }],
  ["nothing may follow", "{NNN}", "042x", undefined],
  ["one of several endings", "a.(md|yaml)", "a.yaml", {}],
  ["none of several endings", "a.(md|yaml)", "a.yml", undefined],
  [
    "a slug that holds what follows it",
    "{slug}_{date}.md",
    "a_20250101_20250102.md",
    { slug: "a_20250101", date: "20250102" },
  ],
  ["a timestamp that is too short", "{slug}_{date}_{time}.md", "a_20250101_2501.md", undefined],
  ["the first of two runs takes what it can", "{slug}{digits}", "ab123", { slug: "ab12", digits: "3" }],
  ["nested optional parts", "a[b[c]]", "ab", {}],
  ["a dot is itself", "a.b", "axb", undefined],
];

describe("a pattern", () => {
  test.each(rows)("%s", (_title, pattern, text, captures) => {
    expect(compilePattern(pattern).match(text)).toEqual(captures);
  });

  test("takes a fixed text for a piece", () => {
    const pattern = compilePattern("{TYPE}-{NNN}", { TYPE: "BRD" });
    expect(pattern.match("BRD-001")).toEqual({ TYPE: "BRD", NNN: "001" });
    expect(pattern.match("RBD-001")).toBeUndefined();
  });

  test("finds a fixed text also where places are ambiguous", () => {
    const pattern = compilePattern("{name}{TYPE}{name}", { TYPE: "X" });
    expect(pattern.match("aXbXc")).toEqual({ name: "aXb", TYPE: "X" });
    expect(pattern.match("abc")).toBeUndefined();
  });

  test.each([
    ["{nothing}", 'no piece is named "nothing"'],
    ["{constructor}", 'no piece is named "constructor"'],
    ["{NNN", 'no piece is named ""'],
    ["[a", '"]" is missing'],
    ["(a|b", '")" is missing'],
    ["a]", 'unexpected "]"'],
    ["[a][b][c][d][e][f][g]", "too many optional parts"],
  ])("%s does not compile", (source, message) => {
    expect(patternProblem(source)).toBe(`pattern "${source}": ${message}`);
  });

  test("has no problem when it compiles", () => {
    expect(patternProblem("{TYPE}-{NNN}[-{YY}]_{slug}.md")).toBeUndefined();
  });

  test("takes no longer than linear time on a hostile name", () => {
    const pattern = compilePattern("{slug}{slug}{slug}{slug}{slug}{date}.md");
    expect(pattern.match("1".repeat(4000))).toBeUndefined();
    expect(pattern.match("1".repeat(5000))).toBeUndefined();
  });

  test("agrees with the regular expression it stands for", () => {
    const pattern = compilePattern("{TYPE}-{NNN}[-{YY}]_{slug}_{date}_{time}.md");
    const judge = /^[A-Z]{2,16}-[0-9]{3,4}(?:-[0-9]{2,3})?_[a-z0-9_]+_[0-9]{8}_[0-9]{6}\.md$/;
    const digits = fc.stringMatching(/^[0-9]{1,9}$/);
    const name = fc
      .tuple(
        fc.constantFrom("REQ-", "r-", "AB-"),
        digits,
        fc.constantFrom("_", "-01_", "__"),
        digits,
        digits,
        fc.constantFrom("_", "", "_a_"),
        digits,
      )
      .map(([type, a, b, c, d, e, f]) => `${type}${a}${b}x${c}_${d}${e}${f}.md`);
    fc.assert(
      fc.property(name, (text) => (pattern.match(text) !== undefined) === judge.test(text)),
      { numRuns: 1000 },
    );
  });
});
