import type { Verdict } from "#model/run";
import { escapeControls, oneLine } from "./escape.ts";
import { columns, counted } from "./layout.ts";
import { type Paint, paintGlyph } from "./paint.ts";

/** What came of committing a plan, as its JSON has it. */
export interface CommitReport {
  readonly plan: string;
  readonly state: "committed" | "nothing" | "refused" | "failed" | "trial";
  readonly branch?: string;
  readonly commit?: string;
  readonly override?: boolean;
  readonly reason?: string;
  readonly files: readonly { readonly path: string; readonly why: string }[];
  /** What differs from the last commit and is none of the plan's. */
  readonly left: readonly { readonly path: string; readonly why: string }[];
  readonly message?: string;
  readonly trailers?: readonly { readonly name: string; readonly value: string }[];
  readonly notes?: readonly string[];
  /** What keeps the plan from being verified. */
  readonly open: readonly {
    readonly key: string;
    readonly title: string;
    readonly verdict: Verdict;
    readonly reason: string;
  }[];
  /** How many parts wait for a person's judgement. */
  readonly waiting: number;
  /** Steps that commit, and whose own verification is still to be asked. */
  readonly ask: readonly string[];
  readonly failed?: string;
  readonly output?: string;
}

/** Rows that are shown of what was left out, and of what is open; the JSON has all. */
const mostRows = 12;

/** What was committed, what was left where it is, and what to do next. */
export function renderCommitPage(report: CommitReport, paint: Paint, width: number): string {
  return [
    headOf(report, paint),
    report.state === "refused" ? openRows(report, paint, width) : "",
    rowsOf(report.files, paint.green("+"), width),
    report.left.length === 0 ? "" : `\n  left as it is:\n${rowsOf(report.left, paint.dim("·"), width)}`,
    report.message === undefined || report.state === "nothing" ? "" : `\n${quoted(report.message, paint)}`,
    (report.notes ?? []).map((note) => `  ${paint.yellow("note")}: ${oneLine(note, width * 2)}\n`).join(""),
    endOf(report, paint),
  ].join("");
}

const heads: Readonly<Record<CommitReport["state"], (report: CommitReport, id: string) => string>> = {
  committed: ({ commit = "", branch }, id) =>
    `${id} committed as ${commit.slice(0, 10)}${branch === undefined ? "" : ` on ${oneLine(branch, 40)}`}`,
  nothing: ({ commit }, id) =>
    commit === undefined
      ? `${id}: nothing to commit; none of its files was ever committed`
      : `${id}: nothing to commit; its files are in ${commit.slice(0, 10)}`,
  refused: ({ open }, id) => `${id} is not committed: ${counted(open.length, "part")} not verified`,
  failed: ({ failed = "" }, id) => `${id} is not committed: git ${oneLine(failed, 80)}; everything is as it was`,
  trial: ({ files }, id) => `${id}: ${counted(files.length, "file")} would be committed (nothing was changed)`,
};

function headOf(report: CommitReport, paint: Paint): string {
  const by = report.override === true ? `  ${paint.yellow("override")}: ${oneLine(report.reason ?? "", 100)}\n` : "";
  return `${heads[report.state](report, paint.bold(escapeControls(report.plan)))}\n${by}`;
}

function rowsOf(rows: CommitReport["files"], sign: string, width: number): string {
  const shown = rows.slice(0, mostRows);
  const more = rows.length - shown.length;
  const cells = shown.map(({ path, why }) => [sign, oneLine(path, Math.max(24, width - 50)), oneLine(why, 80)]);
  return `${cells.length === 0 ? "" : columns(cells, "  ")}${more > 0 ? `  … and ${more} more (--json has all)\n` : ""}`;
}

function openRows({ open }: CommitReport, paint: Paint, width: number): string {
  const cells = open
    .slice(0, mostRows)
    .map(({ key, verdict, title, reason }) => [
      paintGlyph(paint, verdict),
      escapeControls(key),
      oneLine(title, Math.max(20, Math.floor(width * 0.35))),
      `${verdict}: ${oneLine(reason, Math.max(20, Math.floor(width * 0.4)))}`,
    ]);
  return `${columns(cells, "  ")}${open.length > mostRows ? `  … and ${open.length - mostRows} more (--json has all)\n` : ""}\n`;
}

function quoted(message: string, paint: Paint): string {
  const lines = escapeControls(message, { keepLines: true }).trimEnd().split("\n");
  return `${lines.map((line) => `  ${paint.dim("│")} ${line}`.trimEnd()).join("\n")}\n`;
}

function endOf({ state, plan, branch, open, ask, waiting, commit }: CommitReport, paint: Paint): string {
  const id = escapeControls(plan);
  const lines: string[] = [];
  if (state === "refused")
    lines.push(
      `go on with it: iplan run ${id}`,
      `or commit it as it stands, in your name: iplan commit ${id} --reason "…"`,
    );
  if (state === "committed" && branch === undefined)
    lines.push(`HEAD is detached: the commit is on no branch. Keep it: git branch NAME ${commit?.slice(0, 10) ?? ""}`);
  if (state === "committed" && open.length > 0)
    lines.push(`${counted(open.length, "part")} not verified: iplan status ${id}`);
  if (commit !== undefined)
    lines.push(...ask.map((step) => `ask the plan's own step about it: iplan verify ${id} ${escapeControls(step)}`));
  if (commit !== undefined && waiting > 0)
    lines.push(`${counted(waiting, "part")} left for a person to judge: iplan status ${id}`);
  return lines.length === 0 ? "" : `\n${lines.map((line) => `${paint.dim("→")} ${line}\n`).join("")}`;
}
