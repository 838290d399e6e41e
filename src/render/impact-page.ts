import { escapeControls, oneLine } from "./escape.ts";
import { columns, counted, displayWidth, foldedColumns } from "./layout.ts";
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
    section(`${counted(documents.length, "document")} to review`, documents, paint, width),
    section(`${counted(code.length, "source file")} to look at`, code, paint, width),
    section(`${counted(tests.length, "test file")} to run`, tests, paint, width),
  ].join("");
}

function section(title: string, rows: readonly ShownImpact[], paint: Paint, width: number): string {
  if (rows.length === 0) return `\n${title}\n`;
  const places = rows.map(({ path, id }) => [escapeControls(id), id === path ? "" : escapeControls(path)]);
  const reasons = rows.map((row) => paint.dim(reasonOf(row)));
  const narrow = columns(places, "  ").split("\n");
  const taken = Math.max(...narrow.map(displayWidth));
  if (width - taken >= leastReason) {
    const rowsOf = places.map((place, index) => [...place, reasons[index] ?? ""]);
    return `\n${title}\n${foldedColumns(rowsOf, "  ", width)}`;
  }
  return `\n${title}\n${reasons.map((reason, index) => `${narrow[index] ?? ""}\n      ${reason}\n`).join("")}`;
}

/** Fewest cells for what a row goes through; where there are less it stands below. */
const leastReason = 30;

function reasonOf({ elements, via }: ShownImpact): string {
  const cause = via.length === 0 ? "changed itself" : `through ${someOf(via)}`;
  return oneLine(`${elements.length === 0 ? "" : `${someOf(elements)} `}${cause}`, 100);
}

/** Why: where much is touched, what it goes through must not be cut off. */
function someOf(names: readonly string[]): string {
  const most = names.length > mostNamed + 1 ? mostNamed : names.length;
  const more = names.length > most ? ` and ${names.length - most} more` : "";
  return `${names.slice(0, most).join(", ")}${more}`;
}

/** Names told of a row; the others are counted. */
const mostNamed = 3;
