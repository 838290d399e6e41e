import { type Verdict, verdictOrder } from "#model/run";
import { completionText, type ShownCompletion } from "./completion.ts";
import { escapeControls, oneLine } from "./escape.ts";
import { columns, counted } from "./layout.ts";
import { type Paint, paintGlyph, paintVerdict } from "./paint.ts";
import { nextActionsText, type ShownAction } from "./next-actions.ts";
import { activeRisksText, type ShownRisk } from "./risk-page.ts";
import { overridesText, type ShownSignature, signatureRows } from "./signatures.ts";

/** One plan's line and details, as `status --json` prints them. */
export interface PlanStatusRow {
  readonly id: string;
  readonly path: string;
  readonly title?: string;
  readonly status?: string;
  readonly verdict: Verdict;
  readonly phases: readonly {
    readonly number: string;
    readonly name: string;
    readonly verdict: Verdict;
    readonly done: number;
    readonly total: number;
  }[];
  readonly steps: readonly {
    readonly key: string;
    readonly number: string;
    readonly title: string;
    readonly verdict: Verdict;
    readonly reason: string;
  }[];
  readonly waiting: readonly { readonly key: string; readonly title: string; readonly reason: string }[];
  /** Verdicts that rest on a person's word. */
  readonly signed: readonly ShownSignature[];
  /** What people and assistants noted on this machine, oldest first. */
  readonly notes: readonly {
    readonly kind: string;
    readonly text: string;
    readonly at: string;
    readonly actor: string;
    readonly unit?: string;
  }[];
  readonly counts: Readonly<Partial<Record<Verdict, number>>>;
  readonly next?: { readonly kind: string; readonly id: string; readonly title: string; readonly command: string };
  readonly lastRun?: string;
  /** What the plan says comes after it; only of a plan that is through. */
  readonly nextActions?: readonly ShownAction[];
  /** Risks whose trigger came about. */
  readonly risks?: readonly ShownRisk[];
  /** How far it is from its end: four things, none of which implies another. */
  readonly completion?: ShownCompletion;
  /** Where a journal of this machine is not what was written, in one sentence each; its runs are not believed. */
  readonly damage?: readonly string[];
  /** Why the plan could not be read; nothing else of it is known then. */
  readonly problem?: string;
}

/** Plans that are shown with their phases; of more each has one line. */
const mostInFull = 8;

/** Where every plan stands; with one plan alone its steps too. */
export function renderStatusPage(rows: readonly PlanStatusRow[], paint: Paint, width: number): string {
  if (rows.length > mostInFull) return tableOf(rows, paint, width);
  const only = rows.length === 1 ? rows[0] : undefined;
  return rows.map((row) => planText(row, paint, width, row === only)).join("\n");
}

function tableOf(rows: readonly PlanStatusRow[], paint: Paint, width: number): string {
  const cells = rows.map((row) => {
    const total = row.phases.reduce((sum, phase) => sum + phase.total, 0);
    const done = row.phases.reduce((sum, phase) => sum + phase.done, 0);
    const damaged = (row.damage ?? []).length > 0 ? `, ${paint.red("journal damaged")}` : "";
    const what = row.problem === undefined ? `${row.verdict}${damaged}${overridesText(row.signed)}` : "cannot be read";
    return [
      paintGlyph(paint, row.verdict),
      escapeControls(row.id),
      oneLine(row.title ?? "", Math.max(12, width - 52)),
      total === 0 ? "" : `${bar(done, total)} ${done}/${total}`,
      what,
    ];
  });
  const counts: Partial<Record<Verdict, number>> = {};
  for (const { verdict } of rows) counts[verdict] = (counts[verdict] ?? 0) + 1;
  const example = escapeControls(rows[0]?.id ?? "");
  return `${columns(cells)}\n${counted(rows.length, "plan")}: ${countsText(counts)}; one with its steps: iplan status ${example}\n`;
}

function planText(row: PlanStatusRow, paint: Paint, width: number, detailed: boolean): string {
  const head = `${paint.bold(escapeControls(row.id))}  ${oneLine(row.title ?? "", Math.max(24, width - 40))}  ${paintVerdict(paint, row.verdict)}\n`;
  if (row.problem !== undefined) return `${head}  ${oneLine(row.problem, width - 2)}\n`;
  return [
    head,
    `  ${paint.dim(`${escapeControls(row.path)}${row.status === undefined ? "" : ` · says ${oneLine(row.status, 40)}`}`)}\n`,
    damageRows(row, paint, width),
    phaseRows(row, paint),
    detailed ? stepRows(row, paint, width) : "",
    detailed ? waitingRows(row, paint, width) : "",
    detailed && row.signed.length > 0 ? `${signatureRows(row.signed, paint, width)}\n` : "",
    detailed ? noteRows(row, paint, width) : "",
    row.risks === undefined ? "" : `${activeRisksText(row.risks, paint, width)}\n`,
    `  ${countsText(row.counts)}${overridesText(row.signed)}\n`,
    row.completion === undefined ? "" : completionText(row.completion, paint, width),
    detailed ? nextActionsText(row.nextActions ?? [], paint, width) : "",
    row.next === undefined
      ? ""
      : `  next: ${oneLine(row.next.title, Math.max(24, width - 50))}  ${paint.cyan(escapeControls(row.next.command))}\n`,
  ].join("");
}

