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

describe("a baseline", () => {
  test("holds every finding but waived ones, and reads back as what it was", () => {
    const text = writeBaseline([finding("b"), finding("a"), finding("c", { waived: "agreed" })]);
    expect(readBaseline("b.json", text).map((entry) => entry.fingerprint[0])).toEqual(["a", "b"]);
    expect(readBaseline("b.json", writeBaseline([]))).toEqual([]);
  });

  test("is the same whatever the order of findings, one line each, sorted by rule and path", () => {
    const findings = [finding("c", { rule: "tag/x" }), finding("b", { path: "docs/b.md" }), finding("d")];
    const text = writeBaseline(findings);
    expect(writeBaseline([...findings].reverse())).toBe(text);
    expect(
      text
        .split("\n")
        .slice(1, -2)
        .map((line) => JSON.parse(line.replace(/,$/, "")).fingerprint[0] as unknown),
    ).toEqual(["d", "b", "c"]);
  });

  test("marks what was there before; waived findings stay waived, new ones count, the rest is gone", () => {
    const entries = readBaseline("b", writeBaseline([finding("a"), finding("b"), finding("c")]));
    const { findings, gone } = applyBaseline([finding("a"), finding("b", { waived: "agreed" }), finding("n")], entries);
    expect(findings.map(({ baselined, waived }) => [baselined, waived])).toEqual([
      [true, undefined],
      [undefined, "agreed"],
      [undefined, undefined],
    ]);
    expect(gone.map((entry) => entry.fingerprint[0])).toEqual(["c"]);
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
