import { IplanError } from "#model/errors";
import type { DirectoryEntry, Files } from "#model/ports";
import { matchesGlob } from "#rules/glob";
import type { Session } from "./session.ts";
import { globBase } from "./source-walk.ts";

/** A file that may be a report. */
export interface ReportFile {
  /** Workspace-relative. */
  readonly path: string;
  readonly size: number;
  readonly mtimeMs: number;
}

/** Endings of files that reports come in; all others are not looked into. */
const endings = /\.(?:xml|json|ndjson|jsonl|info|lcov|tap|sarif)$/iu;
/** More reports than that are not read, and more folders not entered. */
const mostFiles = 2000;
const mostFolders = 5000;
const deepest = 12;
const neverReports = new Set(["node_modules", ".git", ".iplan"]);

/**
 * Files below the workspace that match one of the patterns and may be reports by their ending, by path. Links are not followed; files that
 * git ignores are looked at all the same, as reports are.
 */
export function findReportFiles(files: Files, root: string, patterns: readonly string[]): readonly ReportFile[] {
  const found = new Map<string, ReportFile>();
  let folders = 0;
  const globs = patterns
    .map((each) => each.replace(/^(?:\.\/)+/u, ""))
    .filter((each) => !each.split("/").includes(".."));
  const enter = (directory: string, depth: number): void => {
    if (++folders > mostFolders || depth > deepest) return;
    for (const { name, kind } of listed(files, directory === "" ? root : `${root}/${directory}`)) {
      const path = directory === "" ? name : `${directory}/${name}`;
      if (kind === "file") visit(path);
      else if (kind === "directory" && !neverReports.has(name) && mayHold(globs, path)) enter(path, depth + 1);
    }
  };
  const visit = (path: string): void => {
    if (found.size >= mostFiles || !endings.test(path) || !globs.some((glob) => matchesGlob(glob, path))) return;
    const stat = files.stat(`${root}/${path}`);
    if (stat?.kind === "file") found.set(path, { path, size: stat.size, mtimeMs: stat.mtimeMs });
  };
  enter("", 0);
  return [...found.values()].sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** True when a file lies where the settings look for reports. */
export function hasReports({ host, root, config }: Session): boolean {
  return findReportFiles(host.files, root, config.reports).length > 0;
}

function mayHold(globs: readonly string[], directory: string): boolean {
  return globs.some((glob) => {
    const base = globBase(glob);
    if (base !== "" && `${base}/`.startsWith(`${directory}/`)) return true;
    const isBelow = base === "" || `${directory}/`.startsWith(`${base}/`);
    // Why: a pattern of two segments reaches no deeper than its own folder.
    return isBelow && (glob.includes("**") || glob.split("/").length > directory.split("/").length);
  });
}

function listed(files: Files, directory: string): readonly DirectoryEntry[] {
  try {
    return files.list(directory);
  } catch (error) {
    if (error instanceof IplanError) return [];
    throw error;
  }
}
