import { defineRule, type Rule } from "../rule.ts";

/** A feature file is Gherkin. */
export const gherkinSyntax: Rule = defineRule({
  code: "document/gherkin-syntax",
  severity: "error",
  title: "No Gherkin",
  summary: "A feature file is Gherkin that Cucumber can read.",
  needs: ["faults"],
  check({ document, faults, source }, report) {
    if (!/\.feature$/i.test(document.path)) return "not-applicable";
    for (const { kind, message, start, end } of faults) {
      if (kind === "tag") continue;
      const text = tagsWithoutBlanks(source.text.slice(start, end));
      const cure = text === undefined ? "Correct this line, or make it a comment with `#`." : `Write ${text}.`;
      report({
        message: `This is no Gherkin: ${message}. ${cure}`,
        at: { start, end },
        ...(text === undefined
          ? { cause: message }
          : {
              cause: `${message}: healed`,
              fix: { title: "write tags without blanks", edits: [{ start, end, text }] },
            }),
      });
    }
  },
});

const tagWithValues = /^(@[a-z][\w-]*)[ \t]*:[ \t]*([^\s,@#]+(?:[ \t]*,[ \t]*[^\s,@#]+)*)$/i;

/** A tag with its values as Gherkin has it, one tag a value; undefined where the blanks may mean something else. */
function tagsWithoutBlanks(written: string): string | undefined {
  const [, name = "", values = ""] = tagWithValues.exec(written) ?? [];
  if (name === "") return undefined;
  return values
    .split(",")
    .map((value) => `${name}:${value.trim()}`)
    .join(" ");
}
