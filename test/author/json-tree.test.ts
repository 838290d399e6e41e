import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { JsonProblem, jsonValue, readJson } from "#author/setup/json-tree";

const read = (text: string): unknown => jsonValue(readJson(text));

describe("a JSON text", () => {
  test("is read as the language itself reads it", () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(0, 1, 2, "\t"), (text, indent) => {
        const spaced = JSON.stringify(JSON.parse(text), undefined, indent);
        expect(read(spaced)).toEqual(JSON.parse(spaced));
      }),
      { numRuns: 1000 },
    );
  });

  test("of any characters is read rightly or refused, and what the language reads is never refused", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}[],:"\\1-e.tn /*\nu0a'), maxLength: 20 }), (text) => {
        let plain: unknown;
        try {
          plain = { value: JSON.parse(text) as unknown };
        } catch {
          plain = undefined;
        }
        try {
          const value = read(text);
          if (plain !== undefined) expect({ value }).toEqual(plain);
        } catch (error) {
          expect(error).toBeInstanceOf(JsonProblem);
          expect(plain).toBeUndefined();
        }
      }),
      { numRuns: 5000 },
    );
  });

  test("may hold remarks and commas too many, as settings of editors do", () => {
    expect(read('\uFEFF// a\n{ "a": [1, 2,], /* b */ "c": { }, }\n// end')).toEqual({ a: [1, 2], c: {} });
  });

  test("places are those of the text", () => {
    const text = '{ "a": [10, true] }';
    const root = readJson(text);
    const list = root.kind === "object" ? root.members[0]?.value : undefined;
    expect(text.slice(list?.start, list?.end)).toBe("[10, true]");
    expect(list?.kind === "array" ? list.items.map(({ start, end }) => text.slice(start, end)) : []).toEqual([
      "10",
      "true",
    ]);
  });

  test.each([
    ["", 0, "there is nothing in it"],
    ["{", 0, "a bracket has no end"],
    ['{"a" 1}', 5, "a colon is missing behind a name"],
    ['{"a": 1 "b": 2}', 8, "a comma or a closing bracket is missing"],
    ["{a: 1}", 1, "a name in double quotes is missing"],
    ['{"a": }', 6, "a value is missing or written wrongly"],
    ['["a\n"]', 1, "a text has no closing quote"],
    ['["\\x"]', 1, "a text has a character or an escape that JSON does not know"],
    ["{} x", 3, "something stands behind its end"],
    ["/* {}", 0, "a remark has no end"],
    ["[".repeat(200), 101, "it is nested too deep"],
  ])("%j is refused with place and reason", (text, offset, message) => {
    expect(() => readJson(text)).toThrow(expect.objectContaining({ offset, message }) as Error);
  });
});
