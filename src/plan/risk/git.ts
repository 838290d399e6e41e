import { hasOption, subcommand } from "../shell/invocation.ts";
import { type RiskFinding, type RiskRule, fetches, found } from "./risk-finding.ts";

type GitRule = (values: readonly string[]) => readonly RiskFinding[];

const looks: GitRule = () => [];
const changes: GitRule = () => found("workspace", "changes the repository");

/** Lists unless it was given something to make or an option that changes. */
function listsUnless(...options: readonly string[]): GitRule {
  return (values) =>
    hasOption(values, ...options) ||
    (values.some((value) => !value.startsWith("-")) && !hasOption(values, "-l", "--list", "--contains", "--merged"))
      ? changes(values)
      : [];
}

const push: GitRule = (values) => {
  if (hasOption(values, "-n", "--dry-run")) return fetches("asks the remote");
  const published = found("publish", "publishes commits");
  const forced =
    hasOption(values, "--force", "-f", "--force-with-lease", "--delete", "-d", "--prune", "--mirror") ||
    values.some((value) => /^\+|^:/.test(value));
  return forced ? [...published, ...found("destructive", "overwrites or deletes published branches")] : published;
};

const reset: GitRule = (values) =>
  hasOption(values, "--hard", "--merge", "--keep")
    ? found("destructive", "throws away uncommitted changes")
    : changes(values);

const clean: GitRule = (values) =>
  hasOption(values, "-n", "--dry-run") ? [] : found("destructive", "deletes files that are not committed");

const checkout: GitRule = (values) => {
  const discards = values.includes("--") || values.includes(".") || hasOption(values, "-f", "--force");
  return discards ? found("destructive", "throws away uncommitted changes") : changes(values);
};

const restore: GitRule = (values) =>
  hasOption(values, "--staged", "-S") && !hasOption(values, "--worktree", "-W")
    ? changes(values)
    : found("destructive", "throws away uncommitted changes");

const branch: GitRule = (values) =>
  hasOption(values, "-D") || (hasOption(values, "-d", "--delete") && hasOption(values, "-f", "--force"))
    ? found("destructive", "deletes a branch that may not be merged")
    : listsUnless("-d", "-m", "-M", "-c", "-u", "--set-upstream-to", "--delete", "--move")(values);

const switchBranch: GitRule = (values) =>
  hasOption(values, "-f", "--force", "--discard-changes")
    ? found("destructive", "throws away uncommitted changes")
    : changes(values);

const removeTracked: GitRule = (values) =>
  hasOption(values, "--cached") || !hasOption(values, "-r", "-f", "--force")
    ? changes(values)
    : found("destructive", "deletes files with their changes");

const stash: GitRule = (values) => {
  const [action] = values;
  if (action === "list" || action === "show") return [];
  return action === "drop" || action === "clear"
    ? found("destructive", "throws away stashed changes")
    : changes(values);
};

const config: GitRule = (values) => {
  if (
    hasOption(values, "--get", "--get-all", "--get-regexp", "--list", "-l") ||
    values[0] === "get" ||
    values[0] === "list"
  )
    return [];
  if (hasOption(values, "--global", "--system"))
    return found("outside", "changes git's settings of this user or machine");
  return values.filter((value) => !value.startsWith("-")).length < 2 && !hasOption(values, "--unset")
    ? []
    : changes(values);
};

const remote: GitRule = (values) => {
  const [action] = values;
  if (action === "update" || action === "show" || action === "prune") return fetches("asks the remote");
  return action === undefined || action.startsWith("-") || action === "get-url" ? [] : changes(values);
};

const fetching: GitRule = () => fetches("fetches from a remote");
const rewriting: GitRule = () => found("destructive", "rewrites history");

const subcommands: Readonly<Record<string, GitRule>> = {
  status: looks,
  log: looks,
  diff: looks,
  show: looks,
  "rev-parse": looks,
  "rev-list": looks,
  "ls-files": looks,
  "ls-tree": looks,
  describe: looks,
  blame: looks,
  grep: looks,
  shortlog: looks,
  "cat-file": looks,
  "check-ignore": looks,
  "merge-base": looks,
  "name-rev": looks,
  "for-each-ref": looks,
  "show-ref": looks,
  "symbolic-ref": looks,
  "diff-index": looks,
  "diff-tree": looks,
  "count-objects": looks,
  fsck: looks,
  help: looks,
  version: looks,
  var: looks,
  push,
  reset,
  clean,
  checkout,
  restore,
  switch: switchBranch,
  rm: removeTracked,
  svn: (values) => (values[0] === "dcommit" ? found("publish", "publishes commits") : fetches("fetches from a remote")),
  "send-email": () => found("publish", "sends mail"),
  branch,
  stash,
  config,
  remote,
  tag: (values) =>
    hasOption(values, "-d", "--delete") ? changes(values) : listsUnless("-a", "-s", "-m", "-f")(values),
  worktree: (values) =>
    values[0] === "list"
      ? []
      : values[0] === "remove" && hasOption(values, "-f", "--force")
        ? found("destructive", "deletes a worktree with its changes")
        : changes(values),
  fetch: fetching,
  pull: fetching,
  clone: fetching,
  "ls-remote": () => found("network", "asks the remote"),
  submodule: (values) => (["update", "add"].includes(values[0] ?? "") ? fetching(values) : changes(values)),
  lfs: (values) =>
    ["pull", "fetch"].includes(values[0] ?? "")
      ? fetching(values)
      : values[0] === "push"
        ? push(values)
        : changes(values),
  "filter-branch": rewriting,
  "filter-repo": rewriting,
  "update-ref": (values) => (hasOption(values, "-d") ? rewriting(values) : changes(values)),
  reflog: (values) => (["expire", "delete"].includes(values[0] ?? "") ? rewriting(values) : []),
  gc: (values) => (values.some((value) => value.startsWith("--prune=now")) ? rewriting(values) : changes(values)),
};

/** What a call of git touches, by its subcommand. */
export const git: RiskRule = (call) => {
  const sub = subcommand(call, ["-C", "-c", "--git-dir", "--work-tree", "--namespace"]);
  if (sub === undefined) return [];
  const values = sub.rest.map((word) => word.literal ?? word.raw);
  return (Object.hasOwn(subcommands, sub.name) ? subcommands[sub.name] : undefined)?.(values) ?? changes(values);
};
