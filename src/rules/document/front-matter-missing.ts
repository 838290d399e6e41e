import { defineRule, type Rule } from "../rule.ts";

/** A plan begins with front matter that says what it is. */
export const frontMatterMissing: Rule = defineRule({
  code: "document/front-matter-missing",
  severity: "info",
  title: "Front matter missing",
  summary: "A plan begins with YAML front matter that carries the tags the profile asks for.",
  needs: ["plan"],
  check({ profile, plan }, report) {
    const wanted = profile.plan.frontMatter.tags;
    const { frontMatter } = plan;
    if (frontMatter === undefined) {
      const tags = wanted.length === 0 ? "" : ` with the tag ${wanted.join(", ")}`;
      report({ message: `No front matter. Begin the file with a --- block${tags}.`, at: { start: 0, end: 0 } });
      return;
    }
    if (frontMatter.problem !== undefined) return;
    const written = new Set(frontMatter.tags.map((tag) => tag.text));
    for (const tag of wanted.filter((one) => !written.has(one))) {
      const at = { start: frontMatter.range.start.offset, end: frontMatter.range.start.offset + 3 };
      report({ message: `The front matter lacks the tag ${tag}. Add it under tags.`, at });
    }
  },
});
