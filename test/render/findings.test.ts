import type { Finding } from "#model/finding";
import { createSourceFromText, type Source } from "#model/source";
import { type FindingsView, renderFindings } from "#render/findings";
import { createPaint } from "#render/paint";
import { renderFindingsByCause } from "#render/findings-by-cause";
import { sourceFrame } from "#render/source-frame";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

const plain = createPaint(false);
const source = createSourceFromText("docs/a.md", "# Plan\n\n| **Status** | Nearly there |\r\n\tx\n");

function finding(start: number, end: number, more: Partial<Finding> = {}): Finding {
  return {
    rule: "plan/status-word",
    severity: "error",
    message: '"Nearly there" is no status. Write Draft.',
    path: source.path,
    range: source.range(start, end),
    fingerprint: "f",
    ...more,
  };
}

function render(findings: readonly Finding[], more: Partial<FindingsView> = {}): string {
  const sourceOf = (path: string): Source | undefined => (path === source.path ? source : undefined);
  return renderFindings({ findings, documents: 2, rules: 70, notApplicable: 3, sourceOf, ...more }, plain);
}

const at = source.text.indexOf("Nearly");

describe("findings by cause", () => {
  const many = (count: number): Finding[] =>
    Array.from({ length: count }, (_, index) => finding(at, at + 12, { message: `Step ${index} is odd.` }));
  const byCause = (findings: readonly Finding[]): string =>
    renderFindingsByCause({ findings, documents: 1, rules: 70, notApplicable: 3, sourceOf: () => undefined }, plain);

  test("a rule of many causes is one list, each place with its own message", () => {
    expect(byCause(many(10)).split("\n").slice(0, 3)).toEqual([
      "error plan/status-word (10 places in 1 document)",
      "    docs/a.md:3 Step 0 is odd.",
      "    docs/a.md:3 Step 1 is odd.",
    ]);
    expect(byCause(many(10))).toContain("… and 2 more places");
  });

  test("places of one line that say the same are one line", () => {
    const again = (message: string) => finding(at, at + 12, { message, cause: "odd" });
    expect(byCause([again("It is odd. (and 2 more places)"), again("It is odd."), again("It is odd.")])).toContain(
      "error plan/status-word It is odd. (3 places in 1 document)\n    docs/a.md:3 (3 places)\n\n",
    );
  });

  test("what one cause says of each place stands there where it is not the same", () => {
    const of = (message: string) => finding(at, at + 12, { message, cause: "odd" });
    expect(byCause([of("A lacks B. (and 1 more place)"), of("A lacks C.")])).toContain(
      "error plan/status-word (2 places in 1 document)\n    docs/a.md:3 A lacks B.\n    docs/a.md:3 A lacks C.\n",
    );
  });

  test("a few causes stand each for itself", () => {
    expect(byCause(many(3))).toContain("error plan/status-word Step 2 is odd.\n    docs/a.md:3\n");
  });
});

