import { compareIds } from "#graph/index";
import { effortText } from "#model/effort-text";
import type { Effort } from "#model/plan-text";
import type { PlanEntry, Registry, RegistryEntry, TagState } from "./entry.ts";
import { cellLink, cellText, markdownTable, noValue } from "./markdown-table.ts";
import { type RemovedRow, removedRows } from "./removed-rows.ts";

/** The generated body of a type's index. `before`: the body as it was, whose rows of artifacts that are gone are kept. */
export function indexBody(registry: Registry, path: string, before: string | undefined): string {
  const removed = removedRows(before, new Set(registry.entries.map((entry) => entry.id)));
  const isPlans = registry.entries.some((entry) => entry.plan !== undefined);
  const parts = isPlans
    ? [planTable(registry, path, removed), byStatus(registry), byParent(registry), byComponent(registry)]
    : [mainTable(registry, path, removed), byStatus(registry)];
  const last = isPlans ? [planMetrics(registry), resumption(registry)] : [metrics(registry)];
  return [...parts, ...last].map((part) => `\n${part}`).join("") + "\n";
}

function mainTable(registry: Registry, path: string, removed: readonly RemovedRow[]): string {
  const head = ["ID", "Title", "Status", "Upstream", "Required Tags", "Elements", "Downstream", "Link"];
  const rows = registry.entries.map((entry) => [
    entry.id,
    cellText(entry.title),
    statusOf(entry),
    entry.upstream.join(", "),
    tagsOf(entry),
    String(entry.elements),
    entry.downstream.join(", "),
    cellLink("Link", path, entry.path),
  ]);
  return `## Index\n\n${markdownTable(head, withOthers(rows, registry, path, removed), "No document yet.")}`;
}

function planTable(registry: Registry, path: string, removed: readonly RemovedRow[]): string {
  const head = "ID,Title,Status,Parent TASKS,Required Tags,Component,Estimated Effort,Created,Completed,Link".split(
    ",",
  );
  const rows = registry.entries.map((entry) => [
    entry.id,
    cellText(entry.title),
    statusOf(entry),
    entry.plan?.parents.join(", ") ?? "",
    tagsOf(entry),
    cellText(entry.plan?.component ?? ""),
    effortOf(entry.plan?.estimated),
    entry.created ?? "",
    entry.plan?.completed ?? "",
    cellLink("Link", path, entry.path),
  ]);
  return `## Implementation Plans\n\n${markdownTable(head, withOthers(rows, registry, path, removed), "No plan yet.")}`;
}

/** Why: numbers are never used again, so the row of a document that is gone stays and says so; and no file goes without a row. */
function withOthers(
  rows: readonly (readonly string[])[],
  { entries }: Registry,
  path: string,
  removed: readonly RemovedRow[],
): readonly (readonly string[])[] {
  const blanks = Array.from({ length: (rows[0]?.length ?? 3) - 3 }, () => "");
  const copies = entries.flatMap(({ id, copies: files }) =>
    files.map((file) => [id, cellText(file.title), "Duplicate", ...blanks.slice(1), cellLink("Link", path, file.path)]),
  );
  const gone = removed.map(({ id, title }) => [id, title, "Removed", ...blanks]);
  return [...rows, ...copies, ...gone].sort((a, b) => compareIds(a[0] ?? "", b[0] ?? ""));
}

function byStatus({ entries }: Registry): string {
  return grouped("## By Status", "Status", entries, (entry) => [statusOf(entry)]);
}

function byParent({ entries }: Registry): string {
  const groups = groupBy(entries, (entry) => entry.plan?.parents ?? []);
  const rows = groups.map(([parent, plans]) => [
    parent,
    plans.map((entry) => entry.id).join(", "),
    effortOf(sumOf(plans.map((entry) => entry.plan?.estimated))),
  ]);
  return `## By Parent TASKS\n\n${markdownTable(["Parent TASKS", "Plans", "Combined Effort"], rows, "No plan names a parent.")}`;
}

function byComponent({ entries }: Registry): string {
  return grouped("## By Component", "Component", entries, (entry) => [cellText(entry.plan?.component ?? noValue)]);
}

function grouped(
  title: string,
  name: string,
  entries: readonly RegistryEntry[],
  keysOf: (entry: RegistryEntry) => readonly string[],
): string {
  const rows = groupBy(entries, keysOf).map(([key, group]) => [
    key,
    String(group.length),
    group.map((entry) => entry.id).join(", "),
  ]);
  return `${title}\n\n${markdownTable([name, "Count", "Documents"], rows, "No document yet.")}`;
}

