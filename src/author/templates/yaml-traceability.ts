import type { Seed } from "./seed.ts";

/** What ties a YAML document to others: sources, what follows, and tags. */
export function cumulativeTags(seed: Seed): string {
  const sources = seed.sources.map(({ id, link }) => `    - { id: ${id}, path: ${link} }\n`).join("");
  const tags = seed.tags.map(({ name, values }) => `    ${name}:${valueLines(values)}`).join("");
  return `traceability:
  upstream:${sources === "" ? " []\n" : `\n${sources}`}  downstream: []
  cumulative_tags:${tags === "" ? " {}\n" : `\n${tags}`}`;
}

function valueLines(values: readonly string[]): string {
  if (values.length === 1) return ` ${JSON.stringify(values[0])}\n`;
  return `\n${values.map((value) => `      - ${JSON.stringify(value)}\n`).join("")}`;
}
