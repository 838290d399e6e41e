import { createSourceFromText } from "#model/source";
import { aidoc16 } from "#profile/aidoc-16";
import { duplicateId } from "#rules/document/duplicate-id";
import { expect, test } from "vitest";

test.each([
  [
    "another document",
    [{ path: "b/CTR-001_y.md" }],
    ["CTR-001 is also the id of b/CTR-001_y.md. Give one of them the next free number."],
  ],
  ["the other file of a contract", [{ path: "a/CTR-001_x.yaml" }], []],
  ["nobody else", [], []],
])("an id held by %s", (_title, others, messages) => {
  const path = "a/CTR-001_x.md";
  const found: string[] = [];
  duplicateId.check(
    {
      source: createSourceFromText(path, "# CTR-001\n"),
      profile: aidoc16,
      document: { path, id: "CTR-001", type: "CTR", template: false, named: false, size: 10 },
      workspace: {
        holders: () => [{ path }, ...others],
        exists: () => true,
        anchors: () => undefined,
        text: () => undefined,
      },
    },
    (draft) => found.push(draft.message),
  );
  expect(found).toEqual(messages);
});
