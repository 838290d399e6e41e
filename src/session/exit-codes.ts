import type { ExitCode } from "#model/errors";

/** What an exit code says in general, in the order in which the first that holds is given. */
export const exitMeanings: readonly (readonly [ExitCode, string])[] = [
  [2, "could not do it"],
  [130, "interrupted"],
  [6, "locked"],
  [5, "approval needed"],
  [7, "a decision is needed"],
  [1, "findings or a failure"],
  [4, "left for people"],
  [3, "nothing was checked"],
  [0, "done"],
];

type CommandCodes = Readonly<Partial<Record<ExitCode, string>>>;

const misused = "usage, an unreadable file, no such plan, or two plans of that id";

/** When each command ends with which exit code; `""` is `iplan` alone. */
export const exitCodesOf: Readonly<Record<string, CommandCodes>> = {
  "": { 0: "shown", 2: misused },
  init: {
    0: "everything is there; written, or nothing to change",
    1: "a file was left alone: broken JSON, marks that do not fit, a link out of the workspace",
    2: "usage, a directory that may not be written, --remove asked by an assistant",
  },
  new: {
    0: "written, or with --dry-run shown",
    2: "usage, a parent that is not there, of a wrong layer or broken, or the file is there already",
    6: "another process gives out numbers and does not end",
  },
  mcp: { 0: "the client closed the connection", 2: "usage" },
  doctor: { 0: "nothing is broken", 1: "something is broken or missing", 2: `${misused}; no bash 5` },
  show: { 0: "shown", 2: `${misused} or step` },
  check: {
    0: "no error",
    1: "an error, or more warnings than allowed",
    2: "usage, a file outside of the workspace, no such baseline or revision",
    3: "no document was found, or what was named is not there",
  },
  run: {
    0: "what was asked for is verified",
    1: "failed, suspect, stale or unverifiable",
    2: "usage, a template, placeholders, syntax errors, a missing tool, no bash",
    3: "the plan has no step",
    4: "only work or judgement for people is left",
    5: "commands are not approved, or one wants a confirmation",
    6: "another run holds the plan or the worktree; somebody else took what is open",
    7: "an interrupted step needs a decision",
    130: "stopped by Ctrl-C or SIGTERM",
  },
  verify: {
    0: "what was asked for is verified; with --audit: all that is called done is still true; with --bundle: it is whole, and the plan verified by it",
    1: "failed, suspect, stale or unverifiable; with --audit: something is not what it is called; with --bundle: something in it was changed, or its plan is one of these",
    2: "usage, syntax errors, no bash; no bundle, no key",
    3: "nothing in it can be verified; with --audit: nothing was called done that could be asked",
    4: "only work or judgement for people is left; with --bundle: or it was not run to its end",
    5: "verifications are not approved",
    6: "a run holds the plan; somebody else took the unit",
    7: "an interrupted step needs a decision",
    130: "stopped by Ctrl-C or SIGTERM",
  },
  next: {
    0: "a unit to work on, or all is done",
    2: `${misused}; no such step or task`,
    3: "there is no plan",
    4: "only signatures are left, or what is left is blocked",
    6: "somebody else works on all that could be begun, or on what was named",
  },
  status: {
    0: "nothing failed; work may be pending",
    1: "a plan is failed, suspect, stale or unverifiable; a journal is damaged",
    2: `${misused}; one of many plans cannot be read`,
    3: "there is no plan",
    4: "a plan waits for people",
    7: "a plan has an interrupted step",
  },
  registry: {
    0: "written, or up to date",
    1: "with --check: one is missing or out of date; a generated region is damaged",
    2: "usage, an unreadable file",
    3: "no document was found",
  },
  hook: {
    0: "the assistant goes on",
    1: "the call could not be answered; it keeps nobody from anything",
    2: "the assistant is kept from what it was about to do, and told why",
  },
  note: { 0: "recorded", 2: misused },
  sign: { 0: "recorded", 2: `${misused} or unit; no reason; already verified; asked by an assistant` },
  commit: {
    0: "committed, or committed already; with --dry-run: it would be",
    1: "not verified; a hook or git refused",
    2: `${misused}; no repository, a merge or rebase under way; a reason given by an assistant`,
    3: "nothing to commit, and nothing ever was",
    4: "not committed: work for people is left",
    6: "a run holds the plan or the worktree",
    7: "not committed: an interrupted step needs a decision",
    130: "stopped by Ctrl-C",
  },
  trace: { 0: "shown", 2: "usage, or no such document or element" },
  impact: { 0: "shown", 2: "usage, no such document or element, or no such revision" },
  export: {
    0: "printed or written",
    2: "usage, an unreadable file or key, a damaged journal, an output outside of the workspace or that is something else; a seal asked by an assistant",
    3: "no document was found; nothing is recorded of the plan",
  },
  trust: {
    0: "approved",
    2: `${misused}; asked by an assistant`,
    3: "nothing in the plan runs",
    5: "not approved, or not the set that was named",
  },
};
