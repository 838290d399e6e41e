import type { Verdict } from "#model/run";
import { escapeControls, oneLine } from "./escape.ts";
import { columns } from "./layout.ts";
import { type Paint, paintGlyph, paintVerdict } from "./paint.ts";
import { type ShownSignature, signatureRows } from "./signatures.ts";
import { nextActionsText, type ShownAction } from "./next-actions.ts";
import { activeRisksText, type ShownRisk } from "./risk-page.ts";
import { countsText } from "./status-page.ts";
import { renderTroubles, type ShownTrouble } from "./troubles.ts";

/** What came of a run, as the page needs it. */
export interface ShownRun {
  readonly run: string;
  readonly verdict: Verdict;
  readonly steps: readonly { readonly verdict: Verdict }[];
  readonly items: readonly {
    readonly unit: string;
    readonly text: string;
    readonly verdict: Verdict;
    readonly reason: string;
  }[];
  readonly stop?: { readonly message: string; readonly cure: string };
}

/** The end of a run: what was decided, what is left for people, and what to do next. */
export function renderRunPage(
  result: ShownRun,
  plan: {
    readonly plan: string;
    readonly path: string;
    readonly verdict: Verdict;
    readonly signed: readonly ShownSignature[];
    /** What the plan's Troubleshooting says of what failed. */
    readonly troubles?: readonly ShownTrouble[];
    /** Risks whose trigger came about. */
    readonly risks?: readonly ShownRisk[];
    /** What the plan says comes after it; only of a plan that is through. */
    readonly nextActions?: readonly ShownAction[];
  },
  paint: Paint,
  width: number,
): string {
  const open = result.items.filter((item) => item.verdict !== "verified");
  const failed = open.filter((item) => item.verdict !== "manual" && item.verdict !== "pending");
  const waiting = open.filter((item) => item.verdict === "manual");
  const row = (item: ShownRun["items"][number]): string[] => [
    paintGlyph(paint, item.verdict),
    escapeControls(item.unit),
    oneLine(item.text, width - 30),
  ];
  const problems = failed.map((item) => [
    ...row(item).slice(0, 2),
    `${oneLine(item.text, Math.floor(width / 2))}: ${oneLine(item.reason, Math.floor(width / 2))}`,
  ]);
  return [
    `\n${paint.bold(escapeControls(plan.plan))} ${paintVerdict(paint, plan.verdict)}  steps: ${countsText(countsOf(result.steps))}\n`,
    problems.length === 0 ? "" : columns(problems, "  "),
    waiting.length === 0 ? "" : `  left for a person to judge and sign:\n${columns(waiting.map(row), "    ")}`,
    signatureRows(
      plan.signed.filter((one) => one.override),
      paint,
      width,
    ),
    renderTroubles(plan.troubles ?? [], paint, width),
    activeRisksText(plan.risks ?? [], paint, width),
    nextActionsText(plan.nextActions ?? [], paint, width),
    result.stop === undefined
      ? ""
      : `\n${paint.bold("stopped:")} ${shownLines(result.stop.message)}\n${shownLines(result.stop.cure)}\n`,
    paint.dim(`run ${result.run} · journal in .iplan/runs · receipt ${escapeControls(plan.path)}.receipt.ndjson\n`),
  ].join("");
}

function countsOf(steps: ShownRun["steps"]): Partial<Record<Verdict, number>> {
  const counts: Partial<Record<Verdict, number>> = {};
  for (const { verdict } of steps) counts[verdict] = (counts[verdict] ?? 0) + 1;
  return counts;
}

function shownLines(text: string): string {
  return escapeControls(text, { keepLines: true });
}
