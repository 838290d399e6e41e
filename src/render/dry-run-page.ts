import { effortText } from "#model/effort-text";
import type { Effort, Prerequisite } from "#model/plan";
import { type PlannedCommand, riskOrder } from "#model/understanding";
import type { Range } from "#model/source";
import { escapeControls, oneLine } from "./escape.ts";
import { columns, counted, duration } from "./layout.ts";
import type { Paint } from "./paint.ts";

/** How long a step is expected to take, and who says so. */
export type ShownTime =
  | { readonly source: "last-time"; readonly durationMs: number }
  | ({ readonly source: "plan" } & Effort);

/** A run as it would go, as the page needs it. */
export interface ShownDryRun {
  readonly plan: string;
  readonly steps: readonly {
    readonly number: string;
    readonly title: string;
    readonly would: "run" | "skip" | "verify-first" | "handoff";
    readonly why: string;
    readonly commands: readonly PlannedCommand[];
    readonly expected?: ShownTime;
  }[];
  readonly expected: {
    readonly lastTime?: { readonly steps: number; readonly durationMs: number };
    readonly plan?: { readonly steps: number } & Effort;
    readonly unknown: number;
  };
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
  const isTimed = run.steps.some((step) => step.expected !== undefined);
  const rows = run.steps.map((step) => {
    const worst = riskOrder.findLast((risk) => step.commands.some((command) => command.risk === risk));
    return [
      glyphs[step.would],
      `Step ${escapeControls(step.number)}`,
      oneLine(step.title, Math.floor(width * (isTimed ? 0.3 : 0.4))),
      step.would.replace("-", " "),
      worst ?? "",
      ...(isTimed ? [timeText(step.expected)] : []),
      paint.dim(oneLine(step.why, Math.floor(width * (isTimed ? 0.25 : 0.35)))),
    ];
  });
  const missing = run.prerequisites.filter((each) => each.state === "missing");
  return [
    `${paint.bold(`${escapeControls(run.plan)}: what a run would do`)} ${paint.dim("(nothing was run)")}\n`,
    rows.length === 0 ? "  no step to run\n" : columns(rows, "  "),
    isTimed ? `\n${paint.bold("expected:")} ${wholeText(run.expected)}\n` : "",
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

function timeText(time: ShownTime | undefined): string {
  if (time === undefined) return "";
  return time.source === "plan" ? `plan says ${effortText(time)}` : `last time ${duration(time.durationMs)}`;
}

function wholeText({ lastTime, plan, unknown }: ShownDryRun["expected"]): string {
  const parts = [
    lastTime === undefined ? "" : `${duration(lastTime.durationMs)} as last time (${counted(lastTime.steps, "step")})`,
    plan === undefined ? "" : `${effortText(plan)} as the plan says (${counted(plan.steps, "step")})`,
    unknown === 0 ? "" : `nothing known of ${counted(unknown, "step")}`,
  ];
  return parts.filter((part) => part !== "").join("; ");
}

function list(title: string, texts: readonly string[], paint: Paint, width: number): string {
  if (texts.length === 0) return "";
  return `\n${paint.bold(title)}\n${texts.map((text) => `  ${paint.red("✗")} ${oneLine(text, width * 2)}\n`).join("")}`;
}
