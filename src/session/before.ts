import { IplanError } from "#model/errors";
import type { Finding } from "#model/finding";
import type { Git, Host } from "#model/ports";
import { applyBaseline, type BaselineEntry, type PlacesOf, readBaseline, writeBaseline } from "#rules/baseline";
import { type MovedFinding, movedFindings } from "#rules/finding-factory";
import { distrustOf } from "./distrusted.ts";
import { outputPath } from "./output-file.ts";
import { renamedSince } from "./renamed-files.ts";
import { createRevisionFiles } from "./revision-files.ts";
import { sourceText } from "./trace-documents.ts";
import { openSession, type Session } from "./session.ts";

/** Where the findings that were there before come from. */
export interface BeforeOptions {
  /** Path of a baseline file as the user named it. */
  readonly baseline: string | undefined;
  /** A revision of git. */
  readonly since: string | undefined;
}

/** What was compared. */
export interface Compared {
  readonly findings: readonly Finding[];
  /** Findings that are gone; absent when nothing was compared. */
  readonly gone?: readonly BaselineEntry[];
}

/** Marks the findings that were there before. `checkThen` checks the workspace as it was at a revision. */
export async function compareWithBefore(
  session: Session,
  findings: readonly Finding[],
  options: BeforeOptions,
  checkThen: (then: Session, renamed: ReadonlyMap<string, string>) => Promise<readonly Finding[]>,
): Promise<Compared> {
  if (options.baseline === undefined && options.since === undefined) return { findings };
  const known = options.baseline === undefined ? [] : readBaselineFile(session, options.baseline);
  // Why: before a first commit nothing was there, so that a hook may ask for what is new since `HEAD` at any time.
  if (options.since === undefined || (options.since === "HEAD" && isWithoutCommit(session.host.git(session.root))))
    return applyBaseline(findings, known, placesIn(session));
  const then = await openRevision(session, options.since);
  const renamed = renamedSince(session, then);
  const before = underNewNames(then, await checkThen(then, renamed), renamed);
  return applyBaseline(findings, [...known, ...before], placesIn(session));
}

/** Tells what the places of findings cover in a workspace. */
function placesIn(session: Session): PlacesOf {
  const { hash } = session.host;
  return ({ cause, path, range, related = [] }) => {
    const text = cause === undefined ? undefined : sourceText(session, path);
    if (text === undefined) return undefined;
    const ranges = [range, ...related.flatMap((one) => (one.path === path ? one.range : []))];
    return ranges.map(({ start, end }) => hash.sha256(text.slice(start.offset, end.offset)).slice(0, 8)).sort();
  };
}

/** Findings of documents that were renamed since, as if their files had been called then what they are called now. */
function underNewNames(
  then: Session,
  findings: readonly Finding[],
  renamed: ReadonlyMap<string, string>,
): readonly BaselineEntry[] {
  const placesOf = placesIn(then);
  const entryOf = (finding: Finding, { fingerprint, path, ...its }: Finding | MovedFinding): BaselineEntry => {
    const places = placesOf(finding);
    return { fingerprint, rule: finding.rule, path, places, ...("other" in its ? { other: its.other } : {}) };
  };
  if (renamed.size === 0) return findings.map((finding) => entryOf(finding, finding));
  const newNames = new Map([...renamed].map(([path, old]) => [old, path]));
  const moved = new Map<string, Finding[]>();
  const same: BaselineEntry[] = [];
  for (const finding of findings) {
    if (!newNames.has(finding.path)) same.push(entryOf(finding, finding));
    else moved.set(finding.path, [...(moved.get(finding.path) ?? []), finding]);
  }
  for (const [old, its] of moved) {
    const text = sourceText(then, old) ?? "";
    const now = movedFindings(its, { path: newNames.get(old) ?? old, text, hash: then.host.hash });
    const places = new Map(its.map((one) => [one.range, one]));
    for (const one of now) same.push(entryOf(places.get(one.range) ?? one, one));
  }
  return same;
}

function readBaselineFile(session: Session, path: string): readonly BaselineEntry[] {
  const bytes = session.host.files.read(absolutePath(session, path));
  if (bytes !== undefined) return readBaseline(path, new TextDecoder().decode(bytes));
  throw new IplanError(
    "usage/baseline",
    `There is no baseline ${path}.`,
    `Write it: iplan check --write-baseline ${path}`,
  );
}

/** Writes the findings as the baseline; returns the path it was told. */
export function writeBaselineFile(session: Session, path: string, findings: readonly Finding[]): void {
  const { files } = session.host;
  const absolute = outputPath(session, path, "baseline", "docs/baseline.json");
  if (files.stat(absolute) !== undefined) readBaselineFile(session, path);
  files.writeAtomic(absolute, new TextEncoder().encode(writeBaseline(findings, placesIn(session))));
}

function absolutePath(session: Session, path: string): string {
  return path.startsWith("/") ? path : `${session.cwd}/${path.replace(/^(?:\.\/)+/u, "")}`;
}

function isWithoutCommit(git: Git): boolean {
  return git.head() === undefined && git.branch() !== undefined;
}

/** The workspace as it was at a revision of git. Throws `usage/revision` for one that git does not know. */
export async function openRevision(session: Session, revision: string): Promise<Session> {
  const git = session.host.git(session.root);
  const tree = git.tree(revision);
  if (tree === undefined && git.branch() === undefined && git.head() === undefined) {
    const distrust = distrustOf(session.host, session.root);
    if (distrust !== undefined) throw new IplanError("usage/revision", distrust.message, distrust.cure);
    throw new IplanError(
      "usage/revision",
      `${session.root} lies in no git repository, so there is no revision to compare with.`,
      "Name what changed instead, such as iplan impact REQ-001, or check everything: iplan check",
    );
  }
  if (tree === undefined && isWithoutCommit(git)) {
    throw new IplanError(
      "usage/revision",
      "This repository has no commit yet, so there is no revision to compare with.",
      "Commit first: git commit",
    );
  }
  if (tree === undefined) {
    throw new IplanError(
      "usage/revision",
      `git knows no revision ${revision} here.`,
      "Name a commit, branch or tag of this repository. In a shallow clone fetch it first: git fetch --unshallow",
    );
  }
  const host: Host = { ...session.host, files: createRevisionFiles(session.host.files, session.root, tree) };
  return openSession(host, session.root);
}
