import { type Extension, fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import type { AnyBlock } from "../../src/parse/block.ts";
import { codeOf, scanBlocks } from "../../src/parse/blocks.ts";

/** A block as both sides can say it: one line, children indented below. */
interface Said {
  readonly kind: string;
  readonly start: number;
  readonly end: number;
  readonly facts: string;
  readonly children: readonly Said[];
}

interface Node {
  readonly type: string;
  readonly position?: { start: { offset?: number | undefined }; end: { offset?: number | undefined } } | undefined;
  readonly children?: readonly Node[];
  readonly depth?: number;
  readonly lang?: string | null;
  readonly value?: string;
  readonly ordered?: boolean | null;
  readonly start?: number | null;
  readonly spread?: boolean | null;
  readonly ticked?: boolean;
}

const kinds: Readonly<Record<string, string>> = {
  root: "document",
  heading: "heading",
  paragraph: "paragraph",
  thematicBreak: "thematic-break",
  html: "html",
  definition: "definition",
  list: "list",
  listItem: "item",
  blockquote: "quote",
  table: "table",
  tableRow: "table-row",
  tableCell: "table-cell",
};

/** Keeps the paragraph where it starts, and the box on its item. */
const boxes: Extension = {
  exit: {
    taskListCheckValueChecked: tick(true),
    taskListCheckValueUnchecked: tick(false),
  },
};

function tick(ticked: boolean) {
  return function onTick(this: { stack: unknown[] }): void {
    const item = this.stack.at(-2) as { ticked?: boolean };
    item.ticked = ticked;
  };
}

/** What micromark says of a text, a byte order mark counted as the scanner counts it. */
export function judge(text: string): Said {
  const tree = fromMarkdown(text, {
    extensions: [
      gfm(),
      {
        disable: {
          null: [
            "gfmFootnoteDefinition",
            "gfmFootnoteCall",
            "gfmPotentialFootnoteCall",
            "strikethrough",
            "wwwAutolink",
            "protocolAutolink",
            "emailAutolink",
          ],
        },
      },
    ],
    mdastExtensions: [tablesOnly(), boxes],
  });
  return said(tree as Node, text, text.charCodeAt(0) === 0xfeff ? 1 : 0);
}

function tablesOnly(): Extension[] {
  return gfmFromMarkdown().filter((extension) => "table" in (extension.enter ?? {}));
}

function said(node: Node, text: string, shift: number): Said {
  const isCode = node.type === "code";
  const start = (node.position?.start.offset ?? 0) + shift;
  const end = (node.position?.end.offset ?? 0) + shift;
  const kind = isCode ? codeKind(text, start) : (kinds[node.type] ?? node.type);
  const root = node.type === "root";
  const hasBlocks = node.type in kinds && !["heading", "paragraph", "tableCell"].includes(node.type);
  const children = hasBlocks ? (node.children ?? []).map((child) => said(child, text, shift)) : [];
  return {
    kind,
    start: root ? 0 : start,
    end: root ? text.length : nodeEnd(node, text, end, shift),
    facts: factsOf(node, kind),
    children,
  };
}

function codeKind(text: string, start: number): string {
  return /^(?:```|~~~)/.test(text.slice(start, start + 3)) ? "fence" : "indented-code";
}

/**
 * A fence or HTML block that is never closed takes the last line end along in micromark, and so do its containers;
 * ours end before it.
 */
function nodeEnd(node: Node, text: string, end: number, shift: number): number {
  let last: Node | undefined = node;
  while (last !== undefined && ["blockquote", "list", "listItem"].includes(last.type)) last = last.children?.at(-1);
  if (last?.type !== "code" && last?.type !== "html") return end;
  const lastEnd = (last.position?.end.offset ?? 0) + shift;
  const ending = /\r\n$|[\r\n]$/.exec(text.slice(Math.max(0, lastEnd - 2), lastEnd))?.[0].length ?? 0;
  return ending > 0 && end >= lastEnd && (end === lastEnd || node.type === "listItem") ? lastEnd - ending : end;
}

function factsOf(node: Node, kind: string): string {
  if (node.type === "heading") return `level ${node.depth}`;
  if (kind === "fence" || kind === "indented-code") return JSON.stringify(node.value?.replace(/\r\n?/g, "\n"));
  if (node.type === "listItem") return node.ticked === undefined ? "" : `ticked ${node.ticked}`;
  if (node.type !== "list") return "";
  const loose = node.spread || (node.children ?? []).some((item) => item.spread);
  return `${node.ordered ? `from ${node.start}` : "bullets"} ${loose ? "loose" : "tight"}`;
}

/** What the scanner says of a text. */
export function scanned(text: string): Said {
  return ours(scanBlocks(text).root, text);
}

function ours(block: AnyBlock, text: string): Said {
  return {
    kind: block.kind,
    start: block.start,
    end: block.end,
    facts: ourFacts(block, text),
    children: block.children.map((child) => ours(child, text)),
  };
}

function ourFacts(block: AnyBlock, text: string): string {
  switch (block.kind) {
    case "heading":
      return `level ${block.level}`;
    case "list":
      return `${block.ordered ? `from ${block.first}` : "bullets"} ${block.tight ? "tight" : "loose"}`;
    case "item":
      return block.task === undefined ? "" : `ticked ${block.task.ticked}`;
    case "fence":
    case "indented-code":
      return JSON.stringify(codeValue(block, text));
    default:
      return "";
  }
}

function codeValue(block: AnyBlock, text: string): string {
  return block.kind === "fence" || block.kind === "indented-code" ? codeOf(text, block).text.replace(/\n$/, "") : "";
}

/** A tree as lines of text, for comparing and for showing. */
export function show(block: Said, depth = 0): string {
  const own = `${"  ".repeat(depth)}${block.kind} ${block.start}-${block.end} ${block.facts}`.trimEnd();
  return [own, ...block.children.map((child) => show(child, depth + 1))].join("\n");
}
