import type { Files } from "#model/ports";
import type { JournalEvent } from "#model/run";
import { type JournalContent, type JournalKey, readJournal } from "./read-journal.ts";

/** Most bytes the first line of a journal is looked for in, to learn its plan without reading it whole. */
const firstLineBytes = 8192;

/** The journals of one plan, oldest first. */
export interface PlanJournals {
  readonly own: readonly JournalContent[];
  readonly foreign: readonly JournalContent[];
}

/** Reads every journal of a folder that belongs to the plan. Throws as `readJournal` does. */
export function readPlanJournals(files: Files, folder: string, plan: string, seal: JournalKey): PlanJournals {
  const own: JournalContent[] = [];
  const foreign: JournalContent[] = [];
  for (const path of journalPaths(files, folder)) {
    if (planOf(files, path) !== plan) continue;
    const content = readJournal(files, path, seal);
    if (content !== undefined) (content.origin === "own" ? own : foreign).push(content);
  }
  return { own, foreign };
}

/** Paths of the journals in a folder, in the order of their names, which is that of time. */
export function journalPaths(files: Files, folder: string): readonly string[] {
  if (files.stat(folder) === undefined) return [];
  const names = files.list(folder).filter((entry) => entry.kind === "file" && entry.name.endsWith(".ndjson"));
  return names.map((entry) => `${folder}/${entry.name}`).sort((a, b) => (a < b ? -1 : 1));
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