function groupBy(
  entries: readonly RegistryEntry[],
  keysOf: (entry: RegistryEntry) => readonly string[],
): readonly (readonly [string, readonly RegistryEntry[]])[] {
  const groups = new Map<string, RegistryEntry[]>();
  for (const entry of entries) {
    for (const key of keysOf(entry)) groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  return [...groups].sort(([a], [b]) => compareIds(a, b));
}

function metrics({ entries }: Registry): string {
  const elements = sum(entries.map((entry) => entry.elements));
  const asked = entries.filter((entry) => entry.covered !== undefined);
  const covered = sum(asked.map((entry) => entry.covered ?? 0));
  const rows = [
    ["Documents", String(entries.length)],
    ["Elements", String(elements)],
    ["Elements named downstream", shareOf(covered, sum(asked.map((entry) => entry.elements)))],
    ["Tag compliance", complianceOf(entries)],
  ];
  return `## Metrics\n\n${markdownTable(["Metric", "Value"], rows, "")}`;
}

function planMetrics({ entries }: Registry): string {
  const plans = entries.flatMap((entry) => entry.plan ?? []);
  const done = plans.filter((plan) => plan.verdict === "verified");
  const both = plans.filter((plan) => plan.estimated !== undefined && plan.actual !== undefined);
  const rows = [
    ["Plans", String(plans.length)],
    ["Verified", shareOf(done.length, plans.length)],
    ["Estimated effort", effortOf(sumOf(plans.map((plan) => plan.estimated)))],
    ["Actual effort", effortOf(sumOf(plans.map((plan) => plan.actual)))],
    ["Effort variance", varianceOf(both)],
    ["Average completion time", averageDays(entries)],
    ["Tag compliance", complianceOf(entries)],
  ];
  return `## Metrics\n\n${markdownTable(["Metric", "Value"], rows, "")}`;
}

function resumption({ entries }: Registry): string {
  const head = ["ID", "Last Session Date", "Phase Status", "Resume Point", "Blockers", "Ready to Resume"];
  const rows = entries.flatMap(({ id, plan }) => (plan === undefined ? [] : [[id, ...resumeCells(plan)]]));
  return `## Session Resumption\n\n${markdownTable(head, rows, "No plan yet.")}`;
}

function resumeCells(plan: PlanEntry): readonly string[] {
  const phases = plan.phases.map(({ number, done, total }) => `${number}: ${done}/${total}`).join(", ");
  const ready = plan.resume === undefined ? "done" : plan.blocked ? "no" : "yes";
  return [plan.lastSession ?? "", phases, cellText(plan.resume ?? ""), plan.blocked ? "blocked" : "none", ready];
}

/** Why: a document may say that it is completed; only a receipt can prove it. */
function statusOf({ status, plan }: RegistryEntry): string {
  const word = cellText(status ?? noValue);
  if (plan === undefined || !/^(?:✅\s*)?(?:completed|done)\b/i.test(word)) return word;
  return plan.verdict === "verified" ? word : `${word} (not proved: ${plan.verdict})`;
}

/** `✅ 9/9`, `⚠️ 8/9`, `❌ 0/9`: required tags that are there and lead somewhere. */
function tagsOf({ tags }: RegistryEntry): string {
  if (tags.size === 0) return noValue;
  const found = [...tags.values()].filter((state) => state === "found").length;
  return `${found === tags.size ? "✅" : found === 0 ? "❌" : "⚠️"} ${found}/${tags.size}`;
}

function complianceOf(entries: readonly RegistryEntry[]): string {
  const states: readonly TagState[] = entries.flatMap((entry) => [...entry.tags.values()]);
  return shareOf(states.filter((state) => state === "found").length, states.length);
}

/** `7/8 (88 %)`. */
export function shareOf(part: number, whole: number): string {
  return whole === 0 ? noValue : `${part}/${whole} (${Math.round((100 * part) / whole)} %)`;
}

/** An effort for a cell. */
export function effortOf(effort: Effort | undefined): string {
  return effort === undefined ? noValue : effortText(effort);
}

function sumOf(efforts: readonly (Effort | undefined)[]): Effort | undefined {
  const known = efforts.filter((effort) => effort !== undefined);
  if (known.length === 0) return undefined;
  return {
    minHours: sum(known.map((effort) => effort.minHours)),
    maxHours: sum(known.map((effort) => effort.maxHours)),
  };
}

/** (actual − estimated) / estimated over plans that have both, in percent of the middle of each range. */
export function varianceOf(plans: readonly PlanEntry[]): string {
  const estimated = sum(plans.map((plan) => middle(plan.estimated)));
  const actual = sum(plans.map((plan) => middle(plan.actual)));
  if (estimated === 0) return noValue;
  const percent = Math.round((100 * (actual - estimated)) / estimated);
  return `${percent > 0 ? "+" : ""}${percent} %`;
}

function middle(effort: Effort | undefined): number {
  return effort === undefined ? 0 : (effort.minHours + effort.maxHours) / 2;
}

function averageDays(entries: readonly RegistryEntry[]): string {
  const days = entries.flatMap(({ created, plan }) => {
    if (created === undefined || plan?.completed === undefined) return [];
    const between = (Date.parse(plan.completed) - Date.parse(created)) / 86_400_000;
    return Number.isFinite(between) && between >= 0 ? [between] : [];
  });
  return days.length === 0 ? noValue : `${Math.round((10 * sum(days)) / days.length) / 10} days`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
