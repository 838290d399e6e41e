import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  mergeReceiptLines,
  parseReceipt,
  receiptPath,
  recordOfReceipt,
  serializeReceipt,
} from "../../src/author/receipt.ts";
import { type ReceiptLine, verdictOrder } from "../../src/model/run.ts";

const line = (over: Partial<ReceiptLine> = {}): ReceiptLine => ({
  v: 1,
  kind: "step",
  unit: "step:1",
  title: "Make it",
  subject: "sha256:aa",
  verdict: "verified",
  evidence: ["sha256:bb"],
  actor: { kind: "person", name: "ada@desk" },
  at: "2026-01-02T03:04:05.000Z",
  journal: "r:1:h",
  ...over,
});

const anyLine = fc
  .record({
    kind: fc.constantFrom("step", "task", "phase", "item", "plan", "signature") as fc.Arbitrary<ReceiptLine["kind"]>,
    unit: fc.constantFrom("step:1", "step:2", "step:10", "task:TASK-1.1"),
    verdict: fc.constantFrom(...verdictOrder),
    at: fc.integer({ min: 0, max: 5 }).map((second) => `2026-01-02T03:04:0${second}.000Z`),
    title: fc.string(),
    reason: fc.string(),
  })
  .map(line);

describe("a receipt", () => {
  test("stands beside the plan under the plan's whole name", () =>
    expect(receiptPath("docs/p.md")).toBe("docs/p.md.receipt.ndjson"));

  test("is read back as it was written, one sorted line a thing", () => {
    const text = serializeReceipt([
      line({ unit: "step:10" }),
      line({ unit: "step:2" }),
      line({ kind: "plan", unit: "plan" }),
    ]);
    expect(parseReceipt(text).lines.map((entry) => entry.unit)).toEqual(["plan", "step:2", "step:10"]);
    expect(text.endsWith("\n")).toBe(true);
    expect(serializeReceipt(parseReceipt(text).lines)).toBe(text);
  });

  test("any lines: merging does not depend on their order, and writing twice is writing once", () => {
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 12 }), (lines) => {
        const text = serializeReceipt(mergeReceiptLines([], lines));
        expect(serializeReceipt(mergeReceiptLines([], [...lines].reverse()))).toBe(text);
        expect(serializeReceipt(parseReceipt(text).lines)).toBe(text);
        expect(parseReceipt(text).problems).toEqual([]);
      }),
    );
  });

  test("two branches that add different steps merge line by line", () => {
    const base = serializeReceipt([line()]);
    const ours = serializeReceipt([line(), line({ unit: "step:2" })]);
    const theirs = serializeReceipt([line(), line({ unit: "step:3" })]);
    const merged = [...new Set([...ours.split("\n"), ...theirs.split("\n")])].join("\n");
    expect(parseReceipt(merged).lines.map((entry) => entry.unit)).toEqual(["step:1", "step:2", "step:3"]);
    expect(ours.startsWith(base)).toBe(true);
  });

  test("of two lines for one thing the later one holds", () => {
    const old = line({ verdict: "failed" });
    const fresh = line({ verdict: "verified", at: "2026-02-01T00:00:00.000Z" });
    expect(mergeReceiptLines([fresh], [old])).toEqual([fresh]);
  });

  test.each([
    ["not JSON", "{", "not a line of JSON"],
    ["a conflict marker", "<<<<<<< ours", "merge conflict"],
    ["another shape", '{"v":1,"kind":"step"}', "known form"],
    ["a newer version", JSON.stringify({ ...line(), v: 2 }), "known form"],
    ["a verdict that is none", JSON.stringify({ ...line(), verdict: "done" }), "known form"],
    ["an actor without name", JSON.stringify({ ...line(), actor: {} }), "known form"],
    ["a number", "7", "known form"],
  ])("damage by %s is one problem and the rest is read", (_name, damage, message) => {
    const receipt = parseReceipt(`${damage}\n${serializeReceipt([line()])}`);
    expect(receipt.lines).toHaveLength(1);
    expect(receipt.problems).toHaveLength(1);
    expect(receipt.problems[0]?.line).toBe(1);
    expect(receipt.problems[0]?.message).toContain(message);
  });

  test("gives records by unit, with signatures on what they sign", () => {
    const lines = [
      line({ verdict: "manual" }),
      line({ kind: "signature", reason: "read it", at: "2026-03-01T00:00:00.000Z" }),
    ];
    const record = recordOfReceipt({ lines, problems: [] });
    expect(record.units.get("step:1")).toMatchObject({
      verdict: "verified",
      signed: { actor: "ada@desk", reason: "read it", override: false },
    });
    expect(recordOfReceipt({ lines: [line()], problems: [] }).units.get("step:1")).toMatchObject({
      verdict: "verified",
      evidence: ["sha256:bb"],
    });
  });
});
