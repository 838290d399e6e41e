import { describe, expect, test } from "vitest";
import type { TroubleshootingEntry } from "#model/plan";
import { createSourceFromText } from "#model/source";
import { entriesFor, literalsOf } from "#plan/troubleshooting";

const range = createSourceFromText("p.md", "").range(0, 0);
const entry = (symptom?: string): TroubleshootingEntry => ({
  title: "T",
  range,
  ...(symptom === undefined ? {} : { symptom }),
});
const isShown = (symptom: string | undefined, output: string, reason = "", commands: readonly string[] = []): boolean =>
  entriesFor([entry(symptom)], { output, reason, commands }).length > 0;

describe("the literal words of a symptom", () => {
  test.each<[string, string, readonly (readonly string[])[]]>([
    ["are its code spans", "The log has `EADDRINUSE` in it", [["EADDRINUSE"]]],
    ["are its quoted messages", 'It says "Address  in use" and “bad luck”', [["Address in use", "bad luck"]]],
    ["of an or are alternatives", "`ECONNREFUSED` or `ETIMEDOUT`", [["ECONNREFUSED"], ["ETIMEDOUT"]]],
    ["of a list are alternatives", '`ECONNREFUSED`, "timed out"', [["ECONNREFUSED"], ["timed out"]]],
    ["of several bullets are alternatives", "`first one`; `second; one`", [["first one"], ["second; one"]]],
    ["are an error with its code", "The compiler ends with error TS2307 at once", [["error TS2307"]]],
    [
      "are the whole line of an error",
      "KeyError: no 'locker' in \"parcels\"",
      [["KeyError: no 'locker' in \"parcels\""]],
    ],
    ["are else the whole line", "The door stays shut.", [["The door stays shut"]]],
    ["are none where they are short", "It says `EOF`", []],
    ["are none where nothing is written", "", []],
    ["are none where the line is short", "Slow.", []],
  ])("%s", (_name, symptom, expected) => expect(literalsOf(symptom)).toEqual(expected));
});

describe("an entry of Troubleshooting is shown", () => {
  test.each<[string, string, string, string, readonly string[]]>([
    ["when its words were printed", "`EADDRINUSE` at the start", "listen EADDRINUSE: 80", "", []],
    ["when they are in the reason", '"exited with status 7"', "", "curl: exited with status 7", []],
    ["when only the white space differs", '"Address in use"', "Address \n\t in   use", "", []],
    ["when colours stand within them", '"Address in use"', "\u001B[31mAddress\u001B[0m in use", "", []],
    [
      "when one part is the command and the other was printed",
      "`npm ci now` says `EACCES`",
      "EACCES",
      "",
      ["npm ci now"],
    ],
  ])("%s", (_name, symptom, output, reason, commands) => expect(isShown(symptom, output, reason, commands)).toBe(true));

  test.each<[string, string | undefined, string, readonly string[]]>([
    ["when the case differs", "`EADDRINUSE`", "eaddrinuse", []],
    ["when it is only alike", '"Address already in use"', "Address is already in use", []],
    ["when one of its parts is nowhere", "`npm ci now` says `EACCES`", "EACCES", []],
    ["when only the command has its words", "`npm ci now` fails", "bye", ["npm ci now"]],
    ["when it has no symptom", undefined, "anything", []],
    ["when its words are short", "It says `EOF`", "It says EOF", []],
  ])("not %s", (_name, symptom, output, commands) => expect(isShown(symptom, output, "", commands)).toBe(false));

  test("in the order of the document, once each", () => {
    const entries = [entry("`second word`"), entry("`nowhere at all`"), entry("`first word` or `second word`")];
    const found = entriesFor(entries, { output: "first word, second word", reason: "", commands: [] });
    expect(found).toEqual([entries[0], entries[2]]);
  });
});