describe("findings as text", () => {
  test("name place, severity, message and rule, and show the line with carets", () => {
    expect(render([finding(at, at + 12)])).toBe(
      [
        'docs/a.md:3:16 error "Nearly there" is no status. Write Draft. plan/status-word',
        "    | | **Status** | Nearly there |",
        "    |                ^^^^^^^^^^^^",
        "",
        "2 documents: 1 error; 70 rules checked, 3 not applicable",
        "",
      ].join("\n"),
    );
  });

  test("are grouped by document, with a blank line between", () => {
    const elsewhere = finding(0, 1, { path: "docs/b.md", severity: "info", message: "Other." });
    expect(
      render([finding(0, 0), finding(0, 0), elsewhere])
        .split("\n")
        .slice(0, 5),
    ).toEqual([
      expect.stringMatching(/^docs\/a\.md:1:1 error/),
      expect.stringMatching(/^docs\/a\.md:1:1 error/),
      "",
      "docs/b.md:1:1 info Other. plan/status-word",
      "",
    ]);
  });

  test("of one cause name their other lines", () => {
    const related = [2, 3, 3].map((line) => ({
      path: source.path,
      range: { start: { line, column: 1, offset: 0 }, end: { line, column: 1, offset: 0 } },
      message: "same",
    }));
    expect(render([finding(0, 0, { related })])).toContain("    see also lines 2, 3\n");
  });

  test("name related places of other documents", () => {
    const related = [{ path: "docs/b.md", range: source.range(0, 1), message: "First" }];
    expect(render([finding(0, 0, { related })])).toContain("    docs/b.md:1:1 First\n");
  });

  test.each([
    ["nothing found", [], "2 documents: nothing found; 70 rules checked, 3 not applicable\n"],
    [
      "waived ones counted apart",
      [finding(0, 0, { waived: "known" })],
      "2 documents: nothing found; 1 waived; 70 rules checked, 3 not applicable\n",
    ],
  ])("say %s", (_title, findings, expected) => {
    expect(render(findings)).toBe(expected);
  });

  test("say how many can be healed", () => {
    const fix = { title: "Heal", documents: [] };
    expect(render([finding(0, 0, { fix })])).toContain("1 can be healed with check --fix");
  });

  test.each([40, 59])("fold at words on a terminal of %i cells", (width) => {
    const message = "The first of many words, and no word of it is cut in two where the terminal ends.";
    const text = render([finding(at, at + 12, { message })], { width });
    const lines = text.split("\n").slice(1, 4);
    expect(lines.every((line) => line.length <= width && line.startsWith("    "))).toBe(true);
    expect(text.replace(/\n {4}(?! *\|)/gu, " ")).toContain(`error ${message} plan/status-word\n`);
  });

  test("never call nothing clean", () => {
    expect(render([], { documents: 0 })).toBe("Nothing was checked.\n");
  });

  test("repeat with colour what they say without", () => {
    const findings = [finding(at, at + 12), finding(0, 1, { severity: "warning" })];
    const view = { findings, documents: 1, rules: 1, notApplicable: 0, sourceOf: () => source };
    const coloured = renderFindings(view, createPaint(true));
    expect(coloured).not.toBe(renderFindings(view, plain));
    expect(coloured.replace(/\u001B\[\d+m/g, "")).toBe(renderFindings(view, plain));
  });

  test("let no control or direction character of a document through", () => {
    const hostile = createSourceFromText("a\u001B[31m.md", "one \u202Etwo\u001B]0;x\u0007 three\n");
    const found = finding(0, 8, { path: hostile.path, range: hostile.range(0, 20), message: "bad \u001B[2J \u2066x" });
    const text = renderFindings(
      { findings: [found], documents: 1, rules: 1, notApplicable: 0, sourceOf: () => hostile },
      plain,
    );
    expect(text).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/);
  });
});

describe("the frame of a line", () => {
  test("shows nothing where there is nothing to show", () => {
    expect(sourceFrame(source, source.range(3, 3), 80)).toBeUndefined();
    expect(sourceFrame(source, source.range(7, 8), 80)).toBeUndefined();
  });

  test("stops at the end of the line a range begins on", () => {
    expect(sourceFrame(source, source.range(2, 30), 80)).toEqual({ line: "# Plan", carets: "  ^^^^" });
  });

  test("cuts a long line around what is covered", () => {
    const long = createSourceFromText("a", `${"a".repeat(300)}HERE${"b".repeat(300)}`);
    const frame = sourceFrame(long, long.range(300, 304), 60);
    expect(frame?.line).toHaveLength(60);
    expect(frame?.line.slice(frame.carets.indexOf("^"), frame.carets.length)).toBe("HERE");
  });

  test("never breaks a line nor throws, whatever the text and range", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        fc.nat(40),
        fc.nat(40),
        fc.integer({ min: 30, max: 90 }),
        (text, from, length, width) => {
          const any = createSourceFromText("a", text);
          const frame = sourceFrame(any, any.range(from, from + length), width);
          expect(`${frame?.line ?? ""}${frame?.carets ?? ""}`).not.toMatch(/[\n\r\u001B]/);
        },
      ),
    );
  });
});
