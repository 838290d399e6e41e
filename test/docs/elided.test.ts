import { describe, expect, it } from "vitest";
import { fencesOf, readActs } from "../support/console-page.ts";
import { outputMismatch } from "../support/elided.ts";

interface Row {
  readonly title: string;
  readonly shown: string;
  readonly printed: string;
  readonly agrees: boolean;
}

const rows: readonly Row[] = [
  { title: "equal lines agree", shown: "a\nb", printed: "a\nb\n", agrees: true },
  {
    title: "blanks at line ends and blank lines around do not count",
    shown: "a\n",
    printed: "\na  \n\n",
    agrees: true,
  },
  { title: "blanks at the beginning of a line count", shown: "a", printed: " a", agrees: false },
  { title: "another line does not agree", shown: "a", printed: "b", agrees: false },
  { title: "a line too many does not agree", shown: "a", printed: "a\nb", agrees: false },
  { title: "a line too few does not agree", shown: "a\nb", printed: "a", agrees: false },
  { title: "nothing shown agrees with nothing printed", shown: "", printed: "\n", agrees: true },
  { title: "nothing shown does not agree with something printed", shown: "", printed: "a", agrees: false },
  { title: "a mark inside a line stands for characters", shown: "took … s", printed: "took 0.3 s", agrees: true },
  {
    title: "a mark inside a line stands for at least one character",
    shown: "took … s",
    printed: "took  s",
    agrees: false,
  },
  { title: "a mark at the end of a line needs its beginning", shown: "run 01…", printed: "ran 0123", agrees: false },
  { title: "what stands behind a mark must be there", shown: "a … b", printed: "a x c", agrees: false },
  { title: "two marks in a line", shown: "… and …!", printed: "this and that!", agrees: true },
  { title: "the pieces between marks keep their order", shown: "x…a…b", printed: "x1b2a", agrees: false },
  { title: "a mark alone stands for lines", shown: "a\n…\nd", printed: "a\nb\nc\nd", agrees: true },
  { title: "a mark alone stands for no line", shown: "a\n…\nd", printed: "a\nd", agrees: true },
  { title: "a mark alone does not stand for a line that is shown", shown: "a\n…\nd", printed: "a\nb", agrees: false },
  { title: "a line that comes twice is found behind a mark", shown: "…\nb\nc", printed: "b\nx\nb\nc", agrees: true },
  { title: "JSON agrees whatever its form", shown: '{ "a": [1, 2] }', printed: '{"a":[1,2]}', agrees: true },
  { title: "JSON with another value", shown: '{"a":1}', printed: '{"a":2}', agrees: false },
  { title: "JSON with a key that is not shown", shown: '{"a":1}', printed: '{"a":1,"b":2}', agrees: false },
  { title: "JSON with a key that is missing", shown: '{"a":1,"b":"…"}', printed: '{"a":1}', agrees: false },
  { title: "JSON whose further keys are left out", shown: '{"a":1,"…":"…"}', printed: '{"a":1,"b":2}', agrees: true },
  { title: "JSON whose further items are left out", shown: '["a","…"]', printed: '["a","b"]', agrees: true },
  { title: "JSON with an item that is not shown", shown: '["a"]', printed: '["a","b"]', agrees: false },
  {
    title: "JSON with a text of which a part is left out",
    shown: '{"a":"sha256:…"}',
    printed: '{"a":"sha256:00"}',
    agrees: true,
  },
  { title: "a text in place of a list", shown: '{"a":[]}', printed: '{"a":"b"}', agrees: false },
  { title: "no JSON where JSON is shown", shown: '{"a":1}', printed: "oops", agrees: false },
];

describe("an output and what a page shows of it", () => {
  it.each(rows)("$title", ({ shown, printed, agrees }) => {
    expect(outputMismatch(shown, printed) === undefined).toBe(agrees);
  });
});

describe("the acts of a page", () => {
  it("are documents to save and commands to type, in order", () => {
    const page = [
      "Save this",
      "as `a/b.md`:",
      "",
      "````markdown",
      "```bash",
      "x",
      "```",
      "````",
      "",
      "```console",
      "$ one \\",
      "> two",
      "1",
      "$ three",
      "```",
    ];
    expect(readActs(page.join("\n"))).toEqual([
      { kind: "save", path: "a/b.md", text: "```bash\nx\n```\n", line: 4 },
      { kind: "type", command: "one \\\ntwo", shown: "1\n", line: 11 },
      { kind: "type", command: "three", shown: "", line: 14 },
    ]);
  });

  it("are none in other fences", () => {
    expect(readActs("```bash\n$ x\n```\n")).toEqual([]);
  });

  it("refuse a fence that is never closed, and an output without a command", () => {
    expect(() => fencesOf("```console\n$ x")).toThrow("line 1: the fence is never closed");
    expect(() => readActs("```console\nx\n```")).toThrow("begins with a command");
  });
});
