import { compareIds, createIndex } from "#graph/index";
import type { Artifact } from "#model/artifact";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

const artifact = (id: string, path: string, extra: Partial<Artifact> = {}): Artifact => ({
  id,
  type: id.slice(0, id.indexOf("-")),
  layer: 12,
  path,
  template: false,
  ...extra,
});

const paths = (artifacts: readonly Artifact[]): readonly string[] => artifacts.map((each) => each.path);

describe("the index", () => {
  test("finds artifacts by id and type and passes over templates", () => {
    const index = createIndex([
      artifact("REQ-002", "b.md"),
      artifact("REQ-001", "a.md"),
      artifact("IPLAN-001", "p.md"),
      artifact("REQ-003", "t.md", { template: true }),
    ]);
    expect(index.ids).toEqual(["IPLAN-001", "REQ-001", "REQ-002"]);
    expect(index.get("REQ-001")?.path).toBe("a.md");
    expect([index.has("REQ-001"), index.has("REQ-003")]).toEqual([true, false]);
    expect(index.get("REQ-003")).toBeUndefined();
    expect(index.parts("REQ-003")).toEqual([]);
    expect(paths(index.ofType("REQ"))).toEqual(["a.md", "b.md"]);
    expect(index.duplicates).toEqual([]);
  });

  test("keeps duplicates and names them", () => {
    const index = createIndex([artifact("REQ-001", "b.md"), artifact("REQ-001", "a.md"), artifact("REQ-002", "c.md")]);
    expect(index.get("REQ-001")?.path).toBe("a.md");
    expect(paths(index.holders("REQ-001"))).toEqual(["a.md", "b.md"]);
    expect(index.duplicates.map((each) => [each.id, paths(each.artifacts)])).toEqual([["REQ-001", ["a.md", "b.md"]]]);
  });

  test("takes the parts of a split plan for one plan, in part order", () => {
    const index = createIndex([
      artifact("IPLAN-001", "x_part10.md", { part: 10 }),
      artifact("IPLAN-001", "x_part2.md", { part: 2 }),
      artifact("IPLAN-001", "x_part1.md", { part: 1 }),
    ]);
    expect(paths(index.parts("IPLAN-001"))).toEqual(["x_part1.md", "x_part2.md", "x_part10.md"]);
    expect(index.get("IPLAN-001")?.path).toBe("x_part1.md");
    expect(paths(index.ofType("IPLAN"))).toEqual(["x_part1.md"]);
    expect(index.duplicates).toEqual([]);
  });

  test.each([
    [
      "the same part twice",
      [
        ["a_part1.md", 1],
        ["b_part1.md", 1],
        ["c_part2.md", 2],
      ],
      ["a_part1.md", "c_part2.md", "b_part1.md"],
    ],
    [
      "a whole beside parts",
      [
        ["a.md", undefined],
        ["b_part1.md", 1],
      ],
      ["a.md", "b_part1.md"],
    ],
    [
      "parts beside a whole",
      [
        ["a_part1.md", 1],
        ["b.md", undefined],
      ],
      ["a_part1.md", "b.md"],
    ],
  ] as const)("%s is a duplicate", (_title, documents, expected) => {
    const index = createIndex(
      documents.map(([path, part]) => artifact("IPLAN-001", path, part === undefined ? {} : { part })),
    );
    expect(index.duplicates.map((each) => paths(each.artifacts))).toEqual([expected]);
  });

  test("does not depend on the order of documents", () => {
    const one = fc.record({
      id: fc.constantFrom("REQ-001", "REQ-002", "REQ-001-01", "IPLAN-1000"),
      path: fc.constantFrom("a.md", "a.yaml", "b.md", "c.md", "d.md"),
      part: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
    });
    const many = fc.uniqueArray(one, { selector: (each) => each.path });
    fc.assert(
      fc.property(many, fc.infiniteStream(fc.nat()), (records, numbers) => {
        const artifacts = records.map(({ id, path, part }) => artifact(id, path, part === undefined ? {} : { part }));
        const shuffled = artifacts
          .map((each) => ({ each, at: numbers.next().value ?? 0 }))
          .sort((a, b) => a.at - b.at)
          .map(({ each }) => each);
        const [first, second] = [createIndex(artifacts), createIndex(shuffled)];
        expect(second.ids).toEqual(first.ids);
        expect(second.duplicates).toEqual(first.duplicates);
        for (const id of first.ids) expect(second.parts(id)).toEqual(first.parts(id));
      }),
    );
  });
});

test.each([
  ["REQ-999", "REQ-1000", -1],
  ["REQ-002", "REQ-002-01", -1],
  ["REQ-002-02", "REQ-002-01", 1],
  ["BRD-002", "REQ-001", -1],
  ["REQ-001", "REQ-001", 0],
  ["REQ-0001", "REQ-001", -1],
  ["REQ-a", "REQ-b", -1],
])("%s and %s are ordered %i", (a, b, order) => {
  expect(Math.sign(compareIds(a, b))).toBe(order);
});
