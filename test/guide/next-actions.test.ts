import { describe, expect, test } from "vitest";
import { nextActions } from "#guide/next-actions";
import { planDocument } from "../support/plan-document.ts";
import { understandText } from "../support/understood-document.ts";

const titlesOf = (...lines: readonly string[]): readonly string[] => {
  const more = `\n## Next Actions\n\n${lines.map((line) => `- ${line}\n`).join("")}`;
  return nextActions(understandText(planDocument([{ run: "true" }], { more })).understood).map(({ command }) =>
    command.replace("iplan new iplan --follows IPLAN-001 --title ", ""),
  );
};

describe("the command that starts what comes next", () => {
  test.each<[string, string, readonly string[]]>([
    ["has the words as a title", "Measure it again.", ["'Measure it again'"]],
    ["has no marks of code", "Hand `API.md` over", ["'Hand API.md over'"]],
    ["survives a quote", "It's late", ["'It'\\''s late'"]],
    ["is cut between words", `Do ${"something ".repeat(12)}`, [`'Do ${"something ".repeat(6).trim()}'`]],
    ["is not there for a place to fill in", "[What to do after this plan]", []],
  ])("%s", (_what, line, titles) => expect(titlesOf(line)).toEqual(titles));

  test("cannot be made to run something else", () => {
    const [title = ""] = titlesOf("'; rm -rf ~; echo '$(id)`id`");
    expect(title.replaceAll("'\\''", "")).toMatch(/^'[^']*'$/);
  });
});
