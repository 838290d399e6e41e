import { array, assert, boolean, constantFrom, nat, option, property, record, type Arbitrary } from "fast-check";
import { describe, expect, test } from "vitest";
import { VersionedMap, versioned } from "#journal/versioned-map";

type Change = { readonly at: number; readonly key: string; readonly value: number | undefined };

const change: Arbitrary<Change> = record({
  at: nat(50),
  key: constantFrom("a", "b", "c", "d", "e"),
  value: option(nat(9), { nil: undefined }),
});

/** The same changes on plain copies. */
function copies(changes: readonly Change[]): ReadonlyMap<string, number>[] {
  const all: ReadonlyMap<string, number>[] = [new Map([["z", 0]])];
  for (const { at, key, value } of changes) {
    const next = new Map(all[at % all.length]);
    if (value === undefined) next.delete(key);
    else next.set(key, value);
    all.push(next);
  }
  return all;
}

function versions(changes: readonly Change[]): VersionedMap<number>[] {
  const all = [new VersionedMap<number>([["z", 0]])];
  for (const { at, key, value } of changes) {
    const from = all[at % all.length] as VersionedMap<number>;
    all.push(value === undefined ? from.without(key) : from.with(key, value));
  }
  return all;
}

describe("a versioned map", () => {
  test("says in every version what a copy would say, in the same order, in whatever order the versions are asked", () => {
    assert(
      property(array(change, { maxLength: 40 }), boolean(), (changes, backwards) => {
        const expected = copies(changes);
        const made = versions(changes).map((map, index) => ({ map, index }));
        for (const { map, index } of backwards ? made.reverse() : made) {
          expect([...map]).toEqual([...(expected[index] ?? [])]);
          expect(map.size).toBe(expected[index]?.size);
        }
      }),
    );
  });

  test("is walked through as it was while the next version is made", () => {
    let map = new VersionedMap([["a", 1]]);
    const seen: string[] = [];
    for (const [key] of map) {
      seen.push(key);
      map = map.with("b", 2).with("c", 3);
    }
    expect(seen).toEqual(["a"]);
    expect([...map.keys()]).toEqual(["a", "b", "c"]);
    expect([...map.values()]).toEqual([1, 2, 3]);
  });

  test("has what it holds, and visits each entry", () => {
    const map = versioned(new Map([["a", 1]])).with("b", 2);
    const visited: [string, number][] = [];
    map.forEach((value, key) => visited.push([key, value]));
    expect(visited).toEqual([
      ["a", 1],
      ["b", 2],
    ]);
    expect([map.has("a"), map.has("c"), map.get("b")]).toEqual([true, false, 2]);
    expect(map.without("c")).toBe(map);
    expect(versioned(map)).toBe(map);
  });
});
