import { assert, property, string } from "fast-check";
import { describe, expect, test } from "vitest";
import { firstFollowing } from "#author/back-link";
import { editSource } from "#model/edit";
import { createSource } from "#model/source";
import { aidoc16 } from "#profile/aidoc-16";

const child = { id: "PRD-001", path: "docs/PRD/PRD-001_a.md" };

const listed = (text: string, path = "docs/BRD/BRD-001_a.md"): string | undefined => {
  const source = createSource(path, new TextEncoder().encode(text));
  const edit = firstFollowing(source, aidoc16, child);
  return edit === undefined ? undefined : editSource(source, [edit]).text;
};

describe("the first document that a source lists", () => {
  test.each<[string, string, string | undefined]>([
    [
      "takes the place of the words that nothing follows",
      "## Downstream Artifacts\n\nNone yet.\n\n## Tags\n",
      "## Downstream Artifacts\n\n- [PRD-001](../PRD/PRD-001_a.md)\n\n## Tags\n",
    ],
    [
      "stands in an empty section before the next heading",
      "### Downstream\n\n## Tags\n",
      "### Downstream\n\n- [PRD-001](../PRD/PRD-001_a.md)\n\n## Tags\n",
    ],
    ["stands in an empty section at the end", "### Downstream", "### Downstream\n\n- [PRD-001](../PRD/PRD-001_a.md)\n"],
    [
      "keeps the line breaks of its source",
      "### Downstream\r\n\r\n## Tags\r\n",
      "### Downstream\r\n\r\n- [PRD-001](../PRD/PRD-001_a.md)\r\n\r\n## Tags\r\n",
    ],
    [
      "is found under a numbered heading",
      "## 5.2 Downstream Impact\n\nNone yet.\n",
      "## 5.2 Downstream Impact\n\n- [PRD-001](../PRD/PRD-001_a.md)\n",
    ],
    ["is not put before words of people", "## Downstream Artifacts\n\nThe app.\n", undefined],
    ["has no place in a document without such a section", "## Tags\n\nNone yet.\n", undefined],
  ])("%s", (_name, text, expected) => expect(listed(text)).toBe(expected));

  test.each<[string, string, string | undefined]>([
    [
      "fills an empty list of YAML",
      "a: 1\ntraceability:\n  downstream: []\n  tags: {}\n",
      "a: 1\ntraceability:\n  downstream:\n    - { id: PRD-001, path: ../PRD/PRD-001_a.md }\n  tags: {}\n",
    ],
    [
      "goes on with a list of YAML",
      "t:\n  downstream:\n    - { id: X-1, path: x }\n  u: 1\n",
      "t:\n  downstream:\n    - { id: X-1, path: x }\n    - { id: PRD-001, path: ../PRD/PRD-001_a.md }\n  u: 1\n",
    ],
    ["is not listed twice", "t:\n  downstream:\n    - { id: PRD-001, path: x }\n", undefined],
    ["has no place in YAML without such a list", "t: 1\n", undefined],
  ])("%s", (_name, text, expected) => expect(listed(text, "docs/SPEC/SPEC-001_a.yaml")).toBe(expected));

  test("leaves everything else of any text as it is", () => {
    assert(
      property(string({ unit: "binary" }), string({ unit: "binary" }), (before, after) => {
        const text = `${before}\n## Downstream\n\nNone yet.\n${after}`;
        const written = listed(text);
        expect(
          written === undefined || written.replace("- [PRD-001](../PRD/PRD-001_a.md)", "").length >= text.length - 9,
        ).toBe(true);
      }),
    );
  });
});
