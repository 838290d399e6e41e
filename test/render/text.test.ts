import { effortText } from "#model/effort-text";
import { describe, expect, test } from "vitest";
import { renderEnvelope } from "../../src/render/envelope.ts";
import { escapeControls, oneLine, withoutBlockFile } from "../../src/render/escape.ts";
import { columns, counted, displayWidth, duration, fold, foldedColumns, pad } from "../../src/render/layout.ts";
import { createPaint, paintGlyph, paintVerdict } from "../../src/render/paint.ts";

describe("folding", () => {
  test("breaks at blanks, never inside of a word", () => {
    expect(fold("one two three", 7)).toEqual(["one two", "three"]);
    expect(fold("unbreakable", 4)).toEqual(["unbreakable"]);
  });

  test("a last column goes on below itself, and is never narrower than can be read", () => {
    expect(
      foldedColumns(
        [
          ["--a", "one two three four five six seven"],
          ["--bc", "x"],
        ],
        "  ",
        34,
      ),
    ).toBe("  --a   one two three four five\n        six seven\n  --bc  x\n");
    expect(foldedColumns([["a".repeat(60), "one two"]], "", 40)).toBe(`${"a".repeat(60)}  one two\n`);
  });
});

describe("foreign text", () => {
  test.each([
    ["an escape sequence", "a\u001B[31mred", "a\\e[31mred"],
    ["a direction override", "user\u202Egnp.exe", "user\\u{202e}gnp.exe"],
    ["an isolate", "\u2066x\u2069", "\\u{2066}x\\u{2069}"],
    ["a carriage return", "ok\rFAKE", "ok\\rFAKE"],
    ["a line break", "a\nb", "a\\nb"],
    ["a tab", "a\tb", "a  b"],
    ["a zero-width blank", "a\u200Bb", "a\\u{200b}b"],
    ["a C1 control", "a\u009Bb", "a\\u{9b}b"],
    ["a tag character", "a\u{E0041}b", "a\\u{e0041}b"],
    ["healthy text of any script", "✅ naïve 日本語 √ ≥ →", "✅ naïve 日本語 √ ≥ →"],
  ])("%s is made visible", (_name, text, shown) => expect(escapeControls(text)).toBe(shown));

  test("line breaks stay where lines are wanted, CRLF as one", () => {
    expect(escapeControls("a\r\nb\nc\rd", { keepLines: true })).toBe("a\nb\nc\\rd");
  });

  test("one line is folded and cut", () => {
    expect(oneLine("  a \n b  ")).toBe("a b");
    expect(oneLine("abcdef", 4)).toBe("abc…");
  });
});

describe("what a shell says of a block", () => {
  const file =
    "/home/ana li/.local/state/iplan/workspaces/w-1/runs/spool/01M825H34QY0SZKDAJ7NBKP79M/01M825H3HQ5QBW8RK9Y5X9TJG3";
  test.each([
    [`${file}/block: line 1: cd: build: No such file`, "bash: line 1: cd: build: No such file"],
    [`ok\n${file}/statement.2: line 1: x: command not found`, "ok\nbash: line 1: x: command not found"],
    ["/dev/shm/iplan-session-cuHt3g/block: line 1: bad substitution", "bash: line 1: bad substitution"],
    [`see ${file}/block`, `see ${file}/block`],
    ["/srv/spool/block: line 1: x", "/srv/spool/block: line 1: x"],
  ])("%s", (text, shown) => expect(withoutBlockFile(text)).toBe(shown));
});

describe("layout", () => {
  test.each([
    ["abc", 3],
    ["日本", 4],
    ["é", 1],
    ["\u001B[31mab\u001B[39m", 2],
    ["🙂", 2],
    ["⏸️", 1],
    ["한", 2],
    ["Ａ", 2],
    ["豈", 2],
    ["𠀀", 2],
  ])("%s takes %i cells", (text, width) => expect(displayWidth(text)).toBe(width));

  test("columns line up whatever the script", () => {
    expect(
      columns(
        [
          ["日本", "x"],
          ["a", "y"],
        ],
        " ",
      ),
    ).toBe(" 日本  x\n a     y\n");
    expect(pad("a", 3)).toBe("a  ");
    expect(columns([])).toBe("");
  });

  test.each([
    [400, "0.4 s"],
    [12_300, "12 s"],
    [200_000, "3 min 20 s"],
    [7_260_000, "2 h 1 min"],
  ])("%i ms reads %s", (ms, text) => expect(duration(ms)).toBe(text));

  test.each([
    [1, "step", "1 step"],
    [2, "step", "2 steps"],
    [2, "entry", "2 entries"],
    [2, "class", "2 classes"],
    [2, "day", "2 days"],
  ])("%i %s is counted", (count, noun, text) => expect(counted(count, noun)).toBe(text));
});

describe("paint", () => {
  test("without colour adds nothing, so shape and word carry the meaning", () => {
    const plain = createPaint(false);
    expect(paintVerdict(plain, "failed")).toBe("✗ failed");
    expect(paintGlyph(plain, "verified")).toBe("✓");
  });
  test("with colour repeats it", () => {
    expect(paintVerdict(createPaint(true), "verified")).toBe("\u001B[32m✓ verified\u001B[39m");
    expect(createPaint(true).bold("")).toBe("");
  });
});

describe("the envelope", () => {
  test("is one document; maps become objects", () => {
    const text = renderEnvelope({
      schema: "iplan/1",
      kind: "x",
      ok: true,
      exitCode: 0,
      data: { map: new Map([["a", 1]]) },
      findings: [],
    });
    expect(JSON.parse(text)).toEqual({
      schema: "iplan/1",
      kind: "x",
      ok: true,
      exitCode: 0,
      data: { map: { a: 1 } },
      findings: [],
    });
    expect(text.endsWith("}\n")).toBe(true);
  });
});

describe("efforts", () => {
  test.each([
    [8, 8, "8 h"],
    [6, 8, "6-8 h"],
    [2 / 60, 2 / 60, "2 min"],
    [0.5, 1, "0.5-1 h"],
    [0.1 + 0.2, 0.3, "18 min"],
    [7.1 + 0.2, 7.3, "7.3 h"],
  ])("of %f to %f hours are told as they would be said", (minHours, maxHours, text) => {
    expect(effortText({ minHours, maxHours })).toBe(text);
  });
});
