import type { CommandSpec } from "./command-shape.ts";

/** The commands that set a workspace up, read it and check it. */
export const openingCommands: readonly CommandSpec[] = [
  {
    name: "init",
    group: "set up",
    summary: "make or repair a workspace",
    description:
      "Looks at what is there and writes what is missing: the settings with a schema for editors, what git is to ignore, and for each assistant its instructions, server and hooks. Your text is not touched: instructions stand between marks, JSON keeps its order and remarks. Run again, it changes only what is out of date. On a terminal it asks; elsewhere it never does.",
    arguments: [],
    options: [
      {
        name: "assistants",
        value: "claude,gemini,…|none",
        summary: "whom to write files for: claude, gemini, cursor, vscode, codex (those whose files are there)",
      },
      { name: "docs", value: "dir", summary: "directory of documents (where they are, else docs)" },
      { name: "tree", summary: "make a folder for each layer in it" },
      { name: "yes", summary: "ask nothing, and write blocks that were changed by hand anew" },
      { name: "dry-run", summary: "show each file as a diff, write nothing" },
      { name: "remove", summary: "take away exactly what was written" },
    ],
    examples: [
      { line: "iplan init --dry-run", does: "shows what would be written" },
      { line: "iplan init --assistants claude,gemini", does: "writes it, with files for two assistants" },
      { line: "iplan init --remove", does: "takes it all away again" },
    ],
  },
  {
    name: "new",
    group: "set up",
    summary: "write the next document of a type",
    description:
      "Writes a document with every section of its type. Its number is the next that no branch, worktree or index has. With --from it carries the tags that its parents lead to, the parents list it, and the registry documents that exist are brought up to date; a plan made from a task list has its phases and tasks, what the chain decides, and verifications by the project's own test runner. What only a person can say stands in [brackets], and `check` names each place.",
    arguments: [
      {
        name: "type",
        required: true,
        summary: "brd, prd, ears, bdd, adr, sys, req, impl, ctr, spec, tasks, icon or iplan",
      },
    ],
    options: [
      {
        name: "from",
        value: "id",
        many: true,
        summary: "document or element it is made from",
      },
      {
        name: "import",
        value: "path",
        summary: "for a plan: file or folder of spec-kit, OpenSpec, Kiro, cc-sdd or Backlog.md to draft it from",
      },
      {
        name: "follows",
        value: "plan",
        summary: "for a plan: the plan it continues, which it names; its parents when --from is left out",
      },
      { name: "title", value: "text", summary: "title; that of the parent when it is left out" },
      { name: "dry-run", summary: "show what would be written, and write nothing" },
    ],
    examples: [
      { line: "iplan new brd --title 'Parcel handover'", does: "begins a chain: docs/BRD/BRD-001_parcel_handover.md" },
      { line: "iplan new prd --from BRD-001", does: "goes on with all that BRD-001 asks for" },
      { line: "iplan new req --from SYS-001:FUNC-001 --title Deposit", does: "answers one element" },
      { line: "iplan new iplan --from TASKS-001", does: "plans what a task list asks for" },
      { line: "iplan new iplan --from TASKS-001 --dry-run", does: "shows that plan, and writes nothing" },
      { line: "iplan new iplan --title 'Rate limiter'", does: "writes a plan that stands alone" },
      { line: "iplan new iplan --import specs/001-limits/tasks.md", does: "drafts a plan from another tool's tasks" },
    ],
  },
  {
    name: "doctor",
    group: "set up",
    summary: "what is installed, found, stale or broken",
    description:
      "Looks at bash, git, the workspace, its configuration, its plans and their state, and says what to do. Runs nothing of a plan.",
    arguments: [],
    options: [{ name: "plan", value: "id", summary: "look at this plan's prerequisites too" }],
    examples: [
      { line: "iplan doctor", does: "looks at this machine and workspace" },
      { line: "iplan doctor --plan IPLAN-001", does: "adds the prerequisites of a plan" },
    ],
  },
  {
    name: "show",
    group: "read",
    summary: "a document as it was understood",
    description:
      "Shows a plan as a page, any other document with its tags, what it defines and who names it. With a step and --output it shows what that step of a plan printed.",
    arguments: [
      { name: "document", required: true, summary: "id or path" },
      { name: "step", required: false, summary: "number of a step" },
    ],
    options: [
      { name: "explain", summary: "how each block and outcome was understood, and why" },
      { name: "output", summary: "what the step printed when it last ran" },
    ],
    examples: [
      { line: "iplan show IPLAN-001", does: "the plan as a page" },
      { line: "iplan show REQ-003", does: "tags with their status, definitions, and who names them" },
      { line: "iplan show IPLAN-001 --explain", does: "what runs, what proves, what stays for people" },
      { line: "iplan show IPLAN-001 3 --output", does: "what step 3 printed" },
    ],
  },
  {
    name: "check",
    group: "read",
    summary: "find what is wrong in documents",
    description:
      "Checks plans and other documents by all rules and prints each plan's readiness. Without arguments the whole workspace is checked; templates are checked only when named.",
    arguments: [{ name: "target", required: false, many: true, summary: "ids or paths" }],
    options: [
      { name: "score", summary: "every point that was lost, and how to win it back" },
      { name: "fix", summary: "make the edits whose result is certain" },
      { name: "dry-run", summary: "with --fix: show the edits as a diff, make none" },
      { name: "format", value: "text|json|sarif|junit|github|markdown", summary: "how to print the findings" },
      { name: "by", value: "document|cause", summary: "how to group them as text (document)" },
      { name: "baseline", value: "file", summary: "findings recorded there do not count" },
      { name: "write-baseline", value: "file", summary: "record all findings there are now, and exit 0" },
      { name: "since", value: "rev", summary: "findings that this revision had already do not count" },
      { name: "suspect", summary: "ask git which sources changed after what follows from them" },
      { name: "accept", summary: "record that the documents agree with what they follow from, as both are now" },
      { name: "max-warnings", value: "number", summary: "fail when there are more warnings" },
    ],
    examples: [
      { line: "iplan check", does: "checks the workspace" },
      { line: "iplan check IPLAN-001 --score", does: "explains the readiness score" },
      { line: "iplan check --fix", does: "heals what can be healed for certain" },
      { line: "iplan check --fix --dry-run", does: "shows what that would change" },
      { line: "iplan check --suspect", does: "adds sources that changed after what follows from them" },
      { line: "iplan check REQ-003 --accept", does: "records that a document still agrees with its sources" },
      { line: "iplan check --since main --format github", does: "annotates a pull request with its new findings" },
    ],
  },
];
