import { findReplacements } from "#profile/blind-replacements";
import { expect, test } from "vitest";

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
