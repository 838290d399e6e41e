import { editSource } from "#model/edit";
import { createSource, type Source } from "#model/source";
import { blindReplacement } from "#rules/encoding/blind-replacement";
import { byteOrderMark } from "#rules/encoding/byte-order-mark";
import { lostCharacter } from "#rules/encoding/lost-character";
import { mixedLineEnds } from "#rules/encoding/mixed-line-ends";
import { notText } from "#rules/encoding/not-text";
import { undecodableBytes } from "#rules/encoding/undecodable-bytes";
import { wronglyDecoded } from "#rules/encoding/wrongly-decoded";
import type { Rule, RuleContext } from "#rules/rule";
import { runRules } from "#rules/run-rules";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contextOf, hash } from "./synthetic.ts";

function bytes(...parts: (string | number)[]): Source {
  const encoder = new TextEncoder();
  const all = parts.flatMap((part) => (typeof part === "number" ? [part] : [...encoder.encode(part)]));
  return createSource("a.md", Uint8Array.from(all));
}

function check(rule: Rule, source: Source, more: Partial<RuleContext> = {}) {
  const context = contextOf(source, more);
  return runRules([context], { hash, today: "2026-01-01", rules: [rule], group: false }).findings;
}

describe("what is not text", () => {
  test.each([
    ["UTF-16LE with its mark", bytes(0xff, 0xfe, "#", 0, " ", 0), /UTF-16LE/],
    ["UTF-16BE with its mark", bytes(0xfe, 0xff, 0, "#", 0, " "), /UTF-16BE/],
    ["UTF-16LE without a mark", bytes("#", 0, " ", 0, "P", 0), /UTF-16LE/],
    ["UTF-16BE without a mark", bytes(0, "#", 0, " "), /UTF-16BE/],
    ["a NUL byte", bytes("PNG", 0, "data!"), /byte 3 is NUL/],
  ])("%s is told", (_title, source, message) => {
    expect(check(notText, source)).toMatchObject([{ severity: "error", message: expect.stringMatching(message) }]);
  });
  test("plain text passes", () => expect(check(notText, bytes("# Plan é\n"))).toEqual([]));
});

describe("bytes that are not UTF-8", () => {
  test("are each named with their value and place", () => {
    const found = check(undecodableBytes, bytes("caf", 0xe9, " \n x", 0xff));
    expect(found.map((one) => [one.range.start.line, one.range.start.column, one.message.slice(0, 20)])).toEqual([
      [1, 4, "The byte 0xE9 is not"],
      [2, 3, "The byte 0xFF is not"],
    ]);
  });
  test("are not taken for a lost character", () => expect(check(lostCharacter, bytes("caf", 0xe9))).toEqual([]));
});

test("a replacement character in well-formed text is a lost character", () => {
  expect(check(lostCharacter, bytes("x \uFFFD y"))).toMatchObject([{ range: { start: { column: 3 } } }]);
});

test("wounds are healed exactly, and then there are none", () => {
  const source = bytes("‚úÖ done ‚Üí next");
  const wounds = [
    { start: 0, end: 3, healed: "✅", takenFor: "Mac Roman" },
    { start: 9, end: 12, healed: "→", takenFor: "Mac Roman", depth: 2 },
  ];
  const found = check(wronglyDecoded, source, { wounds });
  expect(found.map((one) => one.message)).toEqual([
    '"‚úÖ" is "✅" read as Mac Roman. Heal it with check --fix.',
    '"‚Üí" is "→" read as Mac Roman, 2 times over. Heal it with check --fix.',
  ]);
  const edits = found.flatMap((one) => one.fix?.documents[0]?.edits ?? []);
  expect(editSource(source, edits).text).toBe("✅ done → next");
});

describe("blind replacements", () => {
  test.each([
    ["SPEC-001:regulatoryTION", "SPEC-001:SECTION"],
    ["regulatoryTION-ID", "SECTION-ID"],
    ["regulatoryURITY and regulatoryURE", "SECURITY and SECURE"],
    ["regulatoryOND thoughts", "SECOND thoughts"],
  ])("%s becomes %s", (text, healed) => {
    const source = bytes(text);
    const edits = check(blindReplacement, source).flatMap((one) => one.fix?.documents[0]?.edits ?? []);
    expect(editSource(source, edits).text).toBe(healed);
  });
  test("of an unknown word are told without a fix", () => {
    expect(check(blindReplacement, bytes("the funcTION"))).toMatchObject([
      { message: expect.stringContaining("funcTION") },
    ]);
    expect(check(blindReplacement, bytes("the funcTION"))[0]?.fix).toBeUndefined();
  });
  test("healthy words pass", () => {
    expect(check(blindReplacement, bytes("SECTION regulatory toJSON parseHTML aTION camelCase"))).toEqual([]);
  });
  test("twice is once", () => {
    const words = fc.constantFrom("regulatoryTION", "regulatory", "SECTION", "regulatoryOND", "-", " ", "x");
    fc.assert(
      fc.property(fc.array(words, { maxLength: 20 }), (parts) => {
        const source = bytes(parts.join(""));
        const heal = (one: Source) =>
          editSource(
            one,
            check(blindReplacement, one).flatMap((found) => found.fix?.documents[0]?.edits ?? []),
          );
        const once = heal(source);
        expect(heal(once).text).toBe(once.text);
      }),
    );
  });
});

describe("line ends and marks", () => {
  test.each([
    ["a\nb\n", undefined],
    ["a\r\nb\r\n", undefined],
    ["a\nb\nc\r\n", "Lines end in different ways (2 with LF, 1 with CRLF). Write LF throughout."],
    ["a\r\nb\rc\r\n", "Lines end in different ways (2 with CRLF, 1 with CR). Write CRLF throughout."],
    ["no line end", undefined],
  ])("of %j", (text, message) => {
    expect(check(mixedLineEnds, bytes(text))[0]?.message).toBe(message);
  });
  test("the rare one is pointed at", () => {
    expect(check(mixedLineEnds, bytes("a\nb\nc\r\nd\n"))[0]?.range.start.line).toBe(3);
  });
  test("a byte order mark is information", () => {
    expect(check(byteOrderMark, bytes(0xef, 0xbb, 0xbf, "# Plan"))).toMatchObject([{ severity: "info" }]);
    expect(check(byteOrderMark, bytes("# Plan"))).toEqual([]);
  });
});
