import { describe, expect, test } from "vitest";
import type { Finding } from "#model/finding";
import { createSourceFromText } from "#model/source";
import { applyBaseline, readBaseline, writeBaseline } from "#rules/baseline";

const source = createSourceFromText("docs/a.md", "text\n");

function finding(fingerprint: string, more: Partial<Finding> = {}): Finding {
  return {
    rule: "plan/no-steps",
    severity: "error",
    message: "No steps.",
    path: source.path,
    range: source.range(0, 4),
    fingerprint: fingerprint.padEnd(32, "0"),
    ...more,
  };
}

const nowhere = (): undefined => undefined;

describe("a baseline", () => {
  test("holds every finding but waived ones, and reads back as what it was", () => {
    const text = writeBaseline([finding("b"), finding("a"), finding("c", { waived: "agreed" })], nowhere);
    expect(readBaseline("b.json", text).map((entry) => entry.fingerprint[0])).toEqual(["a", "b"]);
    expect(readBaseline("b.json", writeBaseline([], nowhere))).toEqual([]);
  });

  test("is the same whatever the order of findings, one line each, sorted by rule and path", () => {
    const findings = [finding("c", { rule: "tag/x" }), finding("b", { path: "docs/b.md" }), finding("d")];
    const text = writeBaseline(findings, nowhere);
    expect(writeBaseline([...findings].reverse(), nowhere)).toBe(text);
    expect(
      text
        .split("\n")
        .slice(1, -2)
        .map((line) => JSON.parse(line.replace(/,$/, "")).fingerprint[0] as unknown),
    ).toEqual(["d", "b", "c"]);
  });

  test("marks what was there before; waived findings stay waived, new ones count, the rest is gone", () => {
    const entries = readBaseline("b", writeBaseline([finding("a"), finding("b"), finding("c")], nowhere));
    const now = [finding("a"), finding("b", { waived: "agreed" }), finding("n")];
    const { findings, gone } = applyBaseline(now, entries, nowhere);
    expect(findings.map(({ baselined, waived }) => [baselined, waived])).toEqual([
      [true, undefined],
      [undefined, "agreed"],
      [undefined, undefined],
    ]);
    expect(gone.map((entry) => entry.fingerprint[0])).toEqual(["c"]);
  });

  test("an entry is known by its second fingerprint, unless its first was met", () => {
    const entries = [{ fingerprint: "a", rule: "r", path: "p", other: "b" }];
    const seen = (...names: readonly string[]) => {
      const found = names.map((name) => ({ ...finding("x"), fingerprint: name }));
      const { findings, gone } = applyBaseline(found, entries, nowhere);
      return [findings.map(({ baselined }) => baselined === true), gone.length];
    };
    expect(seen("b")).toEqual([[true], 0]);
    expect(seen("b", "a")).toEqual([[false, true], 0]);
    expect(seen("c")).toEqual([[false], 1]);
  });

  test.each([
    [["one"], ["one"], true],
    [["one", "two"], ["two"], true],
    [["one"], ["one", "two"], false],
    [["one"], ["one", "one"], false],
    [["one"], ["two"], false],
    [undefined, ["two"], true],
    [["one"], undefined, true],
  ])("of a finding at places %j knows one at %j: %j", (then, now, isKnown) => {
    const entries = readBaseline(
      "b",
      writeBaseline([finding("a")], () => then),
    );
    const [found] = applyBaseline([finding("a")], entries, () => now).findings;
    expect(found?.baselined ?? false).toBe(isKnown);
  });

  test.each([
    "",
    "{}",
    "[]",
    "null",
    '{"schema":"iplan-baseline/1"}',
    '{"schema":"iplan-baseline/1","findings":[{}]}',
  ])("is refused when its text is %j", (text) => {
    expect(() => readBaseline("b.json", text)).toThrow("b.json is no baseline of iplan.");
  });
});
