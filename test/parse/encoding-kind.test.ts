import { detectEncoding } from "#parse/encoding-kind";
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
