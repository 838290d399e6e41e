import { describe, expect, test } from "vitest";
import { aidocDotted } from "#profile/aidoc-dotted";
import { read } from "./read-plan.ts";

describe("the control table", () => {
  test.each([
    ["bold keys", "| Item | Details |\n|---|---|\n| **ID** | IPLAN-003 |\n"],
    ["plain keys", "| Field | Value |\n|---|---|\n| ID | IPLAN-003 |\n"],
    ["a key in its header", "| ID | IPLAN-003 |\n|---|---|\n| Status | Draft |\n"],
    ["code in its values", "| Item | Details |\n|---|---|\n| ID | `IPLAN-003` |\n"],
    ["lines instead of a table", "**ID**: IPLAN-003\n**Status**: Draft\n"],
  ])("may have %s", (_name, table) => {
    const { control, id } = read(`## 1. Document Control\n\n${table}`);
    expect([control?.id?.value, control?.id?.raw, id]).toEqual(["IPLAN-003", "IPLAN-003", "IPLAN-003"]);
  });

  test.each([
    ["Draft", "draft"],
    ["Ready", "ready"],
    ["✅ COMPLETED", "completed"],
    ["DONE", "completed"],
    ["On Hold", "on-hold"],
    ["Draft/Ready", undefined],
    ["soon", undefined],
  ])("status %s", (text, status) => {
    expect(
      read(`## Document Control\n\n| ID | IPLAN-003 |\n|---|---|\n| Status | ${text} |\n`).control?.status?.value,
    ).toBe(status);
  });

  test("is found without its heading", () => {
    expect(
      read("# IPLAN-003: X\n\n| a | b |\n|---|---|\n| Status | Draft |\n| Version | 1.0.0 |\n").control?.version?.value,
    ).toBe("1.0.0");
  });

  test("keeps rows nobody knows and rows said twice", () => {
    const { control } = read(
      "## Document Control\n\n| Item | D |\n|---|---|\n| ID | IPLAN-003 |\n| Sponsor | Kim |\n| ID | IPLAN-004 |\n",
    );
    expect(control?.others.map(({ name, value }) => [name.text, value.text])).toEqual([
      ["Sponsor", "Kim"],
      ["ID", "IPLAN-004"],
    ]);
  });

  test("is absent where there is none", () => expect(read("# A\n\ntext\n").control).toBeUndefined());
});

describe("what a plan is called", () => {
  test.each([
    ["by its title", "# IPLAN-012: Lamps\n", "x.md", { id: "IPLAN-012", name: "Lamps", template: false }],
    [
      "by a long title",
      "# Implementation Plan - IPLAN-012: Lamps\n",
      "x.md",
      { id: "IPLAN-012", name: "Lamps", template: false },
    ],
    [
      "by its file",
      "# Lamps\n",
      "a/IPLAN-012_lamps_20260101_000000.md",
      { id: "IPLAN-012", name: "Lamps", template: false },
    ],
    [
      "by its table before its title",
      "# IPLAN-012: Lamps\n\n**ID**: IPLAN-013\n",
      "x.md",
      { id: "IPLAN-013", template: false },
    ],
    [
      "part of a split plan",
      "# IPLAN-012: Lamps\n",
      "IPLAN-012_lamps_part2_20260101_000000.md",
      { id: "IPLAN-012", part: 2 },
    ],
    ["a template by its number", "# IPLAN-000: Index\n", "x.md", { id: "IPLAN-000", template: true }],
    ["a template by its id", "**ID**: IPLAN-NNN\n", "x.md", { id: "IPLAN-NNN", template: true }],
    ["a template by its file", "# A\n", "IPLAN-TEMPLATE.md", { template: true }],
    [
      "a template by its front matter",
      "---\ncustom_fields:\n  document_type: template\n---\n# A\n",
      "x.md",
      { template: true },
    ],
  ])("%s", (_name, text, path, identity) => expect(read(text, path)).toMatchObject(identity));

  test("in the dotted dialect", () => {
    expect(read("# IPLAN-07: Lamps\n", "x.md", aidocDotted)).toMatchObject({ id: "IPLAN-07", name: "Lamps" });
  });

  test("nothing is invented for an empty text", () => {
    const plan = read("");
    expect([plan.id, plan.name, plan.title, plan.objective, plan.phases, plan.steps]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      [],
      [],
    ]);
  });
});

describe("front matter", () => {
  const problemOf = (lines: string): string | undefined => read(`---\n${lines}\n---\n# A\n`).frontMatter?.problem?.text;

  test.each([
    ["a tab", "a:\n\tb: c", "a tab where YAML wants blanks"],
    ["a line of prose", "title: a\nsome prose", "neither `key: value` nor a list item"],
    ["an open quote", 'title: "a', "a quote that is not closed"],
    ["a key said twice", "title: a\ntitle: b", "a key that was there already"],
    ["a list without key", "- a", "a list item without a key"],
    ["nothing wrong", "title: a # note\ntags: [a, b,\n  c]\nnote: |\n  free: text\n  - more\nempty:\n", undefined],
  ])("with %s", (_name, lines, problem) => expect(problemOf(lines)).toBe(problem));

  test("has tags in a line, over lines and as a list", () => {
    const tagsOf = (lines: string): string[] | undefined =>
      read(`---\n${lines}\n---\n`).frontMatter?.tags.map(({ text }) => text);
    expect(tagsOf("tags: [a, 'b c']")).toEqual(["a", "b c"]);
    expect(tagsOf("tags: [a,\n  b\n]\nlayer: 12")).toEqual(["a", "b"]);
    expect(tagsOf("tags:\n- a\n- b")).toEqual(["a", "b"]);
    expect(tagsOf("other:\n  - a")).toEqual([]);
  });

  test("keeps values that do not have their form as they are", () => {
    const { frontMatter } = read("---\ntitle: null\ncustom_fields:\n  layer: twelve\n---\n");
    expect(frontMatter?.title).toMatchObject({ raw: "null" });
    expect(frontMatter?.title?.value).toBeUndefined();
    expect(frontMatter?.layer?.value).toBeUndefined();
  });
});
