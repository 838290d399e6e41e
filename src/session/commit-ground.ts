import { IplanError } from "#model/errors";
import type { GitGround } from "#model/ports";
import { distrustOf } from "./distrusted.ts";
import type { Session } from "./session.ts";

/** What the commit would be made on. Throws `run/no-repository` or `run/unfinished-git` where none can be made. */
export function commitGround(session: Session): GitGround {
  const { host, root } = session;
  const ground = host.git(root).ground();
  if (ground === undefined) throw noRepository(session);
  if (ground.unfinished === undefined) return ground;
  const { unfinished } = ground;
  throw new IplanError(
    "run/unfinished-git",
    `A ${nameOf[unfinished]} has begun and not ended; a commit of the plan's files would become a part of it.`,
    `End it first: git ${commandOf[unfinished]} --continue, or git ${commandOf[unfinished]} --abort.`,
  );
}

const nameOf: Readonly<Record<NonNullable<GitGround["unfinished"]>, string>> = {
  merge: "merge",
  rebase: "rebase",
  "cherry-pick": "cherry-pick",
  revert: "revert",
  apply: "series of patches",
};

const commandOf: Readonly<Record<NonNullable<GitGround["unfinished"]>, string>> = {
  merge: "merge",
  rebase: "rebase",
  "cherry-pick": "cherry-pick",
  revert: "revert",
  apply: "am",
};

function noRepository({ host, root }: Session): IplanError {
  if (host.machine.which("git") === undefined)
    return new IplanError("run/no-repository", "git is not installed, or not on PATH.", "Install git 2.30 or later.");
  const distrust = distrustOf(host, root);
  if (distrust !== undefined) return new IplanError("run/no-repository", distrust.message, distrust.cure);
  return new IplanError(
    "run/no-repository",
    `${root} is in no git repository that git works in here.`,
    "See what git says: git status. A new repository: git init.",
  );
}
