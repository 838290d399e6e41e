import { parseReceipt, receiptPath } from "#author/receipt";
import { sameBytes } from "#author/write-document";
import { type ChosenFiles, chooseFiles } from "#guide/commit-files";
import { satisfiedBy } from "#guide/commit-work";
import type { Completion } from "#guide/completion";
import { takeLock } from "#journal/lock";
import { planSlug } from "#journal/plan-journals";
import { planRecordOf } from "#journal/plan-record";
import { committedReason } from "#journal/replay";
import { prepareState } from "#journal/workspace-state";
import { IplanError } from "#model/errors";
import type { GitGround } from "#model/ports";
import type { PlanRecord, UnitRecord } from "#model/understanding";
import type { PlanView } from "./plan-view.ts";
import type { PlanDocument } from "./plans.ts";
import type { Session } from "./session.ts";

/** Paths of a plan's documents and of its receipt. */
export function ownPaths({ parts, path }: PlanDocument): readonly string[] {
  return [...parts.map((part) => part.path), receiptPath(path)];
}

/** What of all that differs from the last commit belongs to the plan. Throws `usage/arguments` for a named path that does not differ. */
export function chosenFiles(
  session: Session,
  { document, understood, memory }: PlanView,
  ground: GitGround,
  also: readonly string[],
): ChosenFiles {
  const { host, root } = session;
  const git = host.git(root);
  const paths = git.changes() ?? [];
  const unknown = also.find((path) => !paths.includes(path));
  if (unknown !== undefined) {
    throw new IplanError(
      "usage/arguments",
      `${unknown} does not differ from the last commit.`,
      "Name a path below the workspace as `git status` does, or leave --with out.",
    );
  }
  const chosen = chooseFiles(understood, memory?.runs ?? [], {
    paths,
    writtenAt: (path) => host.files.stat(`${root}/${path}`)?.mtimeMs,
    submodules: ground.submodules,
    own: ownPaths(document),
    also,
  });
  return onlyReceiptOfCommit(session, document, chosen) ? { files: [], left: chosen.left } : chosen;
}

/** Why: the receipt names its commit, so that it always differs from what was committed; that alone is nothing to commit. */
function onlyReceiptOfCommit(session: Session, { path }: PlanDocument, { files }: ChosenFiles): boolean {
  const receipt = receiptPath(path);
  if (files.length !== 1 || files[0]?.path !== receipt) return false;
  const tree = session.host.git(session.root).tree("HEAD");
  const file = tree?.files.find((each) => each.path === receipt);
  const before = file === undefined ? undefined : tree?.read([file])[0];
  const now = session.host.files.read(`${session.root}/${receipt}`);
  return before !== undefined && now !== undefined && saidBy(before) === saidBy(now);
}

/** What a receipt says of units, without when, where and by whom it was found again. */
function saidBy(bytes: Uint8Array): string {
  const { lines } = parseReceipt(new TextDecoder("utf-8").decode(bytes));
  return lines
    .filter((line) => line.kind !== "commit")
    .map(({ kind, unit, subject, verdict, reason, override }) =>
      JSON.stringify([kind, unit, subject, verdict, reason, override]),
    )
    .join("\n");
}

/** The plan's record as it will be once the commit stands: what is committed then says so itself. */
export function recordAsCommitted(view: PlanView, { work }: Completion, at: string): PlanRecord {
  const own: PlanRecord =
    view.memory === undefined ? { source: "journal", units: new Map() } : planRecordOf(view.memory);
  const units = new Map(own.units);
  for (const [key, subject] of Object.entries(satisfiedBy(work, view.standing)))
    units.set(key, asCommitted(subject, at));
  return { ...own, units };
}

function asCommitted(subject: string, at: string): UnitRecord {
  const reason = committedReason;
  return { verdict: "verified", reason, subject, at, evidence: [], attempts: 0, committed: true };
}

/** Contents of the plan's own files, to be put back when the commit is not made. */
export function keepOwn({ host: { files }, root }: Session, document: PlanDocument): { restore(): void } {
  const kept = ownPaths(document).map((path) => [`${root}/${path}`, files.read(`${root}/${path}`)] as const);
  return {
    restore() {
      for (const [path, before] of kept) {
        const now = files.read(path);
        if (now === undefined || (before !== undefined && sameBytes(now, before))) continue;
        if (before === undefined) files.remove(path);
        else files.writeAtomic(path, before);
      }
    },
  };
}

/** Holds the plan and the worktree while its files are committed. Throws `journal/locked` while a run holds them. */
export function holdForCommit({ host, root }: Session, { id }: PlanDocument): { release(): void } {
  const key = host.trust(root).key({ create: true });
  if (key === undefined)
    throw new IplanError("host/state-unusable", "This workspace's key could not be made.", "See `iplan doctor`.");
  const { locks } = prepareState(host.files, root);
  const names = [`plan-${planSlug(id)}`, "worktree"];
  const held: { release(): void }[] = [];
  const release = (): void => {
    for (const lock of held.splice(0).reverse()) lock.release();
  };
  try {
    for (const name of names) held.push(takeLock({ folder: locks, name, purpose: `iplan commit ${id}`, key }, host));
  } catch (error) {
    release();
    throw error;
  }
  return { release };
}
