import { escapeControls, oneLine } from "./escape.ts";
import { columns } from "./layout.ts";
import type { Paint } from "./paint.ts";

/** A document's readiness as `check` shows it. */
export interface ShownScore {
  readonly id: string;
  readonly path: string;
  /** True for a plan; other documents are shown one by one only when their lost points are asked for. */
  readonly plan: boolean;
  readonly score: number;
  readonly target: number;
  readonly ready: boolean;
  /** What the document itself says. */
  readonly declared?: number;
  /** What the score could not look at. */
  readonly without: readonly string[];
  /** Present when every lost point was asked for. */
  readonly lost?: readonly {
    readonly points: number;
    readonly rule: string;
    readonly path: string;
    readonly line: number;
    readonly cure: string;
  }[];
}

/**
 * Each plan's readiness on a line; with its lost points, largest first, when they are there. Other documents are summed up in one line,
 * and those that lost points are listed when every point was asked for.
 */
export function renderScores(scores: readonly ShownScore[], paint: Paint, width: number): string {
  const others = scores.filter((score) => !score.plan);
  const shown = scores.filter((score) => score.plan || (score.lost !== undefined && score.lost.length > 0));
  return `${othersText(others, others.length < scores.length, paint)}${shown.map((score) => scoreText(score, paint, width)).join("")}`;
}

function othersText(others: readonly ShownScore[], besidePlans: boolean, paint: Paint): string {
  const [lowest] = [...others].sort((a, b) => a.score - b.score || (a.id < b.id ? -1 : 1));
  if (lowest === undefined) return "";
  const ready = others.filter((score) => score.ready).length;
  const rest = ready === others.length ? "" : `; lowest ${escapeControls(lowest.id)} ${lowest.score}/100`;
  const tone = ready === others.length ? paint.green : paint.yellow;
  const what = `${besidePlans ? "other " : ""}${others.length === 1 ? "document is" : "documents are"} ready`;
  return `${tone(`${ready} of ${others.length}`)} ${what}${rest}\n`;
}

function scoreText(score: ShownScore, paint: Paint, width: number): string {
  const tone = score.ready ? paint.green : paint.yellow;
  const notes = [
    `target ${score.target}`,
    ...(score.without.length === 0 ? [] : [`without ${score.without.join(", ")}`]),
    ...(score.declared === undefined ? [] : [`the document says ${score.declared}`]),
  ];
  const head = `${escapeControls(score.id)} readiness ${tone(`${score.score}/100 ${score.ready ? "ready" : "not ready"}`)} ${paint.dim(`(${notes.join("; ")})`)}\n`;
  if (score.lost === undefined) return head;
  if (score.lost.length === 0) return `${head}  no point was lost\n`;
  const rows = [...score.lost]
    .sort((a, b) => b.points - a.points || a.line - b.line)
    .map((entry) => [
      `-${entry.points.toFixed(1)}`,
      `line ${entry.line}`,
      entry.rule,
      oneLine(entry.cure, Math.max(30, width - 52)),
    ]);
  return `${head}${columns(rows, "  ")}`;
}
