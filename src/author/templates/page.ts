import { statusWord } from "#profile/dialect";
import { dayOf, type Seed } from "./seed.ts";

/** What a downstream section says while nothing follows; the first link that is written takes its place. */
export const nothingFollows = "None yet.";

/** A Markdown document: front matter, title, control table, the given sections, and what ties it to others. */
export function page(
  seed: Seed,
  sections: string,
  rows: readonly (readonly [name: string, value: string])[] = [],
): string {
  return `${frontMatter(seed)}
# ${seed.id}: ${seed.title}

${controlTable(seed, rows)}
${sections.trim()}

${traceability(seed)}`;
}

/** The front matter of a new document. */
export function frontMatter({ id, title, layer }: Seed): string {
  return `---
title: ${JSON.stringify(`${id}: ${title}`)}
tags:
  - layer-${layer.layer}-artifact
custom_fields:
  document_type: ${layer.type.toLowerCase()}
  artifact_type: ${layer.type}
  layer: ${layer.layer}
---
`;
}

function controlTable(seed: Seed, rows: readonly (readonly [name: string, value: string])[]): string {
  const all: readonly (readonly [string, string])[] = [
    ["ID", seed.id],
    ["Status", statusWord(seed.profile, "draft")],
    ["Version", "0.1.0"],
    ["Created", dayOf(seed)],
    ["Last Updated", dayOf(seed)],
    ["Author", seed.author],
    ...rows,
  ];
  return `| Item | Details |\n|---|---|\n${all.map(([name, value]) => `| **${name}** | ${value} |\n`).join("")}`;
}

/** Sources, what follows, and tags. */
function traceability(seed: Seed): string {
  const sources = seed.sources.length === 0 ? "" : `### ${mentionTitle(seed, "upstream")}\n\n${sourceList(seed)}\n`;
  const tags = seed.tags.length === 0 ? "" : `\n## ${sectionTitle(seed, "traceability-tags")}\n\n${tagList(seed)}`;
  return `## ${sectionTitle(seed, "traceability")}\n\n${sources}### ${mentionTitle(seed, "downstream")}\n\n${nothingFollows}\n${tags}`;
}

/** The documents a new one comes from, as a list of links. */
export function sourceList(seed: Seed): string {
  return seed.sources
    .map(({ id, title, link }) => `- [${id}](${link})${title === undefined ? "" : ` - ${title}`}\n`)
    .join("");
}

/** Tags as list items, one type each. */
export function tagList(seed: Seed): string {
  return seed.tags.map(({ name, values }) => `- \`@${name}: ${values.join(", ")}\`\n`).join("");
}

/** The title the profile gives to a section. */
export function sectionTitle({ profile }: Seed, key: string): string {
  return profile.plan.sections.find((section) => section.key === key)?.titles[0] ?? key;
}

/** The title of a section that names other documents; of several the one that speaks of documents. */
export function mentionTitle({ profile }: Seed, key: "upstream" | "downstream"): string {
  const titles = profile.trace.sections.find((section) => section.key === key)?.titles ?? [];
  return titles.find((title) => /artifacts|references/iu.test(title)) ?? titles[0] ?? key;
}
