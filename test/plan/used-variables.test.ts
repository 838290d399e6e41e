import { describe, expect, it } from "vitest";
import { createShellParser } from "#host/shell-parser";
import { usedVariables } from "#plan/shell/used-variables";

const parser = await createShellParser();

describe("the variables a script reads", () => {
  it.each([
    ["in a word", 'echo "$B" ${A:-x}', ["A", "B"]],
    ["in what is assigned, elements included", "X=$A Y=($B c)", ["A", "B"]],
    ["in a here-document and in its commands", "cat <<END\n$A $(echo $B)\nEND", ["A", "B"]],
    ["in conditions, loops and functions", "f() { [[ $A ]]; }; for x in $B; do echo $x; done", ["A", "B", "x"]],
    ["behind a redirection", "echo x > $A", ["A"]],
    ["but none that is positional or special", "echo $1 $? $@ $$", []],
    ["nor one in single quotes", "echo '$A'", []],
  ])("%s", (_name, text, names) => {
    expect(usedVariables(parser.parse(text))).toEqual(names);
  });
});
