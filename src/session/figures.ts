import { isTestPath } from "#guide/report-suites";
import { isSamePath } from "#guide/test-results";
import { pieceBytes, readReport, type ReadReport } from "#measure/read-report";
import { IplanError } from "#model/errors";
import type { Figures, Report, ReportContent } from "#model/figures";
import type { Files } from "#model/ports";
import { matchesGlob } from "#rules/glob";
import { findReportFiles, type ReportFile } from "./report-files.ts";
import type { Session } from "./session.ts";
import { walkSources } from "./source-walk.ts";

/** A file of code with the time it was written. */
interface CodeFile {
  readonly path: string;
  readonly mtimeMs: number;
  readonly isTest: boolean;
}

/**
 * Reads the reports of a workspace: those its settings name, and those at the paths given. A report that cannot be read is listed with
 * the reason; one that is older than the code it speaks of says so.
 */
export function readFigures(session: Session, written: readonly string[]): Figures {
  const { host, root, config } = session;
  const files = findReportFiles(host.files, root, [...config.reports, ...written]);
  const reports: Report[] = [];
  const unread: { path: string; reason: string }[] = [];
  const code = files.length === 0 ? [] : codeFiles(session);
  for (const file of files) {
    const read = believed(session, readFile(host.files, root, file), code);
    if ("reason" in read) {
      // Why: of what a plan's commands write most is no report; of what the settings call one, it is said.
      if (config.reports.some((glob) => matchesGlob(glob, file.path)))
        unread.push({ path: file.path, reason: read.reason });
    } else {
      const newer = newerThan(file, read.content, code);
      reports.push({
        ...read.content,
        path: file.path,
        format: read.format,
        bytes: file.size,
        writtenAtMs: file.mtimeMs,
        ...(newer === undefined ? {} : { newer }),
      });
    }
  }
  return { reports, unread, patterns: config.reports };
}

/** Names of files in one report that are looked for. */
const mostLookups = 500;

/** Why: what the program itself reported of documents, or what was measured elsewhere, says nothing about this code. */
function believed({ host, root }: Session, read: ReadReport, code: readonly CodeFile[]): ReadReport {
  if ("reason" in read) return read;
  if (read.content.tool === "iplan check") return { reason: "it holds findings of iplan check, no test" };
  const names = namesIn(read.content);
  const [first] = names;
  const isHere = (name: string): boolean => {
    const inside = name.startsWith(`${root}/`) ? name.slice(root.length + 1) : name;
    const isRelative = !inside.startsWith("/") && !inside.split("/").includes("..");
    return (
      (isRelative && host.files.stat(`${root}/${inside}`) !== undefined) ||
      code.some(({ path }) => isSamePath(name, path) || path.endsWith(`/${inside}`))
    );
  };
  if (first === undefined || [...names].slice(0, mostLookups).some(isHere)) return read;
  return { reason: `it speaks of files that are not in this workspace, such as ${first}` };
}

/** Files that a report names, as it names them. */
function namesIn({ files, tests }: ReportContent): ReadonlySet<string> {
  return new Set([...files.map(({ path }) => path), ...tests.flatMap(({ path }) => path ?? [])]);
}

function readFile(files: Files, root: string, file: ReportFile): ReadReport {
  try {
    return readReport(piecesOf(files, `${root}/${file.path}`, file.size));
  } catch (error) {
    if (!(error instanceof IplanError)) throw error;
    return { reason: "it cannot be read" };
  }
}

/** Why: a report may be larger than memory. */
function* piecesOf(files: Files, path: string, size: number): Generator<Uint8Array> {
  for (let offset = 0; offset < size; offset += pieceBytes) {
    const piece = files.readSlice(path, offset, Math.min(pieceBytes, size - offset));
    if (piece === undefined || piece.length === 0) return;
    yield piece;
  }
}

function codeFiles({ host, root, config, profile }: Session): readonly CodeFile[] {
  return walkSources(host.files, root, config, profile).flatMap(({ path, role }) => {
    const stat = host.files.stat(`${root}/${path}`);
    return stat === undefined ? [] : [{ path, mtimeMs: stat.mtimeMs, isTest: role === "test" || isTestPath(path) }];
  });
}

/** The newest file of the code that is newer than a report: of the files it names, or else of all code that is no test. */
function newerThan(file: ReportFile, content: ReportContent, code: readonly CodeFile[]): string | undefined {
  const named = namesIn(content);
  const own = named.size === 0 ? [] : code.filter(({ path }) => isNamed(named, path));
  const meant = own.some(({ isTest }) => !isTest) ? own : [...own, ...code.filter(({ isTest }) => !isTest)];
  const newest = meant.reduce<CodeFile | undefined>(
    (latest, each) => (latest === undefined || each.mtimeMs > latest.mtimeMs ? each : latest),
    undefined,
  );
  return newest !== undefined && newest.mtimeMs > file.mtimeMs ? newest.path : undefined;
}

function isNamed(named: ReadonlySet<string>, path: string): boolean {
  if (named.has(path)) return true;
  for (const name of named) if (name.length > path.length && isSamePath(name, path)) return true;
  return false;
}

/** Reads the reports of a workspace once for each set of paths that plans write. */
export function figuresOnce(session: Session): (written: readonly string[]) => Figures {
  const known = new Map<string, Figures>();
  return (written) => {
    const key = JSON.stringify(written);
    const figures = known.get(key) ?? readFigures(session, written);
    known.set(key, figures);
    return figures;
  };
}
