import type { PlanEntry, Registry, RegistryEntry } from "./entry.ts";

/** Above this many links a chart can no longer be read, and viewers refuse it. */
const mostLinks = 150;

/** Upstream sources, the documents of the type, and what names them, as a mermaid flow chart. */
export function traceChart({ entries }: Registry): string {
  const links = new Set<string>();
  for (const entry of entries) {
    for (const source of entry.upstream) links.add(`  ${nodeOf(source)} --> ${nodeOf(entry.id)}`);
    for (const target of entry.downstream) links.add(`  ${nodeOf(entry.id)} --> ${nodeOf(target)}`);
  }
  if (links.size === 0) return "*No link yet.*\n";
  if (links.size > mostLinks) return `*${links.size} links are too many for a chart; see \`iplan trace\`.*\n`;
  return `\`\`\`mermaid\nflowchart LR\n${[...links].sort().join("\n")}\n\`\`\`\n`;
}

/** A name mermaid takes for a node, with what is shown. Why: paths of sources hold characters that end a node. */
function nodeOf(id: string): string {
  const name = id.replace(/[^A-Za-z0-9]/g, (char) => `_${char.charCodeAt(0).toString(16)}_`);
  return `n${name}["${id.replace(/[^\w\-./ ]/g, "?")}"]`;
}

/** Plans on a time line: from their creation to their last verified unit. Those without a start are left out. */
export function ganttChart(plans: readonly (RegistryEntry & { readonly plan: PlanEntry })[]): string {
  const rows = plans.flatMap(({ id, created, plan }) => {
    if (created === undefined) return [];
    const state = plan.completed === undefined ? "active, " : "done, ";
    return [`  ${id} : ${state}${created}, ${plan.completed ?? plan.lastSession ?? "1d"}`];
  });
  if (rows.length === 0) return "*No plan has a date.*\n";
  return `\`\`\`mermaid\ngantt\n  dateFormat YYYY-MM-DD\n${rows.join("\n")}\n\`\`\`\n`;
}
