import type { Range } from "#model/source";
import type { LinkStatus } from "#model/trace";
import { escapeControls, oneLine } from "./escape.ts";
import { columns } from "./layout.ts";
import type { Paint } from "./paint.ts";
import { sameIdLine } from "./same-id.ts";

/** A tag of a document as `show --json` prints it. */
export interface ShownTag {
  readonly type: string;
  readonly document: string | null;
  readonly element?: string;
  readonly raw: string;
  readonly live: boolean;
  readonly optional: boolean;
  /** Absent for tags that are examples, or say `null`. */
  readonly status?: LinkStatus;
  readonly derivation?: string;
  readonly range: Range;
}

/** An element that a document defines. */
export interface ShownDefinition {
  readonly id: string;
  readonly element: string;
  readonly kind: string;
  readonly title?: string;
  readonly range: Range;
}

/** A document that names this one, or an element of it. */
export interface ShownNaming {
  readonly from: string;
  readonly to: string;
  readonly tag: string;
  readonly status: LinkStatus;
  readonly path: string;
  readonly line: number;
}

/** A document that is no plan, as it was understood. */
export interface ShownDocument {
  readonly document: {
    readonly path: string;
    readonly id: string | null;
    readonly type: string | null;
    readonly layer: number | null;
    readonly title: string | null;
  };
  readonly tags: readonly ShownTag[];
  readonly definitions: readonly ShownDefinition[];
  readonly namedBy: readonly ShownNaming[];
  /** Files that hold the id of the document, where several do. */
  readonly sameId?: readonly string[];
}

/** The page of a document: what it is, its tags with their status, what it defines, who names it. */
export function renderDocumentPage(shown: ShownDocument, paint: Paint, width: number): string {
  const { path, id, type, layer, title } = shown.document;
  const head = oneLine(title ?? "", Math.max(20, width - 20));
  const facts = [path, ...(type === null ? [] : [type]), ...(layer === null ? [] : [`layer ${layer}`])].join(" · ");
  const most = Math.max(20, width - 50);
  return [
    `${paint.bold(escapeControls(id ?? path))}${head === "" ? "" : `  ${head}`}\n  ${paint.dim(escapeControls(facts))}\n`,
    sameIdLine(id ?? path, path, shown.sameId, paint),
    section(
      "tags",
      shown.tags
        .filter(({ live }) => live)
        .map((tag) => [`@${tag.type}`, tag.raw, statusText(tag, paint), `:${tag.range.start.line}`]),
    ),
    section(
      "definitions",
      shown.definitions.map(({ element, kind, title: name, range }) => [
        element,
        kind,
        oneLine(name ?? "", most),
        `:${range.start.line}`,
      ]),
    ),
    section(
      "named by",
      shown.namedBy.map(({ from, to, tag, path: where, line }) => [from, `@${tag}: ${to}`, `${where}:${line}`]),
    ),
  ].join("");
}

function section(name: string, rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return `\n${name}: none\n`;
  return `\n${name}\n${columns(
    rows.map((row) => row.map(oneCell)),
    "  ",
  )}`;
}

/** Why: painted cells hold colours of our own and were escaped before. */
function oneCell(text: string): string {
  return text.startsWith("\u001B[") ? text : escapeControls(text);
}

function statusText({ status, derivation }: ShownTag, paint: Paint): string {
  if (status === undefined) return "null";
  if (status === "exact") return "exact";
  if (status === "derived") return `by ${escapeControls(derivation ?? "derivation")}`;
  return status === "document-only" ? "names no element" : paint.red(status);
}
