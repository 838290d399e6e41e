import { page } from "./page.ts";
import type { Template } from "./seed.ts";

/** A feature with its first scenarios: what succeeds, and what is refused. */
export const bdd: Template = ({ id, title, layer, tags, sources }) => {
  const lines = tags.map(({ name, values }) => `${values.map((value) => `@${name}:${value}`).join(" ")}\n`).join("");
  const from = sources.length === 0 ? "" : ` Upstream: ${sources.map((source) => source.id).join(", ")}.`;
  return `# ${id}: ${title}
#
# Layer ${layer.layer}.${from}

${lines}Feature: ${title}
${scenarios}`;
};

/** The same as a page, where scenarios are written in Markdown. */
export const bddPage: Template = (seed) =>
  page(
    seed,
    `## Scenarios

\`\`\`gherkin
Feature: ${seed.title}
${scenarios}\`\`\`
`,
  );

const scenarios = `  [Who gains what from it.]

  Background:
    Given [what holds before every scenario]

  Scenario: [What succeeds]
    Given [how things are]
    When [what somebody does]
    Then [what one sees]

  Scenario: [What is refused]
    Given [how things are otherwise]
    When [what somebody does wrong]
    Then [what one sees instead]
    And [what stays as it was]
`;
