import { escapeControls } from "./escape.ts";
import type { ExportedItem, ExportedItems, ExportedLink } from "./exported-item.ts";
import { needsTexts } from "./needs-file.ts";
import { textPieces } from "./text-pieces.ts";

/** Name of a format of `export`. */
export type ExportFormat = "csv" | "needs";

/** How to print the items in a format, and whether a text is such a file. */
interface ExportShape {
  /** The text piece by piece. */
  pieces(items: ExportedItems): Iterable<string>;
  isOne(text: string): boolean;
}

/** Formats of `export`. */
export const exportFormats: Readonly<Record<ExportFormat, ExportShape>> = {
  csv: { pieces: (items) => textPieces(csvLines(items)), isOne: (text) => text.startsWith(header.join(",")) },
  needs: { pieces: (items) => textPieces(needsTexts(items)), isOne: (text) => /^\{\s*"current_version"/.test(text) },
};

/** True for the name of a format. */
export function isExportFormat(name: string): name is ExportFormat {
  return Object.hasOwn(exportFormats, name);
}

const header = ["id", "kind", "type", "layer", "title", "path", "line", "verdict", "links_out", "links_in"];

/** A table by RFC 4180; what a spreadsheet would take for a formula begins with an apostrophe. */
function* csvLines(items: ExportedItems): Generator<string> {
  yield lineOf(header);
  for (const index of items.ids.keys()) yield lineOf(rowOf(items.at(index)));
}

function rowOf(item: ExportedItem): readonly string[] {
  return [
    item.id,
    item.kind,
    item.type,
    item.layer === undefined ? "" : String(item.layer),
    item.title,
    item.path,
    String(item.line),
    item.verdict ?? "",
    linkList(item.out),
    linkList(item.in),
  ];
}

function lineOf(cells: readonly string[]): string {
  return `${cells.map(cell).join(",")}\r\n`;
}

function linkList(links: readonly ExportedLink[]): string {
  return links.map(({ id, tag, status }) => `${id} (${tag}, ${status})`).join("; ");
}

/** Why: spreadsheets also pass over blanks before a sign, and read its full-width forms. */
function cell(value: string): string {
  const text = escapeControls(value);
  const plain = /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
