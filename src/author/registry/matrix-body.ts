import type { PlanEntry, Registry, RegistryEntry, TagState } from "./entry.ts";
import { effortOf, shareOf, varianceOf } from "./index-body.ts";
import { cellLink, cellText, markdownTable, noValue } from "./markdown-table.ts";
import { ganttChart, traceChart } from "./mermaid.ts";

const marks: Readonly<Record<TagState, string>> = { found: "✅", "not-found": "⚠️", missing: "❌" };

/** The generated body of a type's traceability matrix. */
export function matrixBody(registry: Registry, path: string): string {
  const plans = registry.entries.flatMap((entry) => (entry.plan === undefined ? [] : [{ ...entry, plan: entry.plan }]));
  const parts = [
    inventory(registry, path),
    chain(registry),
    parents(registry),
    upstream(registry),
    sources(registry),
    downstream(registry),
    made(registry),
    missingTags(registry),
    bothWays(registry),
    ...(plans.length === 0 ? [] : [variance(plans), phases(plans), summary(plans), needs(plans)]),
    `## Graph\n\n${traceChart(registry)}`,
    ...(plans.length === 0 ? [] : [`## Timeline\n\n${ganttChart(plans)}`]),
  ];
  return [...parts].map((part) => `\n${part}`).join("") + "\n";
}

type PlanRow = RegistryEntry & { readonly plan: PlanEntry };

function inventory({ entries, title }: Registry, path: string): string {
  const rows = entries.map((entry) => [
    entry.id,
    cellText(entry.title),
    cellText(entry.status ?? ""),
    String(entry.elements),
    cellLink("Link", path, entry.path),
  ]);
  return `## Inventory\n\n${cellText(title)}: ${entries.length}\n\n${markdownTable(["ID", "Title", "Status", "Elements", "Link"], rows, "No document yet.")}`;
}

function chain({ entries }: Registry): string {
  const names = [...new Set(entries.flatMap((entry) => [...entry.tags.keys()]))];
  if (names.length === 0) return "## Cumulative Tags\n\n*This layer needs no tags.*\n";
  const rows = entries.map((entry) => [
    entry.id,
    ...names.map((name) => {
      const state = entry.tags.get(name);
      return state === undefined ? noValue : marks[state];
    }),
  ]);
  const head = ["ID", ...names.map((name) => `@${name}`)];
  const legend = "✅ there and found · ⚠️ there, not found · ❌ missing\n\n";
  return `## Cumulative Tags\n\n${legend}${markdownTable(head, rows, "No document yet.")}`;
}

function parents({ entries, type, upstreamTypes }: Registry): string {
  const parent = upstreamTypes[0];
  if (parent === undefined) return `## Parents\n\n*${type} is the first layer.*\n`;
  const groups = new Map<string, string[]>();
  for (const entry of entries) {
    for (const id of entry.upstream.filter((each) => each.startsWith(`${parent}-`))) {
      groups.set(id, [...(groups.get(id) ?? []), entry.id]);
    }
  }
  const rows = [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, children]) => [id, children.join(", ")]);
  return `## ${parent} to ${type}\n\n${markdownTable([parent, type], rows, `No document is tied to a ${parent}.`)}`;
}

function upstream({ entries }: Registry): string {
  const rows = entries.map((entry) => [entry.id, entry.upstream.join(", ")]);
  return `## Upstream\n\n${markdownTable(["ID", "Upstream sources"], rows, "No document yet.")}`;
}

function sources({ type, sources: rows }: Registry): string {
  const cells = rows.map((row) => [row.type, String(row.layer), `${row.total}`, shareOf(row.named, row.total)]);
  const head = ["Source type", "Layer", "Documents", `Named by ${type}`];
  return `## Coverage of the Sources\n\n${markdownTable(head, cells, "There is nothing above.")}`;
}

