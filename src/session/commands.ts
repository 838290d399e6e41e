import { type CommandSpec, type OptionSpec, plan } from "./command-shape.ts";
import { openingCommands } from "./opening-commands.ts";

export type { ArgumentSpec, CommandSpec, ExampleSpec, OptionSpec } from "./command-shape.ts";
const reason: OptionSpec = { name: "reason", value: "text", summary: "why; recorded with who and when" };
const trustSet: OptionSpec = {
  name: "trust",
  value: "sha256",
  summary: "approve exactly this reviewed set of commands, for this run only",
};
const allow: OptionSpec = {
  name: "allow",
  value: "risk",
  many: true,
  summary: "allow commands of a risk that needs a confirmation of its own, such as destructive",
};
const timeout: OptionSpec = {
  name: "timeout",
  value: "duration",
  summary: "longest time for one block, such as 90s or 10m",
};
const secret: OptionSpec = {
  name: "secret",
  value: "name",
  many: true,
  summary: "variable whose value must never be recorded",
};

const holderName: OptionSpec = {
  name: "as",
  value: "name",
  summary: "name of this stretch of work, where several go on in one worktree (or $IPLAN_HOLDER)",
};

/** The one table of commands, in the order of the help page. */
export const commandTable: readonly CommandSpec[] = [
  ...openingCommands,
  {
    name: "trace",
    group: "trace",
    summary: "what something follows from, and what follows from it",
    description:
      "Shows the chain above and below a document or element, from business requirement to test, and the first hop that is broken. The JSON has every link, the page and the diagrams those from a node to its parents.",
    arguments: [
      { name: "target", required: true, summary: "id (REQ-003), element (REQ-003:AC-001), path, or path:line" },
    ],
    options: [
      { name: "format", value: "text|json|mermaid|dot", summary: "how to print the chain" },
      { name: "all", summary: "the whole chain on the page or in the diagram, however large" },
    ],
    examples: [
      { line: "iplan trace REQ-003", does: "both directions of a document" },
      { line: "iplan trace docs/REQ/REQ-003_limits.md:12", does: "the element on a line" },
      { line: "iplan trace REQ-003 --format mermaid", does: "a diagram for a Markdown page" },
    ],
  },
  {
    name: "impact",
    group: "trace",
    summary: "what a change touches",
    description:
      "Lists the documents to review, the code to look at and the tests to run when something changes. Without arguments it is what changed since the last commit; where only elements changed, only what depends on them is listed.",
    arguments: [{ name: "target", required: false, many: true, summary: "ids, elements or paths that change" }],
    options: [
      { name: "since", value: "revision", summary: "what changed since this revision of git" },
      { name: "tests", summary: "print only the paths of the tests to run, from here, one a line" },
      { name: "null", summary: "with --tests: end each path with a NUL instead, for xargs -0" },
    ],
    examples: [
      { line: "iplan impact REQ-003:AC-001", does: "what depends on an element" },
      { line: "iplan impact --since main", does: "what a branch touches" },
      { line: "iplan impact --tests", does: "tests to run, as a list for another tool" },
      { line: "iplan impact --tests --null", does: "the same for xargs -0 -r, which runs nothing for an empty list" },
    ],
  },
  {
    name: "run",
    alias: "resume",
    group: "run",
    summary: "run a plan, or go on where it stopped",
    description:
      "Runs steps and verifications in order, records evidence and ticks what is proved. An unfinished run is continued; verified work is never repeated.",
    arguments: [plan(true)],
    options: [
      { name: "dry-run", summary: "show order, risks, expected time and what is missing; run nothing" },
      { name: "new", summary: "start over with a new run" },
      { name: "from", value: "step", summary: "begin at this step" },
      { name: "until", value: "step", summary: "end after this step" },
      { name: "only", value: "step", summary: "run this step alone" },
      { name: "redo", value: "step", summary: "run this step again even if it is done" },
      { name: "keep-going", summary: "go on after a failure" },
      trustSet,
      allow,
      timeout,
      secret,
      { name: "events", summary: "print the journal's events as they happen, one JSON object a line" },
    ],
    examples: [
      { line: "iplan run IPLAN-001 --dry-run", does: "shows what would happen" },
      { line: "iplan run IPLAN-001", does: "runs it, or goes on" },
      { line: "iplan run IPLAN-001 --redo 3", does: "runs step 3 again" },
    ],
  },
  {
    name: "verify",
    group: "run",
    summary: "run verifications only, and tick what is proved",
    description:
      "Runs the verifications of the plan, of one task or of one step from the state their actions left, and records the verdicts. With --audit everything that document, receipt and journal call done is asked afresh, of one plan or of all; what is not true any more is reported, and document and receipt stay as they are. With --bundle nothing is run: the evidence of a plan is examined in memory, anywhere, without its workspace.",
    arguments: [plan(false), { name: "unit", required: false, summary: "a task (TASK-1.2) or a step (3)" }],
    options: [
      { name: "audit", summary: "ask afresh all that is called done, and report drift" },
      { name: "bundle", value: "file", summary: "examine this evidence bundle instead of a workspace" },
      { name: "key", value: "file", summary: "with --bundle: the ed25519 public key (PEM) it must be sealed by" },
      trustSet,
      allow,
      timeout,
      secret,
    ],
    examples: [
      { line: "iplan verify IPLAN-001", does: "asks every verification" },
      { line: "iplan verify IPLAN-001 TASK-1.2", does: "asks those of one task" },
      { line: "iplan verify --audit", does: "asks whether all that is done in all plans is still true" },
      { line: "iplan verify --bundle IPLAN-001.iplan-bundle.tar", does: "examines what somebody handed over" },
    ],
  },
  {
    name: "next",
    group: "run",
    summary: "the one thing to do now",
    description:
      "Names the first unit that is open, ready and free, with its commands, its verification and what is known of it. Earlier phases come first; inside a phase the order of the document holds, but for steps that say what they need. With --take nobody else is handed it, in no worktree of the repository, until it is proved, given back, or half an hour passes without a command of its holder.",
    arguments: [plan(false)],
    options: [
      { name: "take", summary: "take it, so that nobody else is handed it" },
      { name: "for", value: "unit", summary: "this task (TASK-1.2) or step (3) instead of the first" },
      holderName,
      { name: "full", summary: "everything a fresh reader needs to go on with the plan" },
      {
        name: "max-tokens",
        value: "number",
        summary: "largest size of the answer (1500; with --full of its packet, 6000)",
      },
    ],
    examples: [
      { line: "iplan next", does: "the next unit over all plans" },
      { line: "iplan next --take", does: "takes it" },
      { line: "iplan next IPLAN-001 --for TASK-1.2", does: "everything to do one task" },
    ],
  },
  {
    name: "status",
    group: "run",
    summary: "where every plan stands",
    description: "Shows each plan's phases and verdicts as computed from journal and receipt.",
    arguments: [plan(false)],
    options: [
      { name: "brief", summary: "at most 200 tokens" },
      { name: "criteria", summary: "every criterion, target and scenario by the reports there are now" },
      { name: "risks", summary: "the register of risks, those first whose trigger came about" },
      { name: "effort", summary: "estimates beside the time that was worked, and how estimates turned out" },
    ],
    examples: [
      { line: "iplan status", does: "all plans" },
      { line: "iplan status IPLAN-001", does: "one plan with its steps" },
      { line: "iplan status --risks", does: "the risks of all plans, with the mitigation of those that are active" },
      { line: "iplan status IPLAN-001 --effort", does: "estimated and active time of each phase and task" },
      {
        line: "iplan status IPLAN-001 --criteria",
        does: "target, actual value, report, age and verdict of each criterion",
      },
    ],
  },
  {
    name: "registry",
    group: "trace",
    summary: "write the index and traceability matrix of each type",
    description:
      "Computes X-000_index.md and X-000_TRACEABILITY_MATRIX.md from documents and receipts. Only the text between the two generated markers is written; the same documents give the same bytes on every machine.",
    arguments: [{ name: "type", required: false, summary: "type word such as REQ; all when left out" }],
    options: [{ name: "check", summary: "write nothing; exit 1 when one is missing or out of date" }],
    examples: [
      { line: "iplan registry", does: "writes all of them" },
      { line: "iplan registry REQ", does: "those of one type" },
      { line: "iplan registry --check", does: "for CI: exit 1 when one is out of date" },
    ],
  },
  {
    name: "export",
    group: "trace",
    summary: "the workspace or a plan, for others and for other tools",
    description:
      "csv and needs print every document and element with type, layer, title, place, links in both directions with their status, and verdicts of plans and tasks by receipt: as a table, or as the needs.json of sphinx-needs. html prints one page for people that needs no network: plans with verdicts and evidence, trace, findings and readiness, of the workspace or of one plan and its chain. standard prints a plan, its run, its evidence and its check as JSON in the shapes of the public IPLAN standard. bundle writes the evidence of one plan as a file that `iplan verify --bundle` verifies without the workspace. The same documents and records give the same bytes.",
    arguments: [
      { name: "format", required: true, summary: "html, bundle, standard, csv or needs" },
      {
        name: "plan",
        required: false,
        summary: "for a bundle, the standard, or a page of one plan: its id (IPLAN-001) or path",
      },
    ],
    options: [
      { name: "output", value: "file", summary: "write to this file of the workspace" },
      { name: "part", value: "name", summary: "of the standard only this shape, such as iplan-document" },
      { name: "seal", value: "keyfile", summary: "sign the bundle with this ed25519 private key (PEM)" },
    ],
    examples: [
      { line: "iplan export csv", does: "a table for a spreadsheet" },
      { line: "iplan export needs --output docs/needs.json", does: "a file that sphinx-needs imports" },
      { line: "iplan export html --output docs/report.html", does: "a page for people" },
      { line: "iplan export standard IPLAN-001 --part iplan-document", does: "canonical JSON for another runner" },
      { line: "iplan export bundle IPLAN-001", does: "writes IPLAN-001.iplan-bundle.tar" },
    ],
  },
  {
    name: "note",
    group: "record",
    summary: "record a deviation, decision, blocker or release",
    description:
      "Adds a note to the plan's record. Notes never change a verdict. With --release a unit that was taken or blocked is free again; with --block it is given back and handed to nobody until it is released.",
    arguments: [plan(true), { name: "text", required: false, summary: "what to remember" }],
    options: [
      { name: "kind", value: "kind", summary: "deviation, decision, blocker or release (deviation)" },
      { name: "unit", value: "unit", summary: "the step or task it belongs to (what you took)" },
      { name: "release", summary: "give back what you took, or free what was blocked" },
      { name: "block", value: "reason", summary: "say what keeps everybody from working on it, and give it back" },
      holderName,
    ],
    examples: [
      { line: "iplan note IPLAN-001 'Used port 8081, 8080 is taken'", does: "records a deviation" },
      {
        line: "iplan note IPLAN-001 --block 'The staging key is missing'",
        does: "says why what you took cannot go on",
      },
      { line: "iplan note IPLAN-001 --release", does: "gives back what you took" },
    ],
  },
  {
    name: "sign",
    group: "record",
    summary: "sign what only a person can judge, or override a verdict",
    description:
      "Makes a manual unit verified in your name. Signing a unit whose check failed is an override and stays visible everywhere. Assistants cannot sign.",
    arguments: [
      plan(true),
      { name: "unit", required: true, summary: "a step (3), task (TASK-1.2) or item (outcome:3.1)" },
    ],
    options: [reason],
    examples: [
      { line: "iplan sign IPLAN-001 outcome:3.1 --reason 'Read it aloud; it is clear'", does: "signs an outcome" },
    ],
  },
  {
    name: "commit",
    group: "finish",
    summary: "commit the plan's own files when it is green",
    description:
      "Commits what the plan declares or its steps wrote, its document and receipt, and nothing else: what else is staged or changed stays as it is. The message is the plan's own, with trailers from the trace graph. Refuses unless everything that can be proved is verified, or a person gives a reason. Hooks run.",
    arguments: [plan(true)],
    options: [
      { name: "dry-run", summary: "show files and message; change nothing" },
      { name: "with", value: "path", many: true, summary: "commit this changed file too" },
      { name: "reason", value: "text", summary: "commit what is not verified, in your name; stays visible" },
    ],
    examples: [
      { line: "iplan commit IPLAN-001 --dry-run", does: "shows what would be committed, and why" },
      { line: "iplan commit IPLAN-001", does: "commits it" },
      { line: "iplan commit IPLAN-001 --with CHANGELOG.md", does: "takes a file along that the plan does not name" },
    ],
  },
  {
    name: "hook",
    group: "set up",
    summary: "what assistants' programs call",
    description:
      "Answers a hook of Claude Code or Gemini CLI, whose JSON it reads from standard input: session-start and pre-compact hand over where the work stands, pre-tool refuses edits by hand of what is computed and commands that are for people, stop and task-completed hold an assistant to proving what it took. `iplan init` registers them.",
    arguments: [
      {
        name: "event",
        required: false,
        // Why: to its callers exit code 2 means that something is forbidden.
        mayBeEmpty: true,
        summary: "session-start, pre-compact, pre-tool, stop or task-completed",
      },
    ],
    options: [],
    examples: [{ line: "iplan hook stop", does: "asks whether something that was taken is left unproved" }],
  },
  {
    name: "trust",
    group: "run",
    summary: "review a plan's commands and approve them on this machine",
    description:
      "Shows the commands that a run would start, with their risks. On a terminal it asks; elsewhere only --approve with the hash that was shown approves. Assistants cannot approve.",
    arguments: [plan(true)],
    options: [{ name: "approve", value: "sha256", summary: "approve exactly the set with this hash" }],
    examples: [
      { line: "iplan trust IPLAN-001", does: "shows the commands and asks" },
      { line: "iplan trust IPLAN-001 --json", does: "prints {sha256, approved, commands}" },
    ],
  },
  {
    name: "mcp",
    group: "faces",
    summary: "serve assistants by the Model Context Protocol",
    description:
      "Speaks the Model Context Protocol on stdin and stdout until the client closes them. Offers eight tools (next, verify, status, show, trace, check, note, new), plans and documents as resources, and prompts to write, execute and review a plan. Whoever calls through it is an assistant: nothing unapproved runs, and nothing is approved or signed. Works in the client's first root, or where --cwd says.",
    arguments: [],
    options: [],
    examples: [{ line: "iplan mcp", does: "what an assistant's program starts; `iplan init` registers it" }],
  },
];

/** The command of that name or alias. */
export function findCommand(name: string): CommandSpec | undefined {
  return commandTable.find((command) => command.name === name || command.alias === name);
}
