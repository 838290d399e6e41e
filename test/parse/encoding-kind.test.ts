import { detectEncoding } from "#parse/encoding-kind";
import { findReplacements } from "#parse/replacements";
import { expect, test } from "vitest";

test.each([
  ["nothing", [], "utf-8", false],
  ["ASCII", [0x61], "utf-8", false],
  ["UTF-8", [0xc3, 0xa9], "utf-8", false],
  ["a byte order mark", [0xef, 0xbb, 0xbf, 0x61], "utf-8", true],
  ["UTF-16, little end first", [0xff, 0xfe, 0x61, 0], "utf-16-le", true],
  ["UTF-16, big end first", [0xfe, 0xff, 0, 0x61], "utf-16-be", true],
  ["NUL bytes", [0x61, 0, 0x62], "binary", false],
  ["a byte that is not UTF-8", [0x63, 0xe9], "undecodable", false],
] as const)("%s is told", (_title, bytes, kind, hasBom) => {
  expect(detectEncoding(Uint8Array.from(bytes))).toEqual({ kind, hasBom });
});

test.each([
  ["`@spec: SPEC-NNN:regulatoryTION`", ["SECTION"]],
  ["@sys: SYS-NNN:regulatoryTION-ID", ["SECTION"]],
  ["regulatoryURITY and conregulatoryutive", ["SECURITY", "consecutive"]],
  ["regulatory rules, regulatoryLY, the regulatoryret", []],
  [`${"x".repeat(100)}regulatoryTION`, []],
])("in %s the damaged words are %j", (text, meant) => {
  const found = findReplacements(text);
  expect(found.map((each) => each.meant)).toEqual(meant);
  for (const each of found) expect(text.slice(each.start, each.end)).toBe(each.written);
});
