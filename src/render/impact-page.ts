import { escapeControls, oneLine } from "./escape.ts";
import { columns, counted } from "./layout.ts";
import type { Paint } from "./paint.ts";

/** A file that a change touches, as `impact --json` prints it. */
export interface ShownImpact {
  readonly path: string;
  /** Id of its document; the path of source. */
  readonly id: string;
  readonly type?: string;
  readonly layer?: number;
  /** Elements of it that are touched; empty when it is touched as a whole. */
  readonly elements: readonly string[];
  /** What it depends on that changed or is touched itself. */
  readonly via: readonly string[];
}

/** What a change touches. */
export interface ShownChange {
  /** Documents and elements that changed. */
  readonly changed: readonly string[];
  readonly documents: readonly ShownImpact[];
  readonly code: readonly ShownImpact[];
  readonly tests: readonly ShownImpact[];
}

/** What to review, and which tests to run. */
export function renderImpactPage(change: ShownChange, paint: Paint, width: number): string {
  const { changed, documents, code, tests } = change;
  if (changed.length === 0) return "Nothing changed that the graph knows.\n";
  return [
    `Changed: ${oneLine(changed.join(", "), Math.max(40, width - 10))}\n`,
    section(`${counted(documents.length, "document")} to review`, documents, paint),
    section(`${counted(code.length, "source file")} to look at`, code, paint),
    section(`${counted(tests.length, "test file")} to run`, tests, paint),
  ].join("");
}

function section(title: string, rows: readonly ShownImpact[], paint: Paint): string {
  if (rows.length === 0) return `\n${title}\n`;
  const lines = rows.map(({ path, id, elements, via }) => [
    escapeControls(id),
    id === path ? "" : escapeControls(path),
    paint.dim(oneLine(`${elements.length === 0 ? "" : `${elements.join(", ")} `}through ${via.join(", ")}`, 80)),
  ]);
  return `\n${title}\n${columns(lines, "  ")}`;
}
