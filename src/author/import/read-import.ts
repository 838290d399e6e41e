import { readBacklog } from "./backlog.ts";
import type { ImportedPlan, ImportFile, ImportFormat } from "./imported-plan.ts";
import { readKiro } from "./kiro.ts";
import { readOpenSpec } from "./openspec.ts";
import { readSpecKit } from "./spec-kit.ts";

const readers: Readonly<Record<ImportFormat, (files: readonly ImportFile[]) => ImportedPlan>> = {
  "spec-kit": readSpecKit,
  openspec: readOpenSpec,
  kiro: readKiro,
  "cc-sdd": readKiro,
  backlog: readBacklog,
};

/** Reads files of another tool. */
export function readImport(format: ImportFormat, files: readonly ImportFile[]): ImportedPlan {
  return readers[format](files);
}

/** Which tool's files these are, by where they lie and what stands in them; undefined when no tool is known by them. */
export function formatOf(files: readonly ImportFile[]): ImportFormat | undefined {
  const has = (form: RegExp): boolean => files.some(({ path }) => form.test(path));
  const tasks = files.find(({ path }) => /(?:^|\/)tasks\.md$/u.test(path))?.text ?? "";
  if (has(/(?:^|\/)openspec\/changes\//u) || has(/(?:^|\/)proposal\.md$/u)) return "openspec";
  if (has(/(?:^|\/)spec\.json$/u)) return "cc-sdd";
  if (has(/(?:^|\/)\.kiro\/specs\//u)) return "kiro";
  if (/^[ \t]*[-*] \[.\]\*? \**T-?\d/mu.test(tasks)) return "spec-kit";
  if (files.length > 0 && files.every(({ text }) => /^---\r?\n(?:.*\r?\n){0,40}?(?:id|status):/u.test(text)))
    return "backlog";
  if (/^## \d+\.?\s/mu.test(tasks) && /^[ \t]*- \[.\] \d+\.\d+/mu.test(tasks)) return "openspec";
  return /^[ \t]*- \[.\]\*? \d+/mu.test(tasks) ? "kiro" : undefined;
}
