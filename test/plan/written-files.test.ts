import { array, assert, constantFrom, property, record, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { pathBelow } from "#plan/vacuity/shell-facts";
import { WrittenFiles } from "#plan/vacuity/written-files";

const name = constantFrom("a", "b.txt", ".", "..", "", "c-d", "~", "$HOME", "$x", ".hidden", "é", "..e", "f g");
const path = array(name, { minLength: 1, maxLength: 5 }).map((names) => names.join("/"));

describe("where a path lies", () => {
  it("is the same for plain paths, which are not taken apart, and for all others", () => {
    assert(property(path, (one) => pathBelow("", one) === pathBelow(".", one)));
  });
});

describe("files that commands wrote", () => {
  it("are told as a table tells them that is copied for each", () => {
    const write = record({ at: constantFrom("a", "b", "c", ""), text: string({ maxLength: 2 }) });
    assert(
      property(array(write), (writes) => {
        let files = WrittenFiles.none;
        const table = new Map<string, string>();
        for (const { at, text } of writes) {
          const before = { files, a: table.get("a") };
          files = files.with(at, { own: false, text });
          table.set(at, text);
          expect(before.files.at("a")?.text).toBe(before.a);
        }
        expect(files.isEmpty).toBe(writes.length === 0);
        for (const at of ["a", "b", "c", "", "d"]) expect(files.at(at)?.text).toBe(table.get(at));
      }),
    );
  });
});
