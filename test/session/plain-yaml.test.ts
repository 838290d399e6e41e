import { assert, array, asyncProperty, constantFrom, oneof, record, string } from "fast-check";
import { describe, expect, test } from "vitest";
import type { ConfigNode } from "../../src/session/config-node.ts";
import { readPlainYaml } from "../../src/session/plain-yaml.ts";
import { readWithLibrary } from "../../src/session/read-yaml.ts";

/** Keys, values and their places; the extent of a map or list is no one's message. */
function facts(node: ConfigNode | undefined): unknown {
  if (node === undefined) return undefined;
  if (node.kind === "scalar") return [node.value, node.start, node.end];
  if (node.kind === "list") return node.items.map(facts);
  return node.entries.map((entry) => [entry.key, entry.keySpan.start, entry.keySpan.end, facts(entry.value)]);
}

const word = constantFrom(
  "aidoc-16",
  "docs",
  "src/lib",
  "true",
  "no",
  "x.y",
  "7",
  "a b",
  "'q'",
  "- a",
  "null",
  "*a",
  "",
  "src/**",
  '"src/**"',
  '"**/a b.{x}"',
  '"a\\n"',
);
const line = oneof(
  record({
    key: constantFrom("profile", "docs", "ignore", "off", "secrets"),
    value: word,
    tail: constantFrom("", " ", " # why", "#x", ": y"),
  }).map(({ key, value, tail }) => `${key}: ${value}${tail}`),
  record({ indent: constantFrom("", " ", "  ", "    "), value: word, tail: constantFrom("", "  # why") }).map(
    ({ indent, value, tail }) => `${indent}- ${value}${tail}`,
  ),
  constantFrom("", "# remark", "ignore:", "docs:", "  # in", "---", "profile : x"),
  string({ maxLength: 8 }),
);

describe("a plain file of settings", () => {
  test("is read as the library reads it, or left to the library", async () => {
    let plain = 0;
    await assert(
      asyncProperty(array(line, { maxLength: 6 }), async (lines) => {
        const text = lines.join("\n");
        const own = readPlainYaml(text);
        if (own === undefined) return;
        plain += 1;
        const judged = await readWithLibrary(text);
        expect(facts(own.root)).toEqual(facts(judged.root));
        expect(judged.problems).toEqual([]);
      }),
      { numRuns: 4000 },
    );
    expect(plain).toBeGreaterThan(300);
  });

  test.each([
    ["a number", "timeout: 5"],
    ["a truth", "docs: true"],
    ["a quoted text", "docs: 'x'"],
    ["a key twice", "docs: a\ndocs: b"],
    ["a key without value", "docs:\n"],
    ["a nested map", "policy:\n  read: allow"],
    ["a flow list", "ignore: [a]"],
    ["items of two depths", "ignore:\n  - a\n    - b"],
    ["CRLF", "docs: a\r\n"],
    ["an alias", "docs: *a"],
  ])("%s is left to the library", (_name, text) => expect(readPlainYaml(text)).toBeUndefined());

  test("lists of words are plain", () => {
    expect(facts(readPlainYaml("# c\nprofile: aidoc-16 # x\nignore:\n  - build\n  - tmp/old\n")?.root)).toEqual([
      ["profile", 4, 11, ["aidoc-16", 13, 21]],
      [
        "ignore",
        26,
        32,
        [
          ["build", 38, 43],
          ["tmp/old", 48, 55],
        ],
      ],
    ]);
  });
});
