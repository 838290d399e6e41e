import { fillPlan } from "#author/import/fill-plan";
import type { ImportedPlan, ImportFile, ImportRemark } from "#author/import/imported-plan";
import { type PlanPlace, planTexts } from "#author/import/plan-texts";
import { formatOf, readImport } from "#author/import/read-import";
import { numberTasks } from "#author/import/task-numbers";
import { readManifests } from "#author/plan-facts/manifests";
import { unknownVerification, verificationOf } from "#author/plan-facts/verification";
import { IplanError } from "#model/errors";
import { relativePath } from "#model/relative-path";
import type { Profile } from "#profile/profile";
import { manifestsOf } from "./plan-facts.ts";
import { findTarget } from "./setup/file-change.ts";
import type { Session } from "./session.ts";

/** Another tool's plan, read, with what fills a new plan of ours. */
export interface ImportedWork {
  readonly plan: ImportedPlan;
  /** What was not taken over as it stands, in the order of files and lines. */
  readonly remarks: readonly ImportRemark[];
  /** The text of a new plan with what was imported in it. */
  fill(text: string, path: string, profile: Profile): string;
}

/** More files than this are no plan of one tool. */
const mostFiles = 500;

/**
 * Reads what lies at a path of the workspace: a file, or the folder of a specification or change. Throws `usage/arguments` for what is no
 * plan of a tool that is known, and `host/…` for what cannot be read.
 */
export function readImportedWork(session: Session, given: string): ImportedWork {
  const path = workspacePath(session, given);
  const { files, left } = filesAt(session, path);
  const format = formatOf(files);
  if (format === undefined) {
    throw new IplanError(
      "usage/arguments",
      `${given} holds no plan that can be imported.`,
      "Known are tasks.md of spec-kit, openspec/changes/ID, .kiro/specs/NAME (cc-sdd too), and tasks of Backlog.md.",
    );
  }
  const plan = readImport(format, files);
  if (plan.phases.every(({ tasks }) => tasks.length === 0)) {
    throw new IplanError(
      "usage/arguments",
      `There is no task in ${given}; nothing was written.`,
      "Name the file or folder that holds the tasks.",
    );
  }
  const numbered = numberTasks(plan);
  return {
    plan,
    remarks: [...plan.remarks, ...numbered.remarks, ...left.map(unread)].sort((a, b) =>
      a.path === b.path ? a.first - b.first : a.path < b.path ? -1 : 1,
    ),
    fill: (text, planPath, profile) =>
      fillPlan(text, profile, planTexts(plan, numbered, placeOf(session, planPath, profile))).replace(
        /^(\|[^|\n]*Effort[^|\n]*\|) *1 hour *\|$/mu,
        "$1 [X hours] |",
      ),
  };
}

function placeOf(session: Session, planPath: string, profile: Profile): PlanPlace {
  const project = readManifests(manifestsOf(session));
  const isThere = (path: string): boolean => session.host.files.stat(`${session.root}/${path}`) !== undefined;
  return {
    linkTo: (file) => relativePath(planPath, file),
    isThere,
    prove(id, { name, files, details, acceptance }) {
      const missing = files.filter((file) => !isThere(file));
      // Why: where all files are there, what is known would pass before anything was done.
      if (missing.length === 0) return [];
      const said = details.map((text) => ({ text, depth: 0 as const }));
      const commands = verificationOf(
        { id, name, files: missing, details: said, acceptance },
        { project, chain: [] },
        profile,
      );
      return commands.includes(unknownVerification) ? [] : commands;
    },
  };
}

function workspacePath(session: Session, given: string): string {
  const absolute = given.startsWith("/") ? given : `${session.cwd}/${given.replace(/^(?:\.\/)+/u, "")}`;
  const real = session.host.files.realPath(absolute.replace(/\/+$/u, ""));
  const root = session.host.files.realPath(session.root) ?? session.root;
  if (real === undefined)
    throw new IplanError("usage/arguments", `There is no ${given}.`, "Name a file or folder that is there.");
  if (real.startsWith(`${root}/`)) return real.slice(root.length + 1);
  throw new IplanError(
    "host/outside-workspace",
    `${given} lies outside the workspace.`,
    "Copy it into the workspace first.",
  );
}

/** The file, or the text files of a folder that tools keep plans in, at most two folders deep. */
function filesAt(
  { host, root }: Session,
  path: string,
): { readonly files: readonly ImportFile[]; readonly left: readonly string[] } {
  const found: string[] = [];
  const enter = (folder: string, depth: number): void => {
    for (const { name, kind } of [...host.files.list(`${root}/${folder}`)].sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const inner = `${folder}/${name}`;
      if (kind === "file" && (name.endsWith(".md") || name === "spec.json")) found.push(inner);
      else if (kind === "directory" && depth > 0 && name === "specs") enter(inner, 2);
      else if (kind === "directory" && depth > 0 && folder.endsWith("/specs")) enter(inner, depth - 1);
    }
  };
  if (host.files.stat(`${root}/${path}`)?.kind === "directory") enter(path, 2);
  else found.push(path);
  const chosen = plansOnly(found.slice(0, mostFiles));
  const files = chosen.map((file) => {
    const target = findTarget(host.files, root, file);
    if (typeof target !== "string") return { path: file, text: target.source?.text ?? "" };
    throw new IplanError(
      "host/unreadable",
      `${file} ${target}; nothing was imported.`,
      "Mend it, or name another file.",
    );
  });
  return { files, left: found.filter((file) => !chosen.includes(file)) };
}

function unread(path: string): ImportRemark {
  return { path, first: 1, last: 1, text: "", why: "was not read; a plan has no place for it" };
}

/** Why: beside a list of tasks lie documents that speak of it; of a folder without one all files are tasks. */
function plansOnly(files: readonly string[]): readonly string[] {
  const known = /(?:^|\/)(?:tasks|proposal|design|requirements)\.md$|(?:^|\/)spec\.json$|\/specs\/.*\/spec\.md$/u;
  const isSpecified = files.some((file) => /(?:^|\/)(?:tasks|proposal)\.md$/u.test(file));
  return isSpecified ? files.filter((file) => known.test(file)) : files;
}
