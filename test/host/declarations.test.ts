import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { fromLatin1 } from "../../src/host/shell/bytes.ts";
import { readDeclarations, valuesOf } from "../../src/host/shell/declarations.ts";

/** What bash says of a variable after these lines, read back. */
function valuesAfter(lines: string): readonly string[] {
  const { stdout } = spawnSync("bash", ["-c", `${lines}\ndeclare -p it`], { encoding: "latin1" });
  return readDeclarations(stdout).flatMap(valuesOf).map(fromLatin1);
}

describe("the values of a variable that bash declared", () => {
  it.each([
    ["a plain word", "it=abc", ["abc"]],
    ["quotes, dollars and backslashes", `it='a"b$c\`d\\e'`, ['a"b$c`d\\e']],
    ["several lines and a tab", "it=$'one\\ntwo\\tthree'", ["one\ntwo\tthree"]],
    ["control characters", "it=$'\\e[1m\\a'", ["\u001b[1m\u0007"]],
    ["letters beyond ASCII", "it=pässwörd€", ["pässwörd€"]],
    ["an array", "it=('first one' $'second\\none' third)", ["first one", "second\none", "third"]],
    ["an exported number", "declare -ix it=42", ["42"]],
    ["nothing", "declare it", []],
  ])("%s", (_name, lines, values) => {
    expect(valuesAfter(lines)).toEqual(values);
  });
});