/** Code and tests of each document; what is deployed, and how many scenarios have a test, is said by plans alone. */
function made({ entries }: Registry): string {
  const isPlans = entries.some(({ plan }) => plan !== undefined);
  const rows = entries.map(({ id, code, tests, tested, elements, plan }) => [
    id,
    cellText(code.join(", ")),
    cellText(tests.join(", ")),
    ...(plan === undefined
      ? [elements === 0 ? noValue : shareOf(tested, elements)]
      : [shareOf(plan.scenarios.tested, plan.scenarios.mapped), cellText(plan.deployment.join(", "))]),
  ]);
  const last = isPlans ? ["Scenarios with a test", "Deployment"] : ["Elements tested"];
  return `## Code and Tests\n\n${markdownTable(["ID", "Code", "Tests", ...last], rows, "No document yet.")}`;
}

function downstream({ entries }: Registry): string {
  const rows = entries.map((entry) => [
    entry.id,
    entry.downstream.join(", "),
    entry.elements === 0 || entry.covered === undefined ? noValue : shareOf(entry.covered, entry.elements),
  ]);
  return `## Downstream\n\n${markdownTable(["ID", "Named by", "Elements named"], rows, "No document yet.")}`;
}

function missingTags({ entries }: Registry): string {
  const rows = entries.flatMap((entry) => {
    const lacking = [...entry.tags].filter(([, state]) => state !== "found");
    const words = lacking.map(([name, state]) => `@${name} (${state === "missing" ? "missing" : "not found"})`);
    return words.length === 0 ? [] : [[entry.id, words.join(", ")]];
  });
  return `## Missing Tags\n\n${markdownTable(["ID", "Tags"], rows, "None.")}`;
}

function bothWays({ entries }: Registry): string {
  const rows = entries.flatMap((entry) => (entry.unnamed.length === 0 ? [] : [[entry.id, entry.unnamed.join(", ")]]));
  return `## Links in Both Directions\n\n${markdownTable(["ID", "Named by, but does not name"], rows, "Every link is named at both ends.")}`;
}

function variance(plans: readonly PlanRow[]): string {
  const rows = plans.map(({ id, plan }) => [
    id,
    effortOf(plan.estimated),
    effortOf(plan.actual),
    plan.actual === undefined ? noValue : varianceOf([plan]),
  ]);
  return `## Effort Variance\n\n(actual − estimated) / estimated\n\n${markdownTable(["ID", "Estimated", "Actual", "Variance"], rows, "No plan yet.")}`;
}

function phases(plans: readonly PlanRow[]): string {
  const rows = plans.flatMap(({ id, plan }) =>
    plan.phases.map(({ number, name, done, total, estimated, active }) => [
      id,
      number,
      cellText(name),
      shareOf(done, total),
      effortOf(estimated),
      effortOf(active),
    ]),
  );
  const head = ["Plan", "Phase", "Name", "Tasks verified", "Estimated", "Active"];
  return `## Phases\n\n${markdownTable(head, rows, "No plan has a phase.")}`;
}

function summary(plans: readonly PlanRow[]): string {
  const counts = new Map<string, number>();
  for (const { status, plan } of plans) {
    const key = JSON.stringify([cellText(status ?? noValue), plan.verdict]);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const rows = [...counts]
    .map(([key, count]) => [...(JSON.parse(key) as readonly string[]), shareOf(count, plans.length)])
    .sort(([a = "", one = ""], [b = "", other = ""]) => (a === b ? (one < other ? -1 : 1) : a < b ? -1 : 1));
  return `## Status Summary\n\n${markdownTable(["Status", "Verdict by receipt", "Plans"], rows, "No plan yet.")}`;
}

function needs(plans: readonly PlanRow[]): string {
  const rows = plans.flatMap(({ id, plan }) => (plan.needs.length === 0 ? [] : [[id, plan.needs.join(", ")]]));
  return `## Dependencies Between Plans\n\n${markdownTable(["Plan", "Builds on"], rows, "No plan builds on another.")}`;
}
