import { IplanError } from "#model/errors";
import { isReportFormat, type ReportFormat, reportFormats } from "#render/check-formats";
import { type CommandInput, flag, option } from "./command.ts";

/** What the command line asks of a check. */
export interface CheckInput {
  /** Absent for text and JSON. */
  readonly format: ReportFormat | undefined;
  readonly by: "document" | "cause";
  readonly fix: boolean;
  /** Shows what `fix` would do, and does nothing. */
  readonly dryRun: boolean;
  readonly score: boolean;
  readonly warningLimit: number | undefined;
  readonly baseline: string | undefined;
  readonly writeBaseline: string | undefined;
  readonly since: string | undefined;
  /** Links whose source changed later than what names it, by git. */
  readonly suspect: boolean;
  /** Accepts the links as they are, and checks nothing. */
  readonly accept: boolean;
}

/** Reads the options of `check`. Throws `usage/arguments` for what means nothing or contradicts itself. */
export function checkInput(input: CommandInput): CheckInput {
  const read: CheckInput = {
    format: formatOf(option(input, "format")),
    by: byOf(option(input, "by")),
    fix: flag(input, "fix"),
    dryRun: flag(input, "dry-run"),
    score: flag(input, "score"),
    warningLimit: warningLimit(option(input, "max-warnings")),
    baseline: option(input, "baseline"),
    writeBaseline: option(input, "write-baseline"),
    since: option(input, "since"),
    suspect: flag(input, "suspect"),
    accept: flag(input, "accept"),
  };
  refuseContradictions(read);
  return read;
}

function refuseContradictions({ dryRun, fix, baseline, since, writeBaseline, accept, suspect }: CheckInput): void {
  if (accept && (fix || suspect || baseline !== undefined || since !== undefined || writeBaseline !== undefined)) {
    throw misused("--accept records what a person compared; it checks nothing.", "Write: iplan check REQ-003 --accept");
  }
  if (dryRun && !fix) throw misused("--dry-run shows what --fix would change.", "Write: iplan check --fix --dry-run");
  if (writeBaseline !== undefined && (baseline !== undefined || since !== undefined)) {
    throw misused(
      "--write-baseline records every finding there is now; it compares with nothing.",
      "Leave --baseline and --since out.",
    );
  }
}

function formatOf(format: string | undefined): ReportFormat | undefined {
  if (format === undefined || format === "text" || format === "json") return undefined;
  if (isReportFormat(format)) return format;
  const known = ["text", "json", ...Object.keys(reportFormats)];
  throw misused(`There is no format ${format}.`, `Formats are ${known.join(", ")}.`);
}

function byOf(by: string | undefined): "document" | "cause" {
  if (by === undefined || by === "document") return "document";
  if (by === "cause") return "cause";
  throw misused(`Findings are shown by document or by cause, not by ${by}.`, "Write: iplan check --by cause");
}

function warningLimit(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text)) return Number(text);
  throw misused(`--max-warnings takes a whole number, not ${text}.`, "Such as --max-warnings 0.");
}

function misused(message: string, cure: string): IplanError {
  return new IplanError("usage/arguments", message, cure);
}
