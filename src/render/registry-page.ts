import { escapeControls } from "./escape.ts";
import { columns, counted } from "./layout.ts";
import type { Paint } from "./paint.ts";

/** A registry document and what was done with it. */
export interface RegistryRow {
  readonly path: string;
  readonly type: string;
  readonly kind: "index" | "matrix";
  readonly state: "current" | "written" | "missing" | "out-of-date" | "damaged";
  readonly problem?: string;
}

const marks: Readonly<Record<RegistryRow["state"], string>> = {
  current: "✓",
  written: "+",
  missing: "✗",
  "out-of-date": "✗",
  damaged: "✗",
};
const words: Readonly<Record<RegistryRow["state"], string>> = {
  current: "up to date",
  written: "written",
  missing: "not there yet",
  "out-of-date": "out of date",
  damaged: "left alone",
};

/** The registry documents, each with what was done, and what to do next. `only`: nothing was written. */
export function renderRegistryPage(rows: readonly RegistryRow[], only: boolean, paint: Paint): string {
  const lines = columns(
    rows.map((row) => [paintMark(row, paint), escapeControls(row.path), `${words[row.state]}${problemOf(row)}`]),
  );
  const written = rows.filter((row) => row.state === "written").length;
  const stale = rows.filter((row) => row.state !== "current").length;
  if (!only) return `${lines}${counted(rows.length, "registry document")}, ${written} written\n`;
  // Why: what is damaged is mended by hand, as its row says.
  const isWritable = rows.some((row) => row.state === "missing" || row.state === "out-of-date");
  const cure = isWritable ? "; write them: iplan registry" : "";
  return `${lines}${counted(rows.length, "registry document")}, ${stale} not up to date${cure}\n`;
}

function paintMark({ state }: RegistryRow, paint: Paint): string {
  return (marks[state] === "✗" ? paint.red : paint.green)(marks[state]);
}

function problemOf({ problem }: RegistryRow): string {
  return problem === undefined ? "" : `: ${problem}`;
}
