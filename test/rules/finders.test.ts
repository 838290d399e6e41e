import { aidoc16 } from "#profile/aidoc-16";
import { findDocumentId } from "#rules/find-document-id";
import { findMachinePaths } from "#rules/find-machine-paths";
import { findTemplateText } from "#rules/find-template-text";
import { matchesGlob } from "#rules/glob";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

describe("template text", () => {
  test.each([
    ["a described slot", "[One sentence on the goal]", ["[One sentence on the goal]"]],
    ["a path slot", "[path/to/file.py]", ["[path/to/file.py]"]],
    ["a number slot", "[≥X%] and [X/Y]", ["[≥X%]", "[X/Y]"]],
    ["a wounded number slot", "[‚â•X%]", ["[‚â•X%]"]],
    ["a slot word", "[Definition]", ["[Definition]"]],
    ["a numbered slot", "[PARAM_1]", ["[PARAM_1]"]],
    ["an id without its number", "see REQ-NNN", ["REQ-NNN"]],
    ["a slot with an id without its number, once", "[SPEC-NNN]", ["SPEC-NNN"]],
    ["a date form", "YYYY-MM-DD HH:MM:SS TZ", ["YYYY-MM-DD HH:MM:SS TZ"]],
    ["braces", "{{NAME}}", ["{{NAME}}"]],
    ["angles", "<your-token> in <project>", ["<your-token>", "<project>"]],
    ["open words", "TBD, TODO and FIXME", ["TBD", "TODO", "FIXME"]],
    ["a choice of verdicts", "[✅/❌ percentage% Complete]", ["[✅/❌ percentage% Complete]"]],
  ])("%s is found", (_title, text, expected) => {
    expect(findTemplateText(text, aidoc16).map((one) => one.text)).toEqual(expected);
  });

  test.each([
    ["a link", "[the guide](guide.md)"],
    ["a link by reference", "[the guide][1] and [the guide]: x"],
    ["an image", "![a picture of it](x.png)"],
    ["boxes", "[ ] [x] [X] [-] [~] [x/☐] [x/‚òê]"],
    ["a source", "(from [ADR-033])"],
    ["a footnote and a reference", "[^note one] [12]"],
    ["a word that is nobody's slot", "[optional]"],
    ["what looks like an id", "ANNNA, NNN and the form TYPE-NNN"],
    ["an escaped bracket", "\\[not a slot]"],
  ])("%s is none", (_title, text) => {
    expect(findTemplateText(text, aidoc16)).toEqual([]);
  });

  test("spans are those of the text, ascending, never overlapping", () => {
    const piece = fc.constantFrom("[", "]", "(", "NNN", "REQ-", " a b ", "TBD", "{{", "}}", "X", "\n", "<your ", ">");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const text = pieces.join("");
        let last = 0;
        for (const slot of findTemplateText(text, aidoc16)) {
          expect(slot.start).toBeGreaterThanOrEqual(last);
          expect(text.slice(slot.start, slot.end)).toBe(slot.text);
          last = slot.end;
        }
      }),
    );
  });

  test("takes linear time on hostile text", () => {
    findTemplateText("[".repeat(100_000) + "<your ".repeat(20_000) + "{{ a".repeat(20_000), aidoc16);
  });
});

describe("machine-specific paths", () => {
  test.each([
    ["cd /home/kim/x", ["/home/kim/x"]],
    ["`/opt/data/tool.py`.", ["/opt/data/tool.py"]],
    ["at C:\\Users\\Kim\\x", ["C:\\Users\\Kim\\x"]],
    ["file:///home/kim/x", ["file:///home/kim/x"]],
    ["[it](/Users/kim/a.md)", ["/Users/kim/a.md"]],
    ["PATH=/opt/tool/bin", ["/opt/tool/bin"]],
    ["in /etc/hosts, /tmp/x, /usr/bin/env, /dev/null", []],
    ["https://example.org/home/kim", []],
    ["${ROOT}/home/kim and ~/home/kim and ./opt/x", []],
    ["-v x:/opt/app", []],
    ["/home alone and /opthings/x", []],
  ])("of %s", (text, expected) => {
    expect(findMachinePaths(text).map((one) => one.text)).toEqual(expected);
  });

  test("share the root of their tree", () => {
    expect(findMachinePaths("/opt/data/a /opt/data/b/c").map((one) => one.root)).toEqual(["/opt/data", "/opt/data"]);
  });
});

describe("document ids", () => {
  test.each([
    ["Implementation Plan - IPLAN-042: Name", "IPLAN-042"],
    ["IPLAN-001_slug_20260102", "IPLAN-001"],
    ["(REQ-003-02).", "REQ-003-02"],
    ["IPLAN-NNN: Name", undefined],
    ["no id", undefined],
  ])("of %s", (text, expected) => {
    expect(findDocumentId(aidoc16, text)?.id).toBe(expected);
  });
});

describe("globs", () => {
  test.each([
    ["docs/**", "docs/a/b.md", true],
    ["docs/", "docs/a/b.md", true],
    ["**/a.md", "a.md", true],
    ["**/a.md", "x/y/a.md", true],
    ["docs/*.md", "docs/a/b.md", false],
    ["docs/*.md", "docs/b.md", true],
    ["docs/?.md", "docs/bb.md", false],
    ["docs/**/x/*.md", "docs/x/b.md", true],
    ["*a*b*.md", "xaybz.md", true],
    ["*a*b*.md", "xbya.md", false],
    ["", "a", false],
  ])("%s on %s is %s", (pattern, path, expected) => {
    expect(matchesGlob(pattern, path)).toBe(expected);
  });

  test("take no more than the product of both lengths", () => {
    expect(matchesGlob(`${"*a".repeat(200)}b`, "a".repeat(5000))).toBe(false);
    expect(matchesGlob("**/".repeat(200), "a/".repeat(1000))).toBe(true);
  });
});
