import { escapeControls, oneLine } from "./escape.ts";
import type { Paint } from "./paint.ts";

/** What came of an import. */
export interface ShownImport {
  readonly format: string;
  readonly sources: readonly string[];
  readonly phases: number;
  readonly tasks: number;
  readonly remarks: readonly {
    readonly path: string;
    readonly first: number;
    readonly last: number;
    readonly text: string;
    readonly why: string;
  }[];
}

/** What was taken over, and every line that was not, with the reason, file by file. */
export function importReport({ format, sources, phases, tasks, remarks }: ShownImport, paint: Paint): string {
  const counts = `${count(tasks, "task")} in ${count(phases, "phase")} from ${count(sources.length, "file")} (${format})`;
  if (remarks.length === 0) return `${counts}; everything had a place.\n`;
  const paths = [...new Set(remarks.map(({ path }) => path))];
  const parts = paths.map((path) => {
    const rows = remarks
      .filter((remark) => remark.path === path)
      .map(({ first, last, text, why }) => {
        const lines = text === "" ? "" : last > first ? `${first}-${last} ` : `${first} `;
        return `  ${lines}${why}${text === "" ? "" : paint.dim(`: ${oneLine(text, 90)}`)}\n`;
      });
    return `${paint.bold(escapeControls(path))}\n${rows.join("")}`;
  });
  return `${counts}. Not taken over as it stands:\n${parts.join("")}`;
}

function count(number: number, word: string): string {
  return number === 1 ? `1 ${word}` : `${number} ${word}s`;
}
