import type { Prerequisite } from "#model/plan";
import { type PlannedCommand, riskOrder } from "#model/understanding";
import type { Range } from "#model/source";
import { escapeControls, oneLine } from "./escape.ts";
import { columns, counted } from "./layout.ts";
import type { Paint } from "./paint.ts";

/** A run as it would go, as the page needs it. */
export interface ShownDryRun {
  readonly plan: string;
  readonly steps: readonly {
    readonly number: string;
    readonly title: string;
    readonly would: "run" | "skip" | "verify-first" | "handoff";
    readonly why: string;
    readonly commands: readonly PlannedCommand[];
  }[];
  readonly obstacles: readonly { readonly message: string; readonly range?: Range }[];
  readonly prerequisites: readonly {
    readonly prerequisite: Prerequisite;
    readonly state: "met" | "missing" | "unprobed";
    readonly observed: string;
  }[];
  readonly unapproved: readonly PlannedCommand[];
}

const glyphs: Readonly<Record<ShownDryRun["steps"][number]["would"], string>> = {
  run: "▸",
  skip: "✓",
  "verify-first": "?",
  handoff: "→",
};

/** Order, risks and what stands in the way, with nothing run. */
export function renderDryRun(run: ShownDryRun, paint: Paint, width: number): string {
  const rows = run.steps.map((step) => {
    const worst = riskOrder.findLast((risk) => step.commands.some((command) => command.risk === risk));
    return [
      glyphs[step.would],
      `Step ${escapeControls(step.number)}`,
      oneLine(step.title, Math.floor(width * 0.4)),
      step.would.replace("-", " "),
      worst ?? "",
      paint.dim(oneLine(step.why, Math.floor(width * 0.35))),
    ];
  });
  const missing = run.prerequisites.filter((each) => each.state === "missing");
  return [
    `${paint.bold(`${escapeControls(run.plan)}: what a run would do`)} ${paint.dim("(nothing was run)")}\n`,
    rows.length === 0 ? "  no step to run\n" : columns(rows, "  "),
    list(
      "in the way",
      run.obstacles.map(
        (obstacle) => `${obstacle.range === undefined ? "" : `line ${obstacle.range.start.line}: `}${obstacle.message}`,
      ),
      paint,
      width,
    ),
    list(
      "missing on this machine",
      missing.map((each) => `${each.prerequisite.text}: ${each.observed}`),
      paint,
      width,
    ),
    run.unapproved.length === 0
      ? `\n${paint.green("✓")} every command is approved on this machine\n`
      : `\n${counted(run.unapproved.length, "command")} not approved yet: ${paint.cyan(`iplan trust ${escapeControls(run.plan)}`)}\n`,
  ].join("");
}

function list(title: string, texts: readonly string[], paint: Paint, width: number): string {
  if (texts.length === 0) return "";
  return `\n${paint.bold(title)}\n${texts.map((text) => `  ${paint.red("✗")} ${oneLine(text, width * 2)}\n`).join("")}`;
}