function damageRows({ id, damage = [] }: PlanStatusRow, paint: Paint, width: number): string {
  if (damage.length === 0) return "";
  const lines = damage.map((each) => `  ${paint.red("journal damaged")}: ${oneLine(each, Math.max(width, 60) * 2)}\n`);
  return `${lines.join("")}  it is not believed; what stands here is from the receipt: iplan run ${escapeControls(id)} asks every step first\n`;
}

function phaseRows(row: PlanStatusRow, paint: Paint): string {
  return columns(
    row.phases.map((phase) => [
      paintGlyph(paint, phase.verdict),
      `Phase ${escapeControls(phase.number)}`,
      oneLine(phase.name, 50),
      `${bar(phase.done, phase.total)} ${phase.done}/${phase.total}`,
      phase.verdict,
    ]),
    "  ",
  );
}

function bar(done: number, total: number): string {
  const cells = 8;
  const full = total === 0 ? 0 : Math.floor((done / total) * cells);
  return `${"█".repeat(full)}${"░".repeat(cells - full)}`;
}

function stepRows(row: PlanStatusRow, paint: Paint, width: number): string {
  if (row.steps.length === 0) return "";
  const rows = row.steps.map((step) => [
    paintGlyph(paint, step.verdict),
    `Step ${escapeControls(step.number)}`,
    oneLine(step.title, Math.max(20, Math.floor(width * 0.4))),
    step.verdict === "verified" || step.verdict === "pending"
      ? step.verdict
      : `${step.verdict}: ${oneLine(step.reason, Math.max(20, Math.floor(width * 0.4)))}`,
  ]);
  return `\n${columns(rows, "  ")}\n`;
}

function waitingRows(row: PlanStatusRow, paint: Paint, width: number): string {
  if (row.waiting.length === 0) return "";
  const rows = row.waiting.map((item) => [
    paintGlyph(paint, "manual"),
    escapeControls(item.key),
    oneLine(item.title, width - 24),
  ]);
  return `  waits for a person's judgement (iplan sign ${escapeControls(row.id)} KEY --reason "…"):\n${columns(rows, "  ")}\n`;
}

/** Notes that are shown; `status --json` has all of them. */
const shownNotes = 5;

function noteRows(row: PlanStatusRow, paint: Paint, width: number): string {
  if (row.notes.length === 0) return "";
  const rows = row.notes
    .slice(-shownNotes)
    .map((note) => [
      paint.dim(oneLine(note.at.slice(0, 10))),
      escapeControls(note.kind),
      oneLine(note.unit === undefined ? note.text : `${note.unit}: ${note.text}`, Math.max(20, width - 28)),
    ]);
  return `  notes:\n${columns(rows, "  ")}\n`;
}

/** `12 verified, 2 manual`, worst first. */
export function countsText(counts: Readonly<Partial<Record<Verdict, number>>>): string {
  const parts = verdictOrder.flatMap((verdict) =>
    (counts[verdict] ?? 0) > 0 ? [`${counts[verdict]} ${verdict}`] : [],
  );
  return parts.length === 0 ? "nothing to do" : parts.join(", ");
}

/** Where the plans stand in at most 200 tokens: one line a plan, worst first, the rest counted. */
export function renderBriefStatus(rows: readonly PlanStatusRow[]): string {
  const budget = 720;
  const lines: string[] = [];
  let used = 0;
  const sorted = [...rows].sort((a, b) => verdictOrder.indexOf(a.verdict) - verdictOrder.indexOf(b.verdict));
  for (const [index, row] of sorted.entries()) {
    const line = `${oneLine(row.id, 30)} ${row.verdict}: ${row.problem === undefined ? `${(row.damage ?? []).length > 0 ? "journal damaged; " : ""}${countsText(row.counts)}${overridesText(row.signed)}` : "cannot be read"}${row.next === undefined ? "" : `; next ${oneLine(row.next.command, 60)}`}`;
    used += new TextEncoder().encode(line).length + 1;
    if (used > budget)
      return `${[...lines, `and ${counted(rows.length - index, "plan")} more: iplan status`].join("\n")}\n`;
    lines.push(line);
  }
  return `${lines.join("\n")}\n`;
}
