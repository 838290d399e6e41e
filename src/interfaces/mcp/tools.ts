import type { ToolAnnotations } from "@modelcontextprotocol/server";

/** A command of the table as an assistant's tool: which of its arguments and options it offers. */
export interface ToolSpec {
  readonly name: string;
  /** Name of the command. */
  readonly command: string;
  readonly title: string;
  /** What it is for, in a sentence or two; the command's own paragraph is for people. */
  readonly description: string;
  readonly arguments: readonly string[];
  readonly options: readonly string[];
  readonly annotations: ToolAnnotations;
}

const reads: ToolAnnotations = { readOnlyHint: true, openWorldHint: false };
const writes: ToolAnnotations = { readOnlyHint: false, destructiveHint: false, openWorldHint: false };

/** The tools, in the order in which work goes. */
export const toolTable: readonly ToolSpec[] = [
  {
    name: "iplan_next",
    command: "next",
    title: "The next unit of work",
    description:
      "What to do now: one unit with its task, files, commands, the verification to satisfy and what binds it. Take it before you work.",
    arguments: ["plan"],
    options: ["take", "for", "max-tokens"],
    annotations: writes,
  },
  {
    name: "iplan_verify",
    command: "verify",
    title: "Prove work",
    description:
      "Runs the approved verifications of a plan, task or step, records the evidence and ticks what is proved. Nothing else makes work done. Not approved: a person has to run `iplan trust`.",
    arguments: ["plan", "unit"],
    options: ["audit", "timeout"],
    annotations: { ...writes, idempotentHint: true },
  },
  {
    name: "iplan_status",
    command: "status",
    title: "Where plans stand",
    description: "Verdicts of all plans or one, computed from records.",
    arguments: ["plan"],
    options: ["brief", "criteria"],
    annotations: reads,
  },
  {
    name: "iplan_show",
    command: "show",
    title: "Read a document",
    description: "A plan, or any document with its tags, as it was understood; or what a step of a plan printed.",
    arguments: ["document", "step"],
    options: ["explain", "output"],
    annotations: reads,
  },
  {
    name: "iplan_trace",
    command: "trace",
    title: "Follow the chain",
    description: "What an id, element or PATH:LINE follows from and what follows from it, with the first broken hop.",
    arguments: ["target"],
    options: [],
    annotations: reads,
  },
  {
    name: "iplan_check",
    command: "check",
    title: "Find what is wrong",
    description: "Findings of all rules in the workspace or in the documents named, and each plan's readiness.",
    arguments: ["target"],
    options: ["score"],
    annotations: reads,
  },
  {
    name: "iplan_note",
    command: "note",
    title: "Leave word",
    description: "Records a deviation, decision or blocker, or gives back what you took. Never changes a verdict.",
    arguments: ["plan", "text"],
    options: ["kind", "unit", "release", "block"],
    annotations: writes,
  },
  {
    name: "iplan_new",
    command: "new",
    title: "Write the next document",
    description:
      "Writes a document of any type with inherited tags; what only a person can say stays in [brackets] for you to fill in from the chain.",
    arguments: ["type"],
    options: ["from", "title", "import", "dry-run"],
    annotations: writes,
  },
];
