import type { Files } from "#model/ports";
import type { JournalEvent } from "#model/run";
import { type JournalContent, type JournalKey, readJournal } from "./read-journal.ts";

/** Most bytes the first line of a journal is looked for in, to learn its plan without reading it whole. */
const firstLineBytes = 8192;

/** Which plan's records are wanted. */
export interface PlanPlace {
  readonly root: string;
  readonly id: string;
  /** Workspace-relative path of its document; records of another document of that id, which is still there, are not its own. */
  readonly path?: string;
}

/** The journals of one plan, oldest first. */
export interface PlanJournals {
  readonly own: readonly JournalContent[];
  readonly foreign: readonly JournalContent[];
}

/** Reads every journal of a folder that belongs to the plan. Throws as `readJournal` does. */
export function readPlanJournals(files: Files, folder: string, plan: PlanPlace, seal: JournalKey): PlanJournals {
  const own: JournalContent[] = [];
  const foreign: JournalContent[] = [];
  for (const path of journalPaths(files, folder)) {
    if (!isOfPlan(files, path, plan.id)) continue;
    const content = readJournal(files, path, seal);
    if (content === undefined || isOfAnother(files, plan, content.events)) continue;
    (content.origin === "own" ? own : foreign).push(content);
  }
  return { own, foreign };
}

/** Paths of the journals in a folder, in the order of their names, which for one plan is that of time. */
export function journalPaths(files: Files, folder: string): readonly string[] {
  // Why: a link in the place of a folder came with a repository, and leads anywhere.
  const above = folder.slice(0, folder.lastIndexOf("/"));
  if ([above, folder].some((path) => files.stat(path)?.kind !== "directory")) return [];
  const names = files.list(folder).filter((entry) => entry.kind === "file" && entry.name.endsWith(".ndjson"));
  return names.map((entry) => `${folder}/${entry.name}`).sort((a, b) => (a < b ? -1 : 1));
}

/** Longest part of a file name that a plan's id makes: file systems take 255 bytes, and a run's own id stands behind it. */
const longestSlug = 140;

/** A plan id as part of a file name; ids that need escaping or are too long for a name stay distinct. */
export function planSlug(plan: string): string {
  const slug = plan.replace(/[^A-Za-z0-9_-]/g, (character) => `%${character.codePointAt(0)?.toString(16) ?? ""}`);
  return slug.length <= longestSlug ? slug : `${slug.slice(0, longestSlug - 17)}~${fingerprint(slug)}`;
}

/** FNV-1a, 64 bits in hex: tells ids apart, and proves nothing; what a journal is of, its events say. */
function fingerprint(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (let at = 0; at < text.length; at++) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(at))) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, "0");
}

/** True when events were recorded for another document of the same id, which is still there: two plans with one id share nothing. */
export function isOfAnother(files: Files, plan: PlanPlace, events: readonly JournalEvent[]): boolean {
  const path = events.findLast((event) => "path" in event && event.path !== undefined);
  if (plan.path === undefined || path === undefined || !("path" in path)) return false;
  return path.path !== plan.path && files.stat(`${plan.root}/${path.path}`)?.kind === "file";
}

/** Why: the name tells the plan, so that a journal whose first line is gone is still known to be its own. */
function isOfPlan(files: Files, path: string, plan: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1, -".ndjson".length);
  const dot = name.lastIndexOf(".");
  return dot === -1 ? planOf(files, path) === plan : name.slice(0, dot) === planSlug(plan);
}

function planOf(files: Files, path: string): string | undefined {
  const bytes = files.readSlice(path, 0, firstLineBytes);
  if (bytes === undefined) return undefined;
  const line = new TextDecoder("utf-8").decode(bytes).split("\n", 1)[0] ?? "";
  try {
    const event = JSON.parse(line) as Partial<JournalEvent & { plan: string }>;
    return event.plan;
  } catch {
    return undefined;
  }
}

/** Tells of which plans anything may be recorded in the folders, by the names in them, which are listed once. */
export function recordedPlans(files: Files, folders: readonly string[]): (plan: string) => boolean {
  const names = folders.flatMap((folder) =>
    journalPaths(files, folder).map((path) => path.slice(path.lastIndexOf("/") + 1, -".ndjson".length)),
  );
  // Why: the plan of a name without a dot stands in the file alone.
  const any = names.some((name) => !name.includes("."));
  const slugs = new Set(names.map((name) => name.slice(0, name.lastIndexOf("."))));
  const first = new Set(names.map((name) => name.slice(0, name.indexOf("."))));
  return (plan) => any || slugs.has(planSlug(plan)) || first.has(planSlug(plan));
}
