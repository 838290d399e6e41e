import { assert, constantFrom, property, string, uniqueArray } from "fast-check";
import { describe, expect, it } from "vitest";
import { exportFormats } from "#render/export-formats";
import type { ExportedItem } from "#render/exported-item";
import { needIds } from "#render/need-ids";
import { importNeeds } from "../support/needs-import.ts";

const project = {
  types: ["req", "code", "item"],
  idPattern: /^[\p{L}\p{N}_:/-]+$/u,
  extras: ["broken_links", "layer", "source_id"],
};
const item = (id: string, over: Partial<ExportedItem> = {}): ExportedItem => ({
  id,
  kind: "element",
  type: "REQ",
  typeName: "Requirement",
  title: "",
  path: "docs/REQ/REQ-001_a.md",
  line: 3,
  out: [],
  in: [],
  ...over,
});
const link = (id: string) => ({ id, tag: "req", status: "exact" as const });
const written = (all: readonly ExportedItem[]): string => {
  const [first = item("")] = all;
  const items = { ids: all.map(({ id }) => id), documents: 0, at: (index: number) => all[index] ?? first };
  return [...exportFormats.needs.pieces(items)].join("");
};
const imported = (items: readonly ExportedItem[]) => importNeeds(written(items), project);

describe("needs.json", () => {
  it.each([
    ["a dot, after which sphinx-needs reads a part", "IPLAN-001:TASK-1.1", "IPLAN-001:TASK-1_1"],
    ["a bracket, in which it reads a condition", "src/[id].ts", "src/_id__ts"],
    ["a blank and a comma", "src/a b,c.ts", "src/a_b_c_ts"],
    ["letters of other alphabets, which stay", "REQ-001:Größe", "REQ-001:Größe"],
  ])("gives an id that can be linked to: %s", (_, id, wanted) => {
    const { needs, warnings } = imported([item(id), item("REQ-002", { out: [link(id)] })]);
    expect(warnings).toEqual([]);
    expect(needs.find((need) => need.id === wanted)?.fields).toMatchObject({ source_id: id, title: id });
    expect(needs.find((need) => need.id === "REQ-002")?.reached).toEqual([wanted]);
  });

  it("tells what nobody defines apart, and each link once", () => {
    const { needs, warnings } = imported([
      item("REQ-001", { out: [link("REQ-009"), link("REQ-002"), { ...link("REQ-002"), tag: "sys" }, link("REQ-009")] }),
      item("REQ-002", { in: [link("REQ-001"), link("src/unknown.py")], verdict: "verified" }),
    ]);
    expect(warnings).toEqual([]);
    expect(needs[0]?.fields).toMatchObject({ links: ["REQ-002"], broken_links: "REQ-009", status: null, layer: "" });
    expect(needs[1]?.fields).toMatchObject({ links_back: ["REQ-001"], broken_links: "", status: "verified" });
  });

  it("keeps the place of a need in its text, which an import forgets otherwise", () => {
    const { needs } = imported([item("REQ-001", { path: "docs/odd`name.md", line: 7, type: "" })]);
    expect(needs[0]?.fields).toMatchObject({
      content: "``docs/odd'name.md:7``",
      docname: "docs/odd`name",
      doctype: ".md",
      type: "item",
    });
  });

  it("has its keys in order, no times, and no doctype without an ending", () => {
    const text = written([item("REQ-002"), item("REQ-001", { path: "docs/.hidden" })]);
    expect(text).not.toContain("created");
    expect(imported([item("REQ-001", { path: "docs/.hidden" })]).needs[0]?.fields).toMatchObject({ doctype: "" });
    const sorted = (_: string, value: unknown): unknown =>
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
        : value;
    const parsed = JSON.parse(text) as { versions: Record<string, { needs: object }> };
    const { needs } = parsed.versions["1.0"] ?? { needs: {} };
    expect(JSON.stringify(needs)).toBe(JSON.stringify(needs, sorted));
    expect(exportFormats.needs.isOne(text)).toBe(true);
  });

  it("gives ids of its own to any ids, in any order", () => {
    const id = string({ unit: constantFrom("a", "b", ".", "_", ":", "[", " ", "ß"), minLength: 1, maxLength: 4 });
    assert(
      property(uniqueArray(id, { maxLength: 12 }), (ids) => {
        const found = needIds(ids);
        expect(new Set(found.values()).size).toBe(ids.length);
        expect([...found.values()].every((one) => project.idPattern.test(one))).toBe(true);
        expect(new Map([...needIds(ids.toReversed())].sort())).toEqual(new Map([...found].sort()));
      }),
    );
  });
});
