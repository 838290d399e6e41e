import * as fc from "fast-check";
import { renderJson } from "#render/json-text";
import { expect, test } from "vitest";

test.each([
  ["an escape sequence", "\u009b31m\u001b[2J", String.raw`"\u009b31m\u001b[2J"`],
  ["text that is turned round", "a\u202eb", String.raw`"a\u202eb"`],
  ["a tag above U+FFFF", "\u{e0041}", String.raw`"\udb40\udc41"`],
  ["plain text", "é — 你好 🙂", '"é — 你好 🙂"'],
])("shows %s so that a terminal only prints it", (_name, value, text) => {
  expect(renderJson(value)).toBe(text);
});

test("keeps every value as it was", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (value, indent) => {
      expect(JSON.parse(renderJson(value, indent))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test("writes maps as objects", () => {
  expect(renderJson({ a: new Map([["b", 1]]) })).toBe('{"a":{"b":1}}');
});
