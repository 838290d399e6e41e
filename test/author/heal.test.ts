import { healingEdits } from "#author/heal";
import { editSource } from "#model/edit";
import { createSource, createSourceFromText } from "#model/source";
import { expect, test } from "vitest";

test.each([
  [
    "a wounded glyph and a damaged word",
    "# ‚úÖ x\n@spec: SPEC-001:regulatoryTION\n",
    "# ✅ x\n@spec: SPEC-001:SECTION\n",
  ],
  ["nothing", "# ✅ fine\n", "# ✅ fine\n"],
  ["a damaged word before a wound", "regulatoryTION â†’ é", "SECTION → é"],
])("%s is healed", (_title, text, healed) => {
  const source = createSourceFromText("a.md", text);
  const result = editSource(source, healingEdits(source.text));
  expect(result.text).toBe(healed);
  expect(healingEdits(result.text)).toEqual([]);
});

test("undecodable bytes beside a wound survive", () => {
  const bytes = Uint8Array.from([0xff, ...new TextEncoder().encode("Ã©\r\n"), 0xe9]);
  const source = createSource("a.md", bytes);
  const result = editSource(source, healingEdits(source.text));
  expect([...result.bytes]).toEqual([0xff, 0xc3, 0xa9, 0x0d, 0x0a, 0xe9]);
});
